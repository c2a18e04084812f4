using NodaTime;
using Rdv.Messages;
using Rdv.Transactions;

namespace Rdv.Workshops;

/// <summary>What the advisor of a workshop is told of it.</summary>
public static class WorkshopNews
{
    /// <summary>Planned, moved or cancelled: at once.</summary>
    public static DueMessage Of(string kind, Workshop workshop, Instant now) => Mail(kind, workshop, now);

    /// <summary>
    /// A seat was taken or given back: told with the others at the next full hour, so that a workshop that fills brings one mail an hour
    /// at most. At once when it begins before that.
    /// </summary>
    public static DueMessage SeatsChanged(Workshop workshop, Instant now)
    {
        var hours = now.ToUnixTimeSeconds() / NodaConstants.SecondsPerHour;
        var nextHour = Instant.FromUnixTimeSeconds((hours + 1) * NodaConstants.SecondsPerHour);
        return Mail(MessageKinds.InviteUpdate, workshop, nextHour < workshop.Start ? nextHour : now);
    }

    /// <summary>The advisor's mail of that morning.</summary>
    internal static IEnumerable<RowWrite> Day(Workshop workshop, Instant now) =>
        new AdvisorDay(workshop.Territory, workshop.AdvisorId, workshop.Date).ToDue(now) is { } due ? [new RowWrite.Put(due)] : [];

    private static DueMessage Mail(string kind, Workshop workshop, Instant at) => new(
        Channel.Mail, at, workshop.Id.SubjectIn(workshop.Territory), kind, Recipient.Advisor(workshop.AdvisorId), workshop.Version, workshop.End);
}
