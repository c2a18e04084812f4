using System.Text;
using System.Text.Unicode;
using CsvHelper;

namespace Rdv.Directory.Import;

/// <summary>A CSV file, read whole: UTF-8 with or without its mark, separated by commas, semicolons or tabs.</summary>
internal sealed class CsvFile
{
    /// <summary>Under this limit a file fits in memory several times.</summary>
    public const int DefaultMaxBytes = 20 * 1024 * 1024;

    private readonly Dictionary<string, int> _indexes = new(StringComparer.OrdinalIgnoreCase);

    private CsvFile(IEnumerable<string> columns)
    {
        Columns = columns.Select((name, index) => name.Trim() is { Length: > 0 } trimmed ? trimmed.ToLowerInvariant() : $"colonne_{index + 1}").ToArray();
        for (var i = 0; i < Columns.Count; i++)
        {
            _indexes.TryAdd(Columns[i], i);
        }
    }

    public IReadOnlyList<string> Columns { get; }

    public IReadOnlyList<CsvLine> Lines { get; private set; } = [];

    public bool Has(string column) => _indexes.ContainsKey(column);

    public int? IndexOf(string column) => _indexes.TryGetValue(column, out var index) ? index : null;

    /// <returns>The file, or in French why it cannot be read.</returns>
    public static async Task<(CsvFile? File, string Problem)> ReadAsync(
        Stream stream, int maxBytes, IReadOnlyCollection<string> required, ImportProblems problems, CancellationToken cancellationToken)
    {
        if (await ReadBytesAsync(stream, maxBytes, cancellationToken) is not { } bytes)
        {
            return (null, $"Le fichier dépasse {maxBytes / (1024 * 1024)} Mo.");
        }

        if (ProblemOf(bytes.Span) is { } problem)
        {
            return (null, problem);
        }

        return Parse(bytes, required, problems);
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadBytesAsync(Stream stream, int maxBytes, CancellationToken cancellationToken)
    {
        using var copy = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (copy.Length + read > maxBytes)
            {
                return null;
            }

            copy.Write(buffer, 0, read);
        }

        return copy.ToArray();
    }

    private static string? ProblemOf(ReadOnlySpan<byte> bytes)
    {
        const string Advice = "enregistrez-le au format « CSV UTF-8 »";
        if (bytes.StartsWith((byte[])[0xFF, 0xFE]) || bytes.StartsWith((byte[])[0xFE, 0xFF]))
        {
            return $"Le fichier est en UTF-16 : {Advice}.";
        }

        if (bytes.Contains((byte)0))
        {
            return $"Le fichier n'est pas du texte : {Advice}.";
        }

        if (!Utf8.IsValid(bytes))
        {
            return $"Le fichier n'est pas en UTF-8 (ligne {LineOfWrongByte(bytes)}) : {Advice}.";
        }

        return bytes.TrimStart(Encoding.UTF8.Preamble).ContainsAnyExcept(" \t\r\n"u8) ? null : "Le fichier est vide.";
    }

    private static int LineOfWrongByte(ReadOnlySpan<byte> bytes)
    {
        var line = 1;
        while (!bytes.IsEmpty && Rune.DecodeFromUtf8(bytes, out var rune, out var used) == System.Buffers.OperationStatus.Done)
        {
            line += rune.Value == '\n' ? 1 : 0;
            bytes = bytes[used..];
        }

        return line;
    }

    private static (CsvFile? File, string Problem) Parse(ReadOnlyMemory<byte> bytes, IReadOnlyCollection<string> required, ImportProblems problems)
    {
        CsvMalformedRecord? malformed = null;
        using var reader = CsvReader.Create(bytes, new CsvReaderOptions
        {
            HasHeader = false,
            Separator = SeparatorOf(bytes.Span),
            TrackLineNumbers = true,
            OnMalformedRecord = record => malformed ??= record.Reason == CsvMalformedReason.StrayQuote ? null : record,
        });

        reader.Read();
        var file = new CsvFile(FieldsOf(reader));
        if (malformed is not null)
        {
            return (null, "La ligne des colonnes a un guillemet mal fermé.");
        }

        var missing = required.Where(column => !file.Has(column)).ToArray();
        if (missing.Length > 0)
        {
            return (null, $"Il manque {(missing.Length == 1 ? "la colonne" : "les colonnes")} {string.Join(", ", missing)}.");
        }

        if (file.Columns.GroupBy(column => column).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            return (null, $"La colonne {twice.Key} apparaît deux fois.");
        }

        var lines = new List<CsvLine>();
        while (reader.Read())
        {
            var line = new CsvLine((int)reader.LineNumber, file, FieldsOf(reader));
            lines.Add(line);
            if (malformed is { } record)
            {
                malformed = null;
                var more = record.RawRecord.TrimEnd().Count(character => character == '\n');
                problems.Refuse(line, null, more == 0
                    ? "Un guillemet est mal fermé."
                    : $"Un guillemet est mal fermé : les lignes {line.Number} à {line.Number + more} sont refusées.");
            }
            else if (line.HasMoreThan(file.Columns.Count))
            {
                problems.Refuse(line, null, $"La ligne a {line.FieldCount} colonnes au lieu de {file.Columns.Count} : un texte qui contient le séparateur se met entre guillemets.");
            }
            else if (line.FieldCount < file.Columns.Count)
            {
                problems.Warn(line, null, $"La ligne a {line.FieldCount} colonnes au lieu de {file.Columns.Count} : les dernières sont prises pour vides.");
            }
        }

        file.Lines = lines;
        return (file, "");
    }

    private static string[] FieldsOf(CsvReader reader)
    {
        var fields = new string[reader.FieldCount];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = reader.GetString(i);
        }

        return fields;
    }

    /// <summary>Judged on the header alone: cells hold lists with signs of their own.</summary>
    private static char SeparatorOf(ReadOnlySpan<byte> bytes)
    {
        var header = bytes.TrimStart(Encoding.UTF8.Preamble).TrimStart("\r\n"u8);
        var end = header.IndexOfAny((byte)'\r', (byte)'\n');
        header = end < 0 ? header : header[..end];
        var (commas, semicolons, tabs) = (header.Count((byte)','), header.Count((byte)';'), header.Count((byte)'\t'));
        return semicolons > commas && semicolons >= tabs ? ';' : tabs > commas ? '\t' : ',';
    }
}
