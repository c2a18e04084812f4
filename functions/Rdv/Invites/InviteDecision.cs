using Rdv.Appointments;
using Rdv.Messages;

namespace Rdv.Invites;

/// <summary>
/// What an advisor's calendar is to hear, from what they were last told and what is true now. A→B→C within a minute leaves nothing
/// with A, and tells A nothing.
/// </summary>
public static class InviteDecision
{
    public static MessageDecision Of(IReadOnlyList<StoredDue> due, Appointment appointment)
    {
        var newest = due[^1].Message;
        if (appointment.Version != newest.Version && !IsFarewell(newest, appointment))
        {
            // Every later version wrote a row for this advisor, unless their last word was a farewell.
            return new MessageDecision.Wait();
        }

        // An invite that no run ever claimed, or that certainly did not leave, has not been read: whatever followed is between us.
        var neverTold = due[0] is { Message.Kind: MessageKinds.Invite, Claim: null or { NotBefore: not null } };
        var theirs = appointment.Status != AppointmentStatus.Cancelled && appointment.AdvisorId == newest.Recipient.AdvisorId;
        return (theirs, neverTold, newest.Kind) switch
        {
            (true, true, _) => new MessageDecision.Send(MessageKinds.Invite),
            (true, false, MessageKinds.Invite) => new MessageDecision.Send(MessageKinds.Invite),
            (true, false, MessageKinds.InviteUpdate) => new MessageDecision.Send(MessageKinds.InviteUpdate),
            (false, false, MessageKinds.InviteCancel) => new MessageDecision.Send(MessageKinds.InviteCancel),
            (false, true, MessageKinds.InviteCancel) => new MessageDecision.Drop(),
            _ => new MessageDecision.Wait(),
        };
    }

    private static bool IsFarewell(DueMessage message, Appointment appointment) =>
        message.Kind == MessageKinds.InviteCancel && appointment.AdvisorId != message.Recipient.AdvisorId;
}
