using NodaTime;
using Rdv.Dispatch;
using Rdv.Transactions;

namespace Rdv.Booking;

/// <summary>The rows that every change of an appointment writes beside its own.</summary>
internal static class Changes
{
    public static IEnumerable<RowWrite> Rows(Appointment appointment, string action, Actor by, MessagePlan plan, Instant now) =>
        plan.Messages.Select(RowWrite (message) => new RowWrite.InsertDue(message))
            .Concat(plan.Calls.Select(call => new RowWrite.PutCall(call)))
            .Append(new RowWrite.PutChangeLog(new ChangeLog(appointment.Reference, appointment.Version, now, action, by, plan.Messages)));
}
