using System.IO.Compression;
using Rdv.Directory.Import;
using Rdv.Pages.Shared;

namespace Rdv.Pages.Admin;

/// <summary>What an import did, or would do, and with which file.</summary>
/// <param name="Content">The file, which the page keeps between the check and the import (<see cref="Pack"/>); null once it is imported.</param>
public sealed record ImportOutcome(ImportReport Report, string? Content)
{
    public bool IsDone => Content is null;

    /// <summary>Something would be written.</summary>
    public bool HasWork => Report.Created + Report.Updated > 0;

    // What a file holds is of people: a record would print it.
    public override string ToString() => nameof(ImportOutcome);
}

/// <summary>The page that takes a file: first its check, then the import.</summary>
/// <param name="Kind">Of <see cref="Kinds"/>.</param>
/// <param name="Outcome">Null before a file came.</param>
public sealed record ImportView(string? Kind, ImportOutcome? Outcome, FormErrors Errors)
{
    public const string Address = "/gestion/import";
    public const string KindField = "quoi";
    public const string FileField = "fichier";
    public const string ContentField = "contenu";
    public const string Structures = "structures";
    public const string Advisors = "conseillers";
    public const string Team = "equipe";

    public static IReadOnlyList<string> Fields { get; } = [KindField, FileField];

    public static IReadOnlyList<SelectGroup> Kinds { get; } =
    [
        new(null,
        [
            new SelectOption(Structures, "Des structures et leurs lieux"),
            new SelectOption(Advisors, "Des conseillers et leurs heures"),
            new SelectOption(Team, "L'équipe et ses rôles"),
        ]),
    ];

    /// <summary>The page before a file came.</summary>
    public static ImportView For(string? kind) => new(kind, null, FormErrors.None);

    public static string AddressFor(string kind) => $"{Address}?{KindField}={kind}";

    /// <summary>A file as the text of a form's field. A national file of 1.4 MB is 0.3 MB so.</summary>
    public static string Pack(ReadOnlySpan<byte> file)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zip.Write(file);
        }

        return Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length);
    }

    /// <exception cref="FormatException">The text is no packed file; <see cref="InvalidDataException"/> when that shows later, as it is read.</exception>
    public static Stream Unpack(string content) => new GZipStream(new MemoryStream(Convert.FromBase64String(content)), CompressionMode.Decompress);
}
