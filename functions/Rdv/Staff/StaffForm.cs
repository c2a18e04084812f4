using NodaTime;
using NodaTime.Text;

namespace Rdv.Staff;

/// <summary>A role as a body, a form or a file gives it.</summary>
public sealed record StaffGrantForm(string? Role, string? From = null, string? To = null)
{
    private static readonly LocalDatePattern[] Days =
        [LocalDatePattern.Iso, .. ((string[])["dd/MM/uuuu", "d/M/uuuu"]).Select(LocalDatePattern.CreateWithInvariantCulture)];

    /// <param name="problem">Takes the name of what is wrong, and why.</param>
    /// <returns>Null when something is wrong.</returns>
    public StaffGrant? Read(Action<string, string> problem)
    {
        var role = StaffRole.Parse(Role);
        if (role is null)
        {
            problem("role", "Ce rôle n'existe pas. Un rôle s'écrit hotline, admin, territory:69, structure:69/mediatheque ou advisor:69/aline.");
        }

        var (from, isFrom) = Day(From);
        var (to, isTo) = Day(To);
        if (!isFrom)
        {
            problem("from", "Ce jour ne se lit pas. Exemple : 2026-11-24.");
        }

        if (!isTo)
        {
            problem("to", "Ce jour ne se lit pas. Exemple : 2026-11-24.");
        }

        if (to < from)
        {
            problem("to", "Le dernier jour est avant le premier.");
        }

        return role is null || !isFrom || !isTo || to < from ? null : new StaffGrant(role, from, to);
    }

    /// <summary>As a spreadsheet writes it in French, too.</summary>
    private static (LocalDate? Day, bool IsRead) Day(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return (null, true);
        }

        var read = Days.Select(pattern => pattern.Parse(text.Trim())).FirstOrDefault(result => result.Success);
        return read is { Value.Year: >= 1900 and <= 2999 } ? (read.Value, true) : (null, false);
    }
}

/// <summary>Someone of the staff, as a body or a form gives them.</summary>
public sealed record StaffForm(string? Name, string? Address, IReadOnlyList<StaffGrantForm?>? Roles)
{
    public const int MaxName = 80;

    /// <summary>Nobody has more hats.</summary>
    public const int MaxRoles = 20;

    /// <summary>A name of 1 to 80 characters; null when it is none.</summary>
    public static string? NameOf(string? text) =>
        text?.Trim() is { Length: > 0 and <= MaxName } name && !name.Any(char.IsControl) && name.Any(char.IsLetter) ? name : null;

    public Result<StaffPerson> Read(StaffId id)
    {
        var errors = new FieldErrors();
        var name = NameOf(Name);
        if (name is null)
        {
            errors.Add("name", $"Le nom manque, ou dépasse {MaxName} caractères.");
        }

        var address = StaffAddress.Of(Address);
        if (address is null)
        {
            errors.Add("address", $"Cette adresse électronique n'est pas correcte. {People.EmailAddress.ProblemOf(Address) ?? "Elle s'écrit nom@domaine.fr."}");
        }

        var grants = (Roles ?? []).Take(MaxRoles + 1)
            .Select((role, i) => (role ?? new StaffGrantForm(null)).Read((field, message) => errors.Add($"roles[{i}].{field}", message)))
            .OfType<StaffGrant>().ToList();
        if (Roles?.Count > MaxRoles)
        {
            errors.Add("roles", $"Une personne a {MaxRoles} rôles au plus.");
        }

        if (grants.GroupBy(grant => grant.Role).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            errors.Add("roles", $"Le rôle {twice.Key} est donné deux fois.");
        }

        return errors.Any ? new Refusal.Invalid(errors) : new StaffPerson(id, name!, address!, grants);
    }
}
