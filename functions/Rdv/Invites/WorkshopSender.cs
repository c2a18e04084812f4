using Rdv.Appointments;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.Workshops;

namespace Rdv.Invites;

/// <summary>A workshop as it is now, with those who have a seat.</summary>
public sealed record WorkshopWithSeats(Workshop Workshop, IReadOnlyList<Appointment> Attendees);

/// <summary>Writes the invites of workshops: one event a workshop, with its seats in the description.</summary>
public sealed class WorkshopSender(InvitePost post, WorkshopMail mails, ReadWorkshop readWorkshop) : IMessageSender
{
    public Channel Channel => Channel.Mail;

    public SubjectKind About => SubjectKind.Workshop;

    public async Task<PreparedMessage?> PrepareAsync(IReadOnlyList<StoredDue> due, CancellationToken cancellationToken)
    {
        var message = due[^1].Message;
        if (await readWorkshop.ExecuteAsync(message.Subject.Territory, new WorkshopId(message.Subject.Code), cancellationToken) is not { Workshop: var planned } workshop)
        {
            return null;
        }

        // Who is away has it no more, whatever has become of it since.
        var to = message.Recipient.AdvisorId ?? planned.AdvisorId;
        if (!planned.IsOf(to) && message.Kind != MessageKinds.InviteCancel)
        {
            return PreparedMessage.Nothing;
        }

        var theirs = planned.IsOf(to) ? workshop : workshop with { Workshop = planned with { IsCancelled = true, Version = message.Version } };
        return new PreparedMessage(Decide(due, theirs.Workshop), (kind, _, token) => post.SendAsync(
            planned.Territory, planned.PlaceId, to, invite => mails.Build(kind, theirs, message, invite), token));
    }

    /// <summary>
    /// What is true now is what they are told, unless they never heard of what was undone.
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
}
