using System.Net.Mail;
using Rdv.Ids;
using Rdv.People;
using Rdv.Territories;
using Columns = Rdv.Directory.Import.AdvisorColumns;

namespace Rdv.Directory.Import;

/// <summary>What a line of the advisors file says.</summary>
/// <param name="Before">What was known of the advisor when the file was read; null when they are new.</param>
/// <param name="Over">What the line makes of an advisor, or of nothing.</param>
internal sealed record AdvisorLine(TerritoryDirectory Home, AdvisorId Id, Advisor? Before, Func<Advisor?, Advisor> Over)
{
    private const int MaxName = 80;
    private const int MaxEmail = 254;

    public Territory Territory => Home.Territory;

    public bool IsChange => Changed(Before) is not null;

    /// <summary>Null when the advisor is so already.</summary>
    public Advisor? Changed(Advisor? before) => Over(before) is var after && (before is null || !DirectoryEquality.AreEqual(before, after)) ? after : null;

    /// <summary>Whether the line changes what the advisor offers, which the months of their agenda must know.</summary>
    public bool ChangesOffer(Advisor before) => Over(before) is var after
        && !(DirectoryEquality.AreEqual(before.Hours, after.Hours) && before.Topics.SequenceEqual(after.Topics) && before.StructureId == after.StructureId);

    /// <returns>Null when the line is refused. Everything that is wrong with it has been said.</returns>
    public static AdvisorLine? Read(CsvLine line, CsvFile file, Directories directories, ImportProblems problems)
    {
        var id = line[Columns.Id];
        if (!DirectoryIds.IsValid(id))
        {
            problems.Refuse(line, Columns.Id, id is null
                ? "L'identifiant manque."
                : "L'identifiant a 1 à 64 lettres sans accent, chiffres, points, tirets ou traits bas.");
        }

        var name = NameOf(line, problems);
        var email = EmailOf(line, problems);
        var topics = TopicsOf(line, problems);
        if (StructureOf(line, directories, problems) is not var (home, structure))
        {
            return null;
        }

        var hours = HoursOf(line, home, structure, problems);
        if (line.IsRefused)
        {
            return null;
        }

        var advisorId = new AdvisorId(id!);
        var before = home.Advisors.GetValueOrDefault(advisorId);
        if (before is null && hours is null)
        {
            problems.Warn(line, Columns.Hours, "Sans heures d'ouverture, aucun rendez-vous ne sera proposé.");
        }

        if (before is null && directories.All.FirstOrDefault(other => other != home && other.Advisors.ContainsKey(advisorId)) is { } elsewhere)
        {
            problems.Warn(line, Columns.Id, $"Un conseiller {id} existe aussi dans le territoire {elsewhere.Territory} : il y reste.");
        }

        // A column that the file does not have says nothing.
        var phone = PhoneOf(line, home, problems);
        return new AdvisorLine(home, advisorId, before, known => new Advisor(
            advisorId,
            structure.Id,
            name!,
            file.Has(Columns.Email) ? email : known?.Email,
            file.Has(Columns.Phone) ? phone : known?.Phone,
            file.Has(Columns.Topics) ? topics : known?.Topics ?? [],
            hours ?? known?.Hours ?? [],
            known?.HoursVersion ?? 1,
            known?.LeavesOn));
    }

    private static string? NameOf(CsvLine line, ImportProblems problems)
    {
        var name = string.Join(' ', new[] { line[Columns.FirstName], line[Columns.LastName] }.OfType<string>());
        if (!name.Any(char.IsLetter))
        {
            problems.Refuse(line, Columns.LastName, "Le nom manque.");
        }
        else if (name.Length > MaxName)
        {
            problems.Refuse(line, Columns.LastName, $"Le prénom et le nom dépassent {MaxName} caractères.");
        }

        return name;
    }

    private static string? EmailOf(CsvLine line, ImportProblems problems)
    {
        var email = line[Columns.Email];
        if (email is null)
        {
            problems.Warn(line, Columns.Email, "Sans adresse électronique, aucune invitation ne partira.");
        }
        else if (email.Length > MaxEmail || !MailAddress.TryCreate(email, out var address) || address.Address != email)
        {
            problems.Refuse(line, Columns.Email, "L'adresse électronique n'est pas valable.");
        }

        return email;
    }

    private static string? PhoneOf(CsvLine line, TerritoryDirectory home, ImportProblems problems)
    {
        if (line[Columns.Phone] is not { } phone)
        {
            return null;
        }

        if (PhoneNumber.TryParse(phone, home.Territory, out var number))
        {
            return number.ToNational();
        }

        problems.Warn(line, Columns.Phone, "Le numéro de téléphone n'est pas valable : il est ignoré.");
        return null;
    }

    private static string[] TopicsOf(CsvLine line, ImportProblems problems)
    {
        var topics = (line[Columns.Topics] ?? "").Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().ToArray();
        if (Array.Find(topics, topic => Directory.Topics.Find(topic) is null) is { } unknown)
        {
            problems.Refuse(line, Columns.Topics, $"Le thème « {(unknown.Length > 40 ? unknown[..40] + "…" : unknown)} » est inconnu.");
        }

        return topics;
    }

    private static (TerritoryDirectory Home, Structure Structure)? StructureOf(CsvLine line, Directories directories, ImportProblems problems)
    {
        if (line[Columns.Structure] is not { } id)
        {
            problems.Refuse(line, Columns.Structure, "La structure manque.");
            return null;
        }

        var found = directories.All
            .Where(directory => directory.Structures.ContainsKey(new StructureId(id)))
            .OrderBy(directory => directory.Territory.Code, StringComparer.Ordinal)
            .ToArray();
        if (found.Length == 1)
        {
            return (found[0], found[0].Structures[new StructureId(id)]);
        }

        problems.Refuse(line, Columns.Structure, found.Length == 0
            ? "Cette structure n'est pas dans l'annuaire : importez d'abord les structures."
            : $"Plusieurs territoires ont une structure de cet identifiant : {string.Join(", ", found.Select(directory => directory.Territory))}.");
        return null;
    }

    /// <summary>Null when the line gives none: an empty cell closes nobody's hours.</summary>
    private static IReadOnlyList<OpeningHours>? HoursOf(CsvLine line, TerritoryDirectory home, Structure structure, ImportProblems problems)
    {
        if (line[Columns.Hours] is not { } text)
        {
            return null;
        }

        var own = home.Places.Values.Where(place => place.StructureId == structure.Id).ToArray();
        var place = Array.Find(own, candidate => candidate.Id.Value == structure.Id.Value) ?? (own.Length == 1 ? own[0] : null);
        if (!OpeningHoursText.TryParse(text, place?.Id, out var hours, out var problem))
        {
            problems.Refuse(line, Columns.Hours, problem);
        }
        else if (hours.FirstOrDefault(period => !home.Places.ContainsKey(period.PlaceId)) is { } unknown)
        {
            problems.Refuse(line, Columns.Hours, $"Le lieu {unknown.PlaceId} n'est pas dans le territoire {home.Territory}.");
        }

        return hours;
    }
}
