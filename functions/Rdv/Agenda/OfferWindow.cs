using NodaTime;
using Rdv.Territories;

namespace Rdv.Agenda;

/// <summary>When a slot may start that somebody looks for now.</summary>
/// <param name="Earliest">Wall time before which none may.</param>
/// <param name="LastDay">The horizon.</param>
public readonly record struct OfferWindow(LocalDateTime Earliest, LocalDate LastDay)
{
    public static OfferWindow Of(Territory territory, Instant now, RdvSettings settings) => new(
        Ceiling((now + settings.MinimumNotice).InZone(territory.Zone).LocalDateTime),
        now.InZone(territory.Zone).Date.PlusDays(settings.HorizonDays));

    // A wall time with seconds: the next whole minute, so that the grid compares minutes.
    private static LocalDateTime Ceiling(LocalDateTime time)
    {
        var floor = time.With(TimeAdjusters.TruncateToMinute);
        return floor == time ? floor : floor.PlusMinutes(1);
    }
}
