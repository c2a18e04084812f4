using NodaTime;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Directory;

/// <summary>When the hotline answers, read from what people read of it (<see cref="RdvSettings.HotlineHours"/>), in the time of Paris; never on a public holiday.</summary>
public sealed class HotlineHours
{
    private const int DaysAhead = 14;

    // Its operators sit there.
    private static readonly Territory Home = Territory.Parse("75");
    private static readonly PlaceId Desk = new("hotline");

    private readonly IReadOnlyList<OpeningHours> _hours;

    private HotlineHours(IReadOnlyList<OpeningHours> hours) => _hours = hours;

    /// <param name="text"><c>du lundi au vendredi, de 9 h à 17 h</c>. Of one that cannot be read, nothing is known.</param>
    public static HotlineHours Of(string text) =>
        new(OpeningHoursText.TryParse(text, Desk, out var hours, out var left, out _) && left.Count == 0 ? hours : []);

    public bool IsKnown => _hours.Count > 0;

    /// <summary>Where the hotline is.</summary>
    public static LocalDate DayOf(Instant now) => now.InZone(Home.Zone).Date;

    /// <summary>When somebody answers next.</summary>
    /// <returns>Null while somebody answers now, or when it is not known.</returns>
    public LocalDateTime? NextOpening(Instant now)
    {
        var local = now.InZone(Home.Zone).LocalDateTime;
        for (var day = local.Date; IsKnown && day <= local.Date.PlusDays(DaysAhead); day = day.PlusDays(1))
        {
            foreach (var (from, to) in On(day))
            {
                if (day > local.Date || from > local.TimeOfDay)
                {
                    return day.At(from);
                }

                if (local.TimeOfDay < to)
                {
                    return null;
                }
            }
        }

        return null;
    }

    private IEnumerable<(LocalTime From, LocalTime To)> On(LocalDate day) => PublicHolidays.Contains(Home, day)
        ? []
        : _hours.Where(hours => hours.HoldsOn(day)).OrderBy(hours => hours.From).Select(hours => (hours.From, hours.To));
}
