using Rdv.Agenda;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Ids;

namespace Rdv.Pages.Shared;

/// <summary>What somebody wishes of an appointment beside its topic, its place and its hour, as forms and addresses of pages say it.</summary>
public sealed record Wish(Means Means = Means.Place)
{
    private const string AdvisorField = "conseiller";
    public const string SignsField = "lsf";
    private const string Yes = "oui";

    /// <summary>Nobody else; null for anyone.</summary>
    public AdvisorId? Advisor { get; init; }

    /// <summary>See <see cref="Topic.MinutesFor"/>.</summary>
    public bool Signs { get; init; }

    /// <summary>What is added to an address that has other fields before it; empty when nothing is wished.</summary>
    public string Query => string.Concat(Hidden.Where(one => one.Value is not null).Select(one => $"&{one.Key}={one.Value}"));

    /// <summary>What the form says from the start of the needs of who comes; null for nothing.</summary>
    public string? Needs => Signs ? PersonDetails.SignLanguage : null;

    public IEnumerable<KeyValuePair<string, string?>> Hidden =>
        [new(MeansChoice.Field, MeansChoice.ValueOf(Means)), new(AdvisorField, Advisor?.Value), new(SignsField, Signs ? Yes : null)];

    /// <param name="value">The value of a field; null when there is none.</param>
    public static Wish Read(Func<string, string?> value) => new(MeansChoice.Read(value(MeansChoice.Field)))
    {
        Advisor = value(AdvisorField) is { } id && DirectoryIds.IsValid(id) ? new AdvisorId(id) : null,
        Signs = value(SignsField) == Yes,
    };

    public SlotSearch In(SlotSearch search) => search with { Means = Means, Advisor = Advisor, Signs = Signs };
}
