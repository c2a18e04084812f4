using NodaTime;
using Rdv.Territories;

namespace Rdv.Dispatch;

/// <summary>
/// Reminders and offers reach nobody at night, where the citizen lives, even when what held them up ends then: a pause, a budget, an outage.
/// News that someone waits for, and what a person asked for by hand, leave at once; the reminder two hours before knows its own hours.
/// </summary>
public static class SendingHours
{
    private static readonly LocalTime Opening = new(9, 0);
    private static readonly LocalTime Closing = new(19, 0);

    /// <summary>The first instant, from the given one on, at which a message of that kind may leave.</summary>
    public static Instant From(string kind, Territory territory, Instant instant)
    {
        if (kind is not (MessageKinds.Reminder or MessageKinds.Freed))
        {
            return instant;
        }

        var local = instant.InZone(territory.Zone);
        return local.TimeOfDay < Opening ? OpeningOf(local.Date)
            : local.TimeOfDay >= Closing ? OpeningOf(local.Date.PlusDays(1))
            : instant;

        Instant OpeningOf(LocalDate date) => date.At(Opening).InZoneLeniently(territory.Zone).ToInstant();
    }
}
