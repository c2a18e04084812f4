using NodaTime;
using Rdv.Messages;
using Rdv.Territories;

namespace Rdv.Dispatch;

/// <summary>
/// Reminders and offers reach nobody outside <see cref="HumaneHours"/>, even when what held them up ends then: a pause, a budget, an outage.
/// News that someone waits for, and what a person asked for by hand, leave at once; the reminder two hours before knows its own hours.
/// </summary>
public static class SendingHours
{
    /// <summary>The first instant, from the given one on, at which a message of that kind may leave.</summary>
    public static Instant From(string kind, Territory territory, Instant instant) =>
        kind is MessageKinds.Reminder or MessageKinds.ReminderAhead or MessageKinds.Freed ? HumaneHours.Next(territory, instant) : instant;

    /// <summary>Whether nobody waits for a message of that kind: news go first.</summary>
    public static bool CanWait(string kind) =>
        kind is MessageKinds.Reminder or MessageKinds.ReminderAhead or MessageKinds.ReminderSoon or MessageKinds.Freed or MessageKinds.Day;
}
