using NodaTime;
using Rdv.Appointments;
using Rdv.Messages;
using Rdv.People;
using Rdv.Transactions;

namespace Rdv.Booking;

/// <summary>The rows that every change of an appointment writes beside its own.</summary>
internal static class Changes
{
    public static IEnumerable<RowWrite> Rows(Appointment appointment, string action, Actor by, MessagePlan plan, Instant now) =>
        plan.Messages.Select(RowWrite (message) => new RowWrite.Insert(message))
            .Concat(plan.Calls.Select(call => new RowWrite.Put(call)))
            .Append(new RowWrite.Put(new ChangeLog(appointment.Reference, appointment.Version, now, action, by, plan.Messages)))
            .Concat(Day(appointment, action, now));

    /// <summary>The advisor's mail of that morning. A seat is in a workshop whose day has it already.</summary>
    private static IEnumerable<RowWrite> Day(Appointment appointment, string action, Instant now) =>
        action is ChangeActions.Booked or ChangeActions.Moved && appointment.Seat is null
        && new AdvisorDay(appointment.Territory, appointment.AdvisorId, appointment.LocalStart.Date).ToDue(now) is { } due
            ? [new RowWrite.Put(due)]
            : [];
}
