using Rdv.Appointments;
using Rdv.Messages;

namespace Rdv.Sms;

/// <summary>Whether an SMS still says what is true. Each version that concerns the citizen writes its own news and its own reminders.</summary>
public static class SmsDecision
{
    /// <param name="isEnrolled">Sessions of the course that was booked with it are still to come.</param>
    public static MessageDecision Of(IReadOnlyList<StoredDue> due, Appointment appointment, bool isEnrolled = false)
    {
        var newest = due[^1].Message;
        if (appointment.ForgottenAt is not null)
        {
            // Nobody is there to be told.
            return new MessageDecision.Drop();
        }

        if (newest.Kind == MessageKinds.Link)
        {
            return appointment.Status == AppointmentStatus.Booked ? new MessageDecision.Send(newest.Kind) : new MessageDecision.Drop();
        }

        // Of an enrolment only this message tells of all the sessions. What was moved or cancelled before it left is in it.
        if (isEnrolled && due.Any(row => row.Message.Kind == MessageKinds.Confirmation && row.Claim is null or { NotBefore: not null }))
        {
            return new MessageDecision.Send(MessageKinds.Confirmation);
        }

        if (appointment.CitizenVersion != newest.Version)
        {
            return new MessageDecision.Drop();
        }

        return MessageKinds.Base(newest.Kind) switch
        {
            MessageKinds.Cancellation => new MessageDecision.Send(MessageKinds.Cancellation),
            _ when appointment.Status != AppointmentStatus.Booked => new MessageDecision.Drop(),
            var kind => new MessageDecision.Send(kind),
        };
    }
}
