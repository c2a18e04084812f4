using Rdv.Directory;
using Rdv.Pages.Shared;

namespace Rdv.Pages.Hotline;

/// <summary>The first page of the hotline: find what a caller has, or look for a time.</summary>
/// <param name="Query">What was searched: a number or a reference.</param>
/// <param name="Results">Null before a search.</param>
/// <param name="Where">What was typed of the commune or the département.</param>
/// <param name="Matches">The communes to choose from, when several have that name.</param>
/// <param name="Phone">The caller's, kept from the search to the booking.</param>
public sealed record HotlineView(
    string? Query = null,
    IReadOnlyList<AppointmentCard>? Results = null,
    string? Where = null,
    string? Topic = null,
    IReadOnlyList<Commune>? Matches = null,
    string? Phone = null,
    string? Name = null,
    string? Territory = null,
    string? Day = null)
{
    public const string QueryField = "q";
    public const string WhereField = "ou";
    public const string TopicField = "sujet";
    public const string PhoneField = "telephone";
    public const string NameField = "nom";
    public const string TerritoryField = "departement";
    public const string DayField = "jour";

    public static IReadOnlyList<string> Fields { get; } = [QueryField, WhereField, NameField, TerritoryField, DayField];

    public FormErrors Errors { get; init; } = FormErrors.None;

    /// <summary>The départements in which something of the caller may be missing, by code; null when all answered.</summary>
    public string? InTrouble { get; init; }

    /// <summary>Workshops were looked for, not free slots.</summary>
    public bool ForWorkshops { get; init; }

    public bool ByName => Name is not null || Territory is not null || Day is not null;

    // A record would print every property: a log line must not carry a person.
    public override string ToString() => nameof(HotlineView);
}
