using NodaTime;
using Rdv.Agenda;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Dispatch;
using Rdv.Workshops;

namespace Rdv.Invites;

/// <summary>A workshop as it is now, with those who have a seat.</summary>
public sealed record WorkshopWithSeats(Workshop Workshop, IReadOnlyList<Appointment> Attendees);

/// <summary>Writes and sends the invites of workshops: one event a workshop, with its seats in the description.</summary>
public sealed class WorkshopSender(
    IMailGateway gateway, WorkshopMail mails, ReadWorkshop readWorkshop, ITerritoryDirectories directories, IClock clock) : IMessageSender
{
    public Channel Channel => Channel.Mail;

    public SubjectKind About => SubjectKind.Workshop;

    public async Task<IPreparedMessage?> PrepareAsync(IReadOnlyList<StoredDue> due, CancellationToken cancellationToken)
    {
        var subject = due[^1].Message.Subject;
        return await readWorkshop.ExecuteAsync(subject.Territory, new WorkshopId(subject.Code), cancellationToken) is { } workshop
            ? new Prepared(this, workshop, due[^1].Message, Decide(due, workshop.Workshop))
            : null;
    }

    /// <summary>
    /// The advisor of a workshop never changes: what is true now is what they are told, unless they never heard of what was undone.
    /// </summary>
    internal static MessageDecision Decide(IReadOnlyList<StoredDue> due, Workshop workshop)
    {
        var newest = due[^1].Message;
        var neverTold = due.Any(row => row.Message.Kind == MessageKinds.Invite && row.Claim is null or { NotBefore: not null });
        if (workshop.Version > newest.Version)
        {
            // Every later version wrote a row of its own, due at once: the first mail goes with it. An update of the seats was put off to the
            // full hour, when that row may have gone: it has told of these seats too.
            return neverTold ? new MessageDecision.Wait() : new MessageDecision.Drop();
        }

        return (workshop.IsCancelled, neverTold) switch
        {
            (true, true) => new MessageDecision.Drop(),
            (true, false) => new MessageDecision.Send(MessageKinds.InviteCancel),
            (false, true) => new MessageDecision.Send(MessageKinds.Invite),
            (false, false) => new MessageDecision.Send(newest.Kind),
        };
    }

    private async Task<SendResult> SendAsync(string kind, WorkshopWithSeats workshop, DueMessage due, CancellationToken cancellationToken)
    {
        var territory = workshop.Workshop.Territory;
        var directory = await directories.GetAsync(territory, cancellationToken);
        if (!directory.Advisors.ContainsKey(workshop.Workshop.AdvisorId) || !directory.Places.ContainsKey(workshop.Workshop.PlaceId))
        {
            directory = await directories.ReloadAsync(territory, cancellationToken);
        }

        if (!directory.Advisors.TryGetValue(workshop.Workshop.AdvisorId, out var advisor))
        {
            return new SendResult.Rejected("advisor-missing");
        }

        return mails.Build(kind, workshop, due, directory, advisor, clock.GetCurrentInstant()) switch
        {
            InviteMailOutcome.Built built => await gateway.SendAsync(built.Mail, cancellationToken),
            InviteMailOutcome.NoAddress => new SendResult.Rejected("no-address"),
            InviteMailOutcome.RecipientIsOrganizer => new SendResult.Rejected("recipient-is-organizer"),
            _ => throw new InvalidOperationException("An outcome without an answer."),
        };
    }

    private sealed record Prepared(WorkshopSender Sender, WorkshopWithSeats Workshop, DueMessage Due, MessageDecision Decision) : IPreparedMessage
    {
        public Task<SendResult> SendAsync(Claim claim, CancellationToken cancellationToken) =>
            Sender.SendAsync(((MessageDecision.Send)Decision).Kind, Workshop, Due, cancellationToken);
    }
}
