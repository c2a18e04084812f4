using NodaTime;
using Rdv.Territories;

namespace Rdv.Functions.Pages;

/// <summary>The days that a page of slots may show: from today to the horizon.</summary>
/// <param name="From">The first day shown.</param>
internal sealed record Window(LocalDate From, LocalDate Today, LocalDate Horizon)
{
    public static Window Of(Territory territory, LocalDate? asked, RdvSettings settings, IClock clock)
    {
        var today = clock.GetCurrentInstant().InZone(territory.Zone).Date;
        var horizon = today.PlusDays(settings.HorizonDays);
        return new Window(LocalDate.Min(LocalDate.Max(asked ?? today, today), horizon), today, horizon);
    }
}
