using NodaTime;
using Rdv.Territories;

namespace Rdv.Messages;

/// <summary>When reminders leave: where the citizen lives, between 9:00 and 19:00, never on a Sunday or a public holiday.</summary>
public static class ReminderTime
{
    /// <summary>Late enough to be awake, early enough to call the hotline back the same day.</summary>
    private static readonly LocalTime Usual = new(10, 0);

    private static readonly LocalTime Evening = new(18, 0);

    /// <summary>
    /// The working day before, at 10:00. An appointment made after that hour is reminded at 18:00 on the day before if a humane hour
    /// is left; one made later still has just been confirmed, and gets no reminder: null.
    /// </summary>
    public static Instant? For(Territory territory, Instant start, Instant now)
    {
        var zone = territory.Zone;
        var day = start.InZone(zone).Date;
        var workingDay = day.PlusDays(-1);
        while (!HumaneHours.IsWorkingDay(territory, workingDay))
        {
            workingDay = workingDay.PlusDays(-1);
        }

        var usual = workingDay.At(Usual).InZoneLeniently(zone).ToInstant();
        if (usual > now)
        {
            return usual;
        }

        var eve = day.PlusDays(-1);
        var evening = eve.At(Evening).InZoneLeniently(zone).ToInstant();
        return HumaneHours.AreOn(territory, eve) && evening > now ? evening : null;
    }

    /// <summary>Two hours before, for those who asked; not before 9:00, and null when that leaves under an hour or has passed.</summary>
    public static Instant? TwoHoursBefore(Territory territory, Instant start, Instant now)
    {
        var local = start.InZone(territory.Zone).LocalDateTime;
        var at = start - Duration.FromHours(2);
        var opening = local.Date.At(HumaneHours.Opening).InZoneLeniently(territory.Zone).ToInstant();
        at = Instant.Max(at, opening);
        return at > now && start - at >= Duration.FromHours(1) && HumaneHours.AreOn(territory, local.Date) ? at : null;
    }
}
