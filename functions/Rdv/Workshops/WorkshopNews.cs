using NodaTime;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.Transactions;

namespace Rdv.Workshops;

/// <summary>What the advisors of a workshop are told of it.</summary>
public static class WorkshopNews
{
    /// <summary>Planned, moved or cancelled: at once, to each of them.</summary>
    public static IEnumerable<RowWrite> Of(string kind, Workshop workshop, Instant now) =>
        workshop.Advisors.Select(advisor => new RowWrite.Insert(Mail(kind, workshop, advisor, now)));

    /// <summary>One of them is away: the other has it alone, and who is away has it no more.</summary>
    /// <param name="workshop">As it is after the change.</param>
    public static IEnumerable<RowWrite> Left(Workshop workshop, AdvisorId away, Instant now) =>
    [
        new RowWrite.Put(Mail(MessageKinds.InviteCancel, workshop, away, now)),
        new RowWrite.Put(Mail(MessageKinds.InviteUpdate, workshop, workshop.AdvisorId, now)),
    ];

    /// <summary>
    /// A seat was taken or given back: told with the others at the next full hour, so that a workshop that fills brings one mail an hour
    /// at most. At once when it begins before that.
    /// </summary>
    public static IEnumerable<RowWrite> SeatsChanged(Workshop workshop, Instant now)
    {
        var hours = now.ToUnixTimeSeconds() / NodaConstants.SecondsPerHour;
        var nextHour = Instant.FromUnixTimeSeconds((hours + 1) * NodaConstants.SecondsPerHour);
        return workshop.Advisors.Select(advisor => new RowWrite.Put(Mail(MessageKinds.InviteUpdate, workshop, advisor, nextHour < workshop.Start ? nextHour : now)));
    }

    /// <summary>The mail of that morning to each of them.</summary>
    internal static IEnumerable<RowWrite> Day(Workshop workshop, Instant now) => workshop.Advisors
        .Select(advisor => new AdvisorDay(workshop.Territory, advisor, workshop.Date).ToDue(now))
        .OfType<DueMessage>()
        .Select(due => new RowWrite.Put(due));

    private static DueMessage Mail(string kind, Workshop workshop, AdvisorId advisor, Instant at) => new(
        Channel.Mail, at, workshop.Id.SubjectIn(workshop.Territory), kind, Recipient.Advisor(advisor), workshop.Version, workshop.End);
}
