using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Rdv.Pages.Shared;
using Rdv.Staff;

namespace Rdv.Pages.Team;

/// <summary>One role in the form: which, where, from when to when, as typed.</summary>
public sealed record TeamRole(string Kind = "", string Where = "", string From = "", string To = "")
{
    public static TeamRole Of(StaffGrant grant) => grant.Role.ToString().Split(':') is [var kind, .. var where]
        ? new TeamRole(kind, string.Join(':', where), Day(grant.From), Day(grant.To))
        : throw new InvalidOperationException("A role without a word.");

    public StaffGrantForm ToForm() => new(Where.Trim().Length == 0 ? Kind : $"{Kind}:{Where.Trim()}", From, To);

    // As a field of type "date" has it.
    private static string Day(LocalDate? day) => day is { } date ? LocalDatePattern.Iso.Format(date) : "";
}

/// <summary>The form of somebody of the staff.</summary>
/// <param name="Id">Null for somebody new.</param>
public sealed record TeamForm(string? Id, string Name, string Address, IReadOnlyList<TeamRole> Roles, FormErrors Errors)
{
    public const string NameField = "nom";
    public const string AddressField = "adresse";
    public const string VersionField = "version";
    public const string RolesField = "roles";

    private static readonly SelectOption[] Kinds =
    [
        new("hotline", "Accueil téléphonique"), new("advisor", "Conseiller"), new("structure", "Structure"), new("territory", "Suivi d'un département"), new("admin", "Administration"),
    ];

    /// <summary>What it was when the form was shown; empty for somebody new.</summary>
    public string Version { get; init; } = "";

    public static IReadOnlyList<SelectGroup> KindChoices { get; } = [new(null, Kinds)];

    /// <summary>With one line for a role more.</summary>
    public IReadOnlyList<TeamRole> Lines => [.. Roles.Take(StaffForm.MaxRoles), new TeamRole()];

    public static TeamForm Empty { get; } = new(null, "", "", [], FormErrors.None);

    public static string KindField(int line) => Field("role", line);

    public static string WhereField(int line) => Field("lieu", line);

    public static string FromField(int line) => Field("du", line);

    public static string ToField(int line) => Field("au", line);

    public IReadOnlyCollection<string> Fields =>
        [NameField, AddressField, .. Enumerable.Range(0, Lines.Count).SelectMany(line => new[] { KindField(line), WhereField(line), FromField(line), ToField(line) })];

    public static TeamForm Of(Stored<StaffPerson> stored) =>
        new(stored.Value.Id.Value, stored.Value.Name, stored.Value.Address, [.. stored.Value.Grants.Select(TeamRole.Of)], FormErrors.None) { Version = stored.ETag };

    /// <summary>As it was posted. A line without a role gives none, and takes away the one that was there.</summary>
    public static TeamForm Read(string? id, Func<string, string?> field) => new(
        id,
        field(NameField) ?? "",
        field(AddressField) ?? "",
        [.. Enumerable.Range(0, StaffForm.MaxRoles + 1)
            .Select(line => new TeamRole(field(KindField(line)) ?? "", field(WhereField(line)) ?? "", field(FromField(line)) ?? "", field(ToField(line)) ?? ""))
            .Where(role => role.Kind.Length > 0)],
        FormErrors.None)
    {
        Version = field(VersionField) ?? "",
    };

    public StaffForm ToForm() => new(Name, Address, [.. Roles.Select(role => role.ToForm())]);

    /// <summary>What is wrong, at the fields of this form.</summary>
    public TeamForm With(FieldErrors errors)
    {
        var here = new FieldErrors();
        foreach (var (field, messages) in errors.ByField)
        {
            foreach (var message in messages)
            {
                here.Add(FieldOf(field), message);
            }
        }

        return this with { Errors = FormErrors.Of(here) };
    }

    private static string Field(string name, int line) => name + line.ToString(CultureInfo.InvariantCulture);

    private static string FieldOf(string field) => field switch
    {
        "name" => NameField,
        "address" => AddressField,
        _ when field.Split('[', ']') is ["roles", var line, var part] && int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => part switch
        {
            ".from" => FromField(number),
            ".to" => ToField(number),
            _ => WhereField(number),
        },
        _ => RolesField,
    };
}
