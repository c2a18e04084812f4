using System.Text.Json;
using NodaTime.Text;
using Rdv.Appointments;
using Rdv.Privacy;
using Rdv.Territories;

namespace Rdv.Azure.Backups;

/// <summary>That a person was erased, beside the backups: the hash of their number, never the number.</summary>
internal static class ErasureFile
{
    /// <summary>Where they lie. The day comes first, and a restore reads those of the days since its backup.</summary>
    public const string Folder = "erasures/";

    public static string NameOf(PrivacyRequest request) =>
        $"{Folder}{LocalDatePattern.Iso.Format(request.At.InUtc().Date)}/{Guid.NewGuid():N}.json";

    public static byte[] Write(PrivacyRequest request) => JsonSerializer.SerializeToUtf8Bytes(new Written(
        BackupFile.Text(request.At), request.By, request.Person.KeyNumber, request.Person.Hash, request.Territory?.Code));

    /// <exception cref="JsonException">Nobody writes it so.</exception>
    public static PrivacyRequest Read(ReadOnlySpan<byte> file)
    {
        var read = JsonSerializer.Deserialize<Written>(file) ?? throw new JsonException("An erasure is noted as nobody writes it.");
        return new PrivacyRequest(
            BackupFile.At(read.At), PrivacyKinds.Erase, read.By, new PhoneIndex(read.PhoneKey, read.PhoneHash), read.Territory is { } code ? Territory.Parse(code) : null);
    }

    private sealed record Written(string At, string By, int PhoneKey, string PhoneHash, string? Territory);
}
