using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using NodaTime;
using NodaTime.Text;
using Rdv.Backups;

namespace Rdv.Azure.Backups;

/// <summary>The files of a backup: a line for each row, compressed; and the manifest.</summary>
internal static class BackupFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Both of one night lie in a folder of their own. A run that was killed may leave some that no manifest names: each has a name of its own.</summary>
    public static string NameOf(string partition, LocalDate night) => $"{LocalDatePattern.Iso.Format(night)}/{partition}-{Unique()}.jsonl.gz";

    public static string NameOfManifest(LocalDate night) => $"{LocalDatePattern.Iso.Format(night)}/{ManifestPrefix}{Unique()}.json";

    private const string ManifestPrefix = "manifest-";

    private static string Unique() => Guid.NewGuid().ToString("N")[..12];

    public static bool IsManifest(string name) => name.Split('/')[^1].StartsWith(ManifestPrefix, StringComparison.Ordinal);

    /// <param name="lines">In the order of their keys.</param>
    public static MemoryStream Compress(IEnumerable<byte[]> lines)
    {
        var file = new MemoryStream();
        using (var gzip = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true))
        {
            foreach (var line in lines)
            {
                gzip.Write(line);
                gzip.WriteByte((byte)'\n');
            }
        }

        file.Position = 0;
        return file;
    }

    public static string Sha256(Stream file)
    {
        file.Position = 0;
        var hash = Convert.ToHexStringLower(SHA256.HashData(file));
        file.Position = 0;
        return hash;
    }

    /// <exception cref="InvalidDataException">The file is not what was written.</exception>
    public static List<TableEntity> Read(string partition, Stream file)
    {
        using var gzip = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
        using var reader = new StreamReader(gzip, new UTF8Encoding(false, throwOnInvalidBytes: true));
        var rows = new List<TableEntity>();
        while (reader.ReadLine() is { } line)
        {
            rows.Add(RowLine.Read(partition, line));
        }

        return rows;
    }

    public static byte[] Write(BackupManifest manifest) => JsonSerializer.SerializeToUtf8Bytes(
        new Written(
            manifest.Format,
            manifest.Table,
            Text(manifest.StartedAt),
            Text(manifest.CompletedAt),
            manifest.Parts.Sum(part => (long)part.Rows),
            manifest.Parts.Sum(part => part.Bytes),
            [.. manifest.Parts.Select(part => new WrittenPart(part.Partition, part.File, part.Rows, part.Bytes, part.Sha256, Text(part.At)))]),
        Json);

    /// <exception cref="InvalidDataException">It is none, or of a version that is not known here.</exception>
    public static BackupManifest ReadManifest(ReadOnlySpan<byte> file)
    {
        try
        {
            return JsonSerializer.Deserialize<Written>(file, Json) is { Format: BackupManifest.CurrentFormat, Parts: not null } read
                ? new BackupManifest(
                    read.Format,
                    read.Table,
                    At(read.StartedAt),
                    At(read.CompletedAt),
                    [.. read.Parts.Select(part => new BackupPart(part.Partition, part.File, part.Rows, part.Bytes, part.Sha256, At(part.At)))])
                : throw new InvalidDataException($"A manifest is not of version {BackupManifest.CurrentFormat}.");
        }
        catch (Exception exception) when (exception is JsonException or UnparsableValueException)
        {
            throw new InvalidDataException("A manifest is none.", exception);
        }
    }

    public static string Text(Instant instant) => InstantPattern.ExtendedIso.Format(instant);

    public static Instant At(string text) => InstantPattern.ExtendedIso.Parse(text).Value;

    private sealed record Written(int Format, string Table, string StartedAt, string CompletedAt, long Rows, long Bytes, IReadOnlyList<WrittenPart> Parts);

    private sealed record WrittenPart(string Partition, string File, int Rows, long Bytes, string Sha256, string At);
}
