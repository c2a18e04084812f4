using Azure.Data.Tables;
using Rdv.Appointments;
using Rdv.Messages;
using Rdv.Tests.Infrastructure;
using Shouldly;

namespace Rdv.Tests.Concurrency;

/// <summary>What was told of one appointment, and when.</summary>
internal sealed class Told(World world, IReadOnlyList<TableEntity> log, Appointment appointment)
{
    private readonly IReadOnlyList<OutgoingSms> _sms = [.. world.Sms.Delivered.Where(sms => sms.Reference == appointment.Reference)];

    private readonly IReadOnlyList<(int Version, string Kind, string State)> _log = [.. log
        .Select(row => (Parts: row.RowKey.Split('|', 6), State: row.GetString("State")))
        .Where(row => row.Parts.Length == 6 && row.Parts[1] == appointment.Reference.Code && row.Parts[2] == "message")
        .Select(row => (int.Parse(row.Parts[3], provider: null), row.Parts[4], row.State))];

    private string Why => $"{appointment}: told {string.Join(", ", _sms.Select(sms => $"{sms.Kind} {sms.FirstSent}"))}, of {string.Join(", ", _log)}";

    /// <summary>What is neither a reminder nor one of the mails.</summary>
    private IReadOnlyList<string> News => [.. _sms.Select(sms => sms.Kind).Where(kind => kind != MessageKinds.Reminder)];

    /// <summary>For each SMS one message. One that left with a run that died, before a newer one, is noted as superseded.</summary>
    public void ShouldBeOnce()
    {
        foreach (var sms in _sms.CountBy(sms => sms.Kind))
        {
            _log.Count(row => MessageKinds.Base(row.Kind) == sms.Key).ShouldBeGreaterThanOrEqualTo(sms.Value, Why);
        }
    }

    public void ShouldEndWithWhatIsTrue(IReadOnlyList<Appointment> all)
    {
        var isBooked = appointment.Status == AppointmentStatus.Booked;
        if (isBooked)
        {
            // One, or two for what was told four days ahead.
            _sms.Count(sms => sms.Kind == MessageKinds.Reminder).ShouldBeInRange(1, 2, Why);
        }

        if (appointment.Enrolment is { } enrolment)
        {
            // Of a course one is told with the first session: of all that is left of it, or of none.
            var isLeft = all.Any(other => other.Enrolment == enrolment && other.Status == AppointmentStatus.Booked);
            var mustBe = appointment.TellsOfBooking && isLeft && !IsConfirmationLost();
            News.Count(kind => kind == MessageKinds.Confirmation).ShouldBeInRange(mustBe ? 1 : 0, appointment.TellsOfBooking ? 1 : 0, Why);
            News.Count(kind => kind == MessageKinds.Cancellation)
                .ShouldBeInRange(!isBooked && !appointment.TellsOfBooking && !MayBe(MessageKinds.Cancellation) ? 1 : 0, isBooked ? 0 : 1, Why);
            News.Except([MessageKinds.Confirmation, MessageKinds.Cancellation]).ShouldBeEmpty(Why);
            return;
        }

        var last = !isBooked ? MessageKinds.Cancellation : appointment.CitizenVersion == 1 ? MessageKinds.Confirmation : MessageKinds.Move;
        if (!MayBe(last))
        {
            (News.Count == 0 ? null : News[^1]).ShouldBe(last, Why);
        }

        // From one to the next: never back.
        string[] order = [MessageKinds.Confirmation, MessageKinds.Move, MessageKinds.Cancellation];
        News.Select(kind => Array.IndexOf(order, kind)).ShouldBeInOrder(SortDirection.Ascending, Why);
        News.Where(kind => kind != MessageKinds.Move).ShouldBeUnique(Why);
    }

    /// <summary>Who was answered that it is cancelled is told of nothing else any more.</summary>
    public void ShouldStopWith(IReadOnlyList<Call> calls)
    {
        foreach (var cancelled in calls.Where(call =>
            call.Answered is Answered.Appointment { View: { Status: AppointmentStatus.Cancelled } view } && view.Reference == appointment.Reference.ToString()))
        {
            _sms.Where(sms => sms.FirstSent > cancelled.Until && sms.Kind != MessageKinds.Cancellation && appointment.Enrolment is null).ShouldBeEmpty(Why);
        }
    }

    /// <summary>The mailbox of each advisor ends with what they have: a mail that came twice counts once.</summary>
    public void ShouldFillTheRightCalendar()
    {
        var mails = world.Mail.Received.Where(mail => mail.Reference == appointment.Reference).DistinctBy(mail => mail.MessageId).ToLookup(mail => mail.To, mail => mail.Kind);

        // A seat has no invite of its own: the workshop has.
        var whose = appointment is { Status: AppointmentStatus.Booked, Seat: null } ? Directories.MailOf(appointment.AdvisorId.Value) : null;
        foreach (var mailbox in mails)
        {
            mailbox.Last().ShouldBeOneOf(mailbox.Key == whose ? [MessageKinds.Invite, MessageKinds.InviteUpdate] : [MessageKinds.InviteCancel], $"{Why}, {string.Join(", ", mailbox)}");
        }

        if (whose is not null)
        {
            mails.Contains(whose).ShouldBeTrue(Why);
        }
    }

    /// <summary>Nobody knows whether it left: somebody calls. Or nobody knew, and the session was cancelled meanwhile, which is what was told.</summary>
    private bool IsConfirmationLost() => _log.Any(row => row is { Kind: MessageKinds.Confirmation, State: "Unknown" })
        || (_log.Any(row => row is { Kind: MessageKinds.Confirmation, State: "Superseded" }) && (News.Contains(MessageKinds.Cancellation) || MayBe(MessageKinds.Cancellation)));

    /// <summary>Nobody knows whether it was told: somebody calls.</summary>
    private bool MayBe(string kind) => _log.Any(row => row.Kind == kind && row.Version == appointment.CitizenVersion && row.State == "Unknown");
}
