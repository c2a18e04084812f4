using NodaTime;
using Rdv.Appointments;
using Rdv.Calls;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.People;

namespace Rdv.Booking;

/// <summary>What a change of an appointment makes due: messages, and calls where no message can go.</summary>
public sealed record MessagePlan(IReadOnlyList<DueMessage> Messages, IReadOnlyList<CallToMake> Calls)
{
    // A reminder that comes later than this finds people on their way.
    private static readonly Duration ReminderUseful = Duration.FromMinutes(30);

    private static readonly Duration OneMorning = Duration.FromHours(12);

    // Under this, an SMS may be read too late: the hotline calls as well.
    private static readonly Duration ShortNotice = Duration.FromHours(3);

    public static MessagePlan ForBooking(Appointment appointment, Instant now)
    {
        var plan = new Draft(appointment, now);
        if (appointment.TellsOfBooking)
        {
            plan.News(MessageKinds.Confirmation);
        }

        plan.Reminders();
        plan.Invite(MessageKinds.Invite, appointment.AdvisorId);
        return plan.Finish();
    }

    /// <param name="before">The appointment as it was.</param>
    public static MessagePlan ForMove(Appointment before, Appointment appointment, Instant now)
    {
        var plan = new Draft(appointment, now);
        if (appointment.CitizenVersion == appointment.Version)
        {
            plan.News(MessageKinds.Move);
            plan.Reminders();
        }

        if (before.AdvisorId == appointment.AdvisorId)
        {
            plan.Invite(MessageKinds.InviteUpdate, appointment.AdvisorId);
        }
        else
        {
            plan.Invite(MessageKinds.InviteCancel, before.AdvisorId);
            plan.Invite(MessageKinds.Invite, appointment.AdvisorId);
        }

        return plan.Finish();
    }

    public static MessagePlan ForCancellation(Appointment appointment, Instant now, bool callBack = false)
    {
        var plan = new Draft(appointment, now);
        plan.News(MessageKinds.Cancellation);
        plan.Invite(MessageKinds.InviteCancel, appointment.AdvisorId);
        // Who gets no SMS is called in any case.
        if ((appointment.CancelledBy != Actor.Citizen && appointment.Start - now < ShortNotice) || (callBack && appointment.Citizen.Phone.CanReceiveSms))
        {
            plan.Call(CallReasons.Urgent, MessageKinds.Cancellation, now);
        }

        return plan.Finish();
    }

    /// <summary>For what is told with another appointment.</summary>
    public static MessagePlan Nothing { get; } = new([], []);

    private sealed class Draft(Appointment appointment, Instant now)
    {
        private readonly List<DueMessage> _messages = [];
        private readonly List<CallToMake> _calls = [];

        /// <summary>Tells the citizen, and the helper, at once.</summary>
        public void News(string kind)
        {
            Sms(kind, now, appointment.Start);
            // On the telephone, the caller hears it; someone who booked by themselves on the web with a landline reads it on the page.
            // Only news that the person did not make themselves needs a call.
            if (!appointment.Citizen.Phone.CanReceiveSms && kind == MessageKinds.Cancellation && appointment.CancelledBy == Actor.Advisor)
            {
                Call(CallReasons.Landline, kind, now);
            }
        }

        public void Reminders()
        {
            var times = ReminderTimes.Of(appointment, now);
            var deadline = appointment.Start - ReminderUseful;
            var soon = appointment.Citizen is { ReminderTwoHours: true, Phone.CanReceiveSms: true } ? times.TwoHoursBefore() : null;

            // Of a course there is one for each session: more would be a message every few days.
            if (appointment.Enrolment is null && times.Ahead() is { } ahead)
            {
                Sms(MessageKinds.ReminderAhead, ahead, deadline);
            }

            if (times.Eve() is { } eve)
            {
                // Where it could leave on the day itself only, the one two hours before says the same.
                Sms(MessageKinds.Reminder, eve, deadline, helperOnly: soon - eve < OneMorning);
            }

            if (!appointment.Citizen.Phone.CanReceiveSms && times.Call() is { } call)
            {
                // One call, however many appointments the person has on that day.
                _calls.Add(CallToMake.ToPerson(
                    appointment.Reference, appointment.PhoneIndex.Hash, CallReasons.Landline, MessageKinds.Reminder, call, appointment.LocalStart.Date));
            }

            if (soon is { } at)
            {
                Sms(MessageKinds.ReminderSoon, at, deadline, citizenOnly: true);
            }
        }

        public void Invite(string kind, AdvisorId advisor)
        {
            // The advisor hears of a workshop as a whole.
            if (appointment.Seat is null)
            {
                _messages.Add(new DueMessage(
                    Channel.Mail, now, appointment.Reference, kind, Recipient.Advisor(advisor), appointment.Version, appointment.End));
            }
        }

        public void Call(string reason, string kind, Instant at) =>
            _calls.Add(CallToMake.Of(appointment.Reference, reason, kind, at, appointment.Version));

        public MessagePlan Finish() => new(_messages, _calls);

        private void Sms(string kind, Instant at, Instant deadline, bool citizenOnly = false, bool helperOnly = false)
        {
            if (!helperOnly && appointment.Citizen.Phone.CanReceiveSms)
            {
                Add(Recipient.Citizen);
            }

            if (!citizenOnly && appointment.Helper is { Phone.CanReceiveSms: true } helper && helper.Phone != appointment.Citizen.Phone)
            {
                Add(Recipient.Helper);
            }

            void Add(Recipient recipient) =>
                _messages.Add(new DueMessage(Channel.Sms, at, appointment.Reference, kind, recipient, appointment.Version, deadline));
        }
    }
}
