using Rdv.Ids;
using Rdv.People;
using Rdv.Territories;
using Columns = Rdv.Directory.Import.AdvisorColumns;

namespace Rdv.Directory.Import;

/// <summary>What a line of the advisors file says.</summary>
/// <param name="Before">What was known of the advisor when the file was read; null when they are new.</param>
/// <param name="From">The territory that the advisor comes from; null when they stay where they are.</param>
/// <param name="Over">What the line makes of an advisor, or of nothing.</param>
internal sealed record AdvisorLine(TerritoryDirectory Home, AdvisorId Id, Advisor? Before, Territory? From, Func<Advisor?, Advisor> Over)
{
    private const int MaxName = 80;

    public Territory Territory => Home.Territory;

    public bool IsChange => From is not null || Changed(Before) is not null;

    /// <summary>Null when the advisor is so already.</summary>
    public Advisor? Changed(Advisor? before) => Over(before) is var after && (before is null || !DirectoryEquality.AreEqual(before, after)) ? after : null;

    /// <summary>Whether the line changes what the advisor offers, which the months of their agenda must know.</summary>
    public bool ChangesOffer(Advisor before) => Over(before) is var after
        && !(DirectoryEquality.AreEqual(before.Hours, after.Hours) && before.Topics.SequenceEqual(after.Topics) && before.StructureId == after.StructureId);

    /// <returns>Null when the line is refused. Everything that is wrong with it has been said.</returns>
    public static AdvisorLine? Read(CsvLine line, CsvFile file, Directories directories, KnownStructures known, ImportProblems problems)
    {
        var id = line[Columns.Id];
        var key = DirectoryIds.KeyOf(id, secretive: true);
        if (key is null)
        {
            problems.Refuse(line, Columns.Id, id is null ? "L'identifiant manque." : $"L'identifiant dépasse {DirectoryIds.MaxGiven} caractères.");
        }

        var name = NameOf(line, problems);
        var email = EmailOf(line, problems);
        var topics = TopicsOf(line, problems);
        if (StructureOf(line, known, problems) is not var (home, structure))
        {
            return null;
        }

        var hours = HoursOf(line, home, structure, problems);
        if (line.IsRefused)
        {
            return null;
        }

        var advisorId = new AdvisorId(key!);
        var before = home.Advisors.GetValueOrDefault(advisorId);
        if (before is null && hours is null)
        {
            hours = HostHours.TextOf(structure) is not null ? HostHours.Of(structure, new PlaceId(structure.Id.Value)).Hours : null;
            problems.Warn(line, Columns.Hours, hours is null
                ? "Sans heures d'ouverture, aucun rendez-vous ne sera proposé."
                : $"Sans heures d'ouverture, celles de la structure sont prises : « {StructureLine.Short(HostHours.TextOf(structure)!)} ».");
        }

        var elsewhere = directories.All.FirstOrDefault(other => other != home && other.Advisors.TryGetValue(advisorId, out var there)
            && (there.LeavesOn is null || MoveAdvisor.IsUnderWay(before)));
        if (elsewhere is not null)
        {
            problems.Warn(line, Columns.Id, $"Ce conseiller est dans le territoire {elsewhere.Territory} : il passe dans {home.Territory}. Ses rendez-vous déjà pris dans {elsewhere.Territory} restent, et il reçoit dans {home.Territory} dès le lendemain du dernier.");
        }

        if (before?.ForgottenAt is not null && elsewhere is null)
        {
            problems.Warn(line, Columns.Id, "Ce conseiller a quitté le dispositif et ses coordonnées sont effacées : la ligne ne change rien. S'il revient, changez d'abord le jour de son départ.");
        }

        // A column that the file does not have says nothing. Who is forgotten is not named again by a file that nobody has brought up to date.
        var phone = PhoneOf(line, home, problems);
        return new AdvisorLine(home, advisorId, before, elsewhere?.Territory, stored => stored?.ForgottenAt is not null && elsewhere is null ? stored : new Advisor(
            advisorId,
            structure.Id,
            name!,
            file.Has(Columns.Email) ? email : stored?.Email,
            file.Has(Columns.Phone) ? phone : stored?.Phone,
            file.Has(Columns.Topics) ? topics : stored?.Topics ?? [],
            hours ?? stored?.Hours ?? [],
            stored?.HoursVersion ?? 1,
            stored?.LeavesOn,
            file.Has(Columns.Email) && email != stored?.Email ? null : stored?.MailRefusedAt,
            stored?.Rules)
        {
            Since = stored?.Since,
        });
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
        else if (EmailAddress.ProblemOf(email) is { } problem)
        {
            problems.Refuse(line, Columns.Email, $"Aucune invitation n'arriverait à cette adresse électronique. {problem}");
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

    private static (TerritoryDirectory Home, Structure Structure)? StructureOf(CsvLine line, KnownStructures known, ImportProblems problems)
    {
        if (line[Columns.Structure] is not { } id)
        {
            problems.Refuse(line, Columns.Structure, "La structure manque.");
            return null;
        }

        var found = known.Find(id);
        if (found.Count == 1)
        {
            return found[0];
        }

        problems.Refuse(line, Columns.Structure, found.Count == 0
            ? $"La structure « {StructureLine.Short(id)} » n'est pas dans l'annuaire : importez d'abord les structures."
            : $"Plusieurs territoires ont une structure de cet identifiant : {string.Join(", ", found.Select(pair => pair.Directory.Territory.Code).Order(StringComparer.Ordinal))}.");
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
        if (!OpeningHoursText.TryParse(text, place?.Id, out var hours, out var left, out var problem))
        {
            problems.Refuse(line, Columns.Hours, problem);
        }

        foreach (var part in left)
        {
            problems.Warn(line, Columns.Hours, $"« {StructureLine.Short(part)} » n'est pas pris : vérifiez les heures.");
        }

        if (hours.FirstOrDefault(period => !home.Places.ContainsKey(period.PlaceId)) is { } unknown)
        {
            problems.Refuse(line, Columns.Hours, $"Le lieu {unknown.PlaceId} n'est pas dans le territoire {home.Territory}.");
        }

        return hours;
    }
}
