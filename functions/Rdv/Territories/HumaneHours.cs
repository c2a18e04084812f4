using NodaTime;

namespace Rdv.Territories;

/// <summary>When a telephone may ring: where the citizen lives, from 9:00 to 19:00, never on a Sunday or a public holiday.</summary>
public static class HumaneHours
{
    public static readonly LocalTime Opening = new(9, 0);
    public static readonly LocalTime Closing = new(19, 0);

    public static bool Contains(Territory territory, Instant instant)
    {
        var local = instant.InZone(territory.Zone).LocalDateTime;
        return AreOn(territory, local.Date) && local.TimeOfDay >= Opening && local.TimeOfDay < Closing;
    }

    /// <summary>Now, or the next opening.</summary>
    public static Instant Next(Territory territory, Instant now) => Contains(territory, now) ? now : NextOpening(territory, now, AreOn);

    /// <summary>When someone of the hotline can call: now, or the next opening of a working day. It does not answer on a Saturday.</summary>
    public static Instant NextCall(Territory territory, Instant now) =>
        Contains(territory, now) && IsWorkingDay(territory, now.InZone(territory.Zone).Date) ? now : NextOpening(territory, now, IsWorkingDay);

    /// <summary>The first opening of a working day that is not before the instant.</summary>
    public static Instant WorkingMorning(Territory territory, Instant instant) => NextOpening(territory, instant, IsWorkingDay);

    /// <summary>Whether any hour of the day is humane.</summary>
    public static bool AreOn(Territory territory, LocalDate date) =>
        date.DayOfWeek != IsoDayOfWeek.Sunday && !PublicHolidays.Contains(territory, date);

    public static bool IsWorkingDay(Territory territory, LocalDate date) => date.DayOfWeek != IsoDayOfWeek.Saturday && AreOn(territory, date);

    private static Instant NextOpening(Territory territory, Instant from, Func<Territory, LocalDate, bool> isOpen)
    {
        for (var date = from.InZone(territory.Zone).Date; ; date = date.PlusDays(1))
        {
            var opening = date.At(Opening).InZoneLeniently(territory.Zone).ToInstant();
            if (opening >= from && isOpen(territory, date))
            {
                return opening;
            }
        }
    }
}
