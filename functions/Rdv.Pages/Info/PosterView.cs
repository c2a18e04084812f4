using NodaTime;
using Rdv.Directory;
using Rdv.Language;
using Rdv.Pages.Shared;

namespace Rdv.Pages.Info;

/// <summary>The sheet for the door of a place: who comes, when, how one books.</summary>
/// <param name="Hours">By weekday: <c>mardi</c> and <c>de 9 h à 12 h, de 14 h à 17 h</c>. Empty when nobody receives there.</param>
/// <param name="Link">What the code opens: the booking at this place.</param>
public sealed record PosterView(string Place, string Address, string? Access, IReadOnlyList<(string Day, string Hours)> Hours, string Link, QrCode Code, string Back)
{
    public static PosterView Of(TerritoryDirectory directory, Place place, string site, LocalDate today)
    {
        var periods = directory.Advisors.Values
            .Where(advisor => advisor.LeavesOn is not { } leaves || leaves > today)
            .SelectMany(advisor => advisor.Hours)
            .Where(hours => hours.PlaceId == place.Id && (hours.EndsOn is not { } ends || ends >= today))
            .ToList();
        var link = $"{site}/chez/{directory.Territory}/{place.Id}";
        return new PosterView(
            place.ShownName,
            PlaceText.Address(place),
            place.Access,
            [
                .. Enum.GetValues<IsoDayOfWeek>()
                    .Where(day => day != IsoDayOfWeek.None)
                    .Select(day => (Day: FrenchDates.Weekdays([day]), Hours: HoursOf([.. periods.Where(hours => hours.Days.Contains((int)day))])))
                    .Where(line => line.Hours.Length > 0),
            ],
            link,
            QrCode.Of(link),
            $"/lieux?ou={directory.Territory}");
    }

    /// <summary>Whoever reads a door does not ask which advisor it is: hours that touch are one.</summary>
    private static string HoursOf(IReadOnlyList<OpeningHours> periods) => string.Join(", ", periods
        .GroupBy(hours => hours.EveryWeeks)
        .OrderBy(group => group.Key)
        .SelectMany(group => Merged(group).Select(open => Words.Hours(open.From, open.To) + (group.Key == 1 ? "" : $" (une semaine sur {group.Key})"))));

    private static List<(LocalTime From, LocalTime To)> Merged(IEnumerable<OpeningHours> periods)
    {
        var merged = new List<(LocalTime From, LocalTime To)>();
        foreach (var hours in periods.OrderBy(hours => hours.From))
        {
            if (merged is [.., var last] && hours.From <= last.To)
            {
                merged[^1] = (last.From, LocalTime.Max(last.To, hours.To));
            }
            else
            {
                merged.Add((hours.From, hours.To));
            }
        }

        return merged;
    }
}
