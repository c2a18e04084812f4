using NodaTime;
using Rdv.Ids;
using Rdv.People;

namespace Rdv.Directory;

/// <summary>A conseiller numérique.</summary>
/// <param name="DisplayName">What citizens read.</param>
/// <param name="Email">Where invites go; null when unknown.</param>
/// <param name="Topics">The topic ids that the advisor teaches; empty for all.</param>
/// <param name="HoursVersion">Rises at each change of <paramref name="Hours"/> or <paramref name="Rules"/>; months touched by the change carry it.</param>
/// <param name="LeavesOn">No slot from that day.</param>
/// <param name="MailRefusedAt">When a mail to <paramref name="Email"/> came back for good, and none has arrived since; null otherwise.</param>
/// <param name="Rules">Null for <see cref="BookingRules.None"/>.</param>
public sealed record Advisor(
    AdvisorId Id,
    StructureId StructureId,
    string DisplayName,
    string? Email,
    string? Phone,
    IReadOnlyList<string> Topics,
    IReadOnlyList<OpeningHours> Hours,
    int HoursVersion = 1,
    LocalDate? LeavesOn = null,
    Instant? MailRefusedAt = null,
    BookingRules? Rules = null) : IDirectoryRow
{
    /// <summary>The name of whoever is forgotten.</summary>
    public const string FormerName = "Ancien conseiller";

    /// <summary>The day on which they came into the directory: nothing was offered before. Null for who was there before days were noted.</summary>
    public LocalDate? Since { get; init; }

    /// <summary>When who they were was forgotten, long after they had left; null while it is known.</summary>
    public Instant? ForgottenAt { get; init; }

    /// <summary>What stays is the id, what they offered and taught, and the counts. A name stands in memory all the same, so that no page has a second way.</summary>
    public Advisor Forget(Instant now) => this with
    {
        DisplayName = FormerName,
        Email = null,
        Phone = null,
        MailRefusedAt = null,
        Rules = Rules is null ? null : Rules with { VideoLink = null },
        ForgottenAt = now,
    };

    /// <summary>False when invites do not arrive, as far as is known.</summary>
    public bool GetsMail => MailRefusedAt is null && EmailAddress.TryParse(Email, out _);

    public bool Teaches(string topic) => Topics.Count == 0 || Topics.Contains(topic);

    /// <summary>Whether some of their hours are for the topic by those means.</summary>
    public bool Offers(Means means, string topic) =>
        CanMeet(means) && Teaches(topic) && Hours.Any(hours => hours.Offers(means) && (hours.Topics is null || hours.Topics.Contains(topic)));

    /// <summary>Whether they have what the means need, whatever their hours say.</summary>
    public bool CanMeet(Means means) => means switch
    {
        Means.Video => Rules?.VideoLink is not null,
        Means.Home => Rules?.HomeKilometres > 0,
        _ => true,
    };
}
