using Rdv.Directory;
using Rdv.Pages.Shared;

namespace Rdv.Pages.Hotline;

/// <summary>The page of a call: who calls and what they have on one side, what can be proposed to them on the other.</summary>
public sealed record HotlineView
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

    public CallerForm Form { get; init; } = new();

    /// <summary>What was typed into the one box.</summary>
    public string? Query { get; init; }

    /// <summary>Null before a search.</summary>
    public IReadOnlyList<CallerView>? Callers { get; init; }

    /// <summary>The one who calls; null while it may be several, or nobody is known.</summary>
    public CallerView? Caller => Callers is [var only] ? only : null;

    /// <summary>The départements in which something of the caller may be missing, by code; null when all answered.</summary>
    public string? InTrouble { get; init; }

    /// <summary>What was typed of the commune or the département.</summary>
    public string? Where { get; init; }

    /// <summary>The communes to choose from, when several have that name, or nearly.</summary>
    public IReadOnlyList<Commune> Matches { get; init; } = [];

    /// <summary>Workshops were looked for, not free slots.</summary>
    public bool ForWorkshops { get; init; }

    /// <summary>Null until it is known where the person lives and what it is about.</summary>
    public ProposalsView? Proposals { get; init; }

    public string? Name { get; init; }

    public string? Territory { get; init; }

    public string? Day { get; init; }

    public bool ByName => Name is not null || Territory is not null || Day is not null;

    /// <summary>Something was found out in this call.</summary>
    public bool InCall => Callers is not null || Proposals is not null || Form.Phone is not null || Matches.Count > 0 || ByName;

    /// <summary>The field in which the operator types next; null when it is a proposal that is read, or an error that is.</summary>
    public string? Focus => Errors.Any || Callers is { Count: > 1 } ? null
        : ByName && Callers is null ? TerritoryField
        : Proposals is { Items.Count: > 0 } ? null
        : InCall && Matches.Count == 0 ? WhereField
        : InCall ? null
        : QueryField;

    // A record would print every property: a log line must not carry a person.
    public override string ToString() => nameof(HotlineView);
}
