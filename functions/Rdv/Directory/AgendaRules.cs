using System.Collections.Concurrent;
using NodaTime;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Directory;

/// <summary>When the advisors of a territory may be booked, before anything is: opening hours, public holidays, clock changes.</summary>
public sealed class AgendaRules
{
    private readonly TerritoryDirectory _directory;
    private readonly Dictionary<AdvisorId, AdvisorRules> _rules;
    private readonly AdvisorRules[] _all;
    private readonly List<(StructureId Structure, PlaceId Place)> _places = [];
    private readonly ConcurrentDictionary<LocalDate, (bool IsHoliday, DayGrid Cells)> _days = new();
    private readonly ConcurrentDictionary<(PlaceId From, PlaceId To), int> _travels = new();

    public AgendaRules(TerritoryDirectory directory)
    {
        _directory = directory;
        var placeNumbers = new Dictionary<(StructureId, PlaceId), int>();
        _all = [.. directory.Advisors.Values.Select((advisor, number) => new AdvisorRules(
            advisor, directory.Structures.GetValueOrDefault(advisor.StructureId), number, place => NumberOf((advisor.StructureId, place))))];
        _rules = _all.ToDictionary(advisor => advisor.Advisor.Id);

        int NumberOf((StructureId, PlaceId) place)
        {
            if (!placeNumbers.TryGetValue(place, out var number))
            {
                placeNumbers[place] = number = _places.Count;
                _places.Add(place);
            }

            return number;
        }
    }

    /// <summary>The advisors by their numbers.</summary>
    internal ReadOnlySpan<AdvisorRules> All => _all;

    /// <summary>Where they receive, by number; a place that two structures share has one for each.</summary>
    internal IReadOnlyList<(StructureId Structure, PlaceId Place)> Places => _places;

    internal AdvisorRules? Find(AdvisorId advisor) => _rules.GetValueOrDefault(advisor);

    public AdvisorRules Of(AdvisorId advisor) => _rules[advisor];

    /// <summary>
    /// The cells of a day that can be told apart on a clock: on a day when the clocks change, not the hour that is missing nor the one
    /// that comes twice. None on a public holiday, unless the structure works then.
    /// </summary>
    public DayGrid Bookable(LocalDate date, Structure? structure)
    {
        var day = Day(date);
        return day.IsHoliday && structure?.WorksOn(date) != true ? default : day.Cells;
    }

    /// <summary>What a day is for every structure of the territory.</summary>
    internal (bool IsHoliday, DayGrid Cells) Day(LocalDate date) =>
        _days.GetOrAdd(date, static (day, territory) => Describe(territory, day), _directory.Territory);

    /// <summary>The cells in which the advisor receives that day, at any place and about any topic.</summary>
    public DayGrid Open(Advisor advisor, LocalDate date)
    {
        var open = default(DayGrid);
        if (date < advisor.Since || date >= advisor.LeavesOn)
        {
            return open;
        }

        foreach (var period in Of(advisor.Id).On(date.DayOfWeek))
        {
            if (period.Hours.HoldsOn(date))
            {
                open |= period.Open;
            }
        }

        return open & Bookable(date, Of(advisor.Id).Structure);
    }

    /// <summary>Wall time in the territory.</summary>
    internal LocalDateTime LocalTime(Instant instant) => instant.InZone(_directory.Territory.Zone).LocalDateTime;

    /// <summary>When a cell of a day begins.</summary>
    internal Instant InstantOf(LocalDate date, int cell) => date.At(DayGrid.TimeOf(cell)).InZoneLeniently(_directory.Territory.Zone).ToInstant();

    /// <summary>How long an advisor needs between two meetings of a day, the second at <paramref name="to"/> or the first.</summary>
    /// <param name="from">Null when it is not known: the pause alone.</param>
    internal int MinutesBetween(Advisor advisor, Spot? from, Spot to)
    {
        var pause = advisor.Rules?.PauseMinutes ?? 0;
        return from is { } other ? Math.Max(pause, TravelMinutes(advisor, other, to)) : pause;
    }

    /// <summary>Whether an advisor goes to homes in a commune from the place of their hours.</summary>
    internal bool Reaches(Advisor advisor, PlaceId from, string insee) => advisor.Rules is { HomeKilometres: > 0 and var most }
        && WayTo(insee, from).Kilometres <= most;

    /// <summary>Whether anybody whose hours are for homes goes to those of a commune.</summary>
    internal bool IsReached(string insee) => _directory.Advisors.Values.Any(advisor =>
        advisor.Hours.Any(hours => hours.Offers(Means.Home) && Reaches(advisor, hours.PlaceId, insee)));

    private int TravelMinutes(Advisor advisor, Spot from, Spot to) => (from.Home, to.Home) switch
    {
        (null, null) => from.Place == to.Place ? 0 : TravelMinutes(advisor, from.Place, to.Place),
        (null, { } home) => HomeMinutes(WayTo(home, from.Place)),
        ({ } home, null) => HomeMinutes(WayTo(home, to.Place)),

        // Nobody knows where in the commune.
        ({ } one, { } other) => TravelTime.ToHome(
            one == other ? 0 : HomeIn(one).Origin is { } start && HomeIn(other).Origin is { } end ? Nearness.Kilometres(start, end) : null,
            one != other && (HomeIn(one).IsGuess || HomeIn(other).IsGuess)),
    };

    private static int HomeMinutes((double? Kilometres, bool IsGuess) way) => TravelTime.ToHome(way.Kilometres, way.IsGuess);

    /// <summary>Null kilometres where nothing tells.</summary>
    private (double? Kilometres, bool IsGuess) WayTo(string home, PlaceId place) => HomeIn(home).KilometresTo(place) is { } kilometres
        ? (kilometres, HomeIn(home).IsGuess)
        : _directory.Places.GetValueOrDefault(place)?.Insee == home ? (0, false) : (null, true);

    private Nearness HomeIn(string insee) => _directory.NearnessFrom(insee);

    /// <summary>As the advisor has said it, or by the distance.</summary>
    private int TravelMinutes(Advisor advisor, PlaceId from, PlaceId to) => advisor.Rules?.MinutesBetween(from, to) ?? _travels.GetOrAdd(
        (from, to),
        static (way, places) => TravelTime.Minutes(places.GetValueOrDefault(way.From), places.GetValueOrDefault(way.To)),
        _directory.Places);

    private static (bool IsHoliday, DayGrid Cells) Describe(Territory territory, LocalDate date) =>
        (PublicHolidays.Contains(territory, date), DistinctCells(territory, date));

    private static DayGrid DistinctCells(Territory territory, LocalDate date)
    {
        var grid = DayGrid.Range(0, DayGrid.Cells);
        var zone = territory.Zone;
        var start = zone.AtStartOfDay(date);
        if (start.Offset == zone.AtStartOfDay(date.PlusDays(1)).Offset)
        {
            return grid;
        }

        for (var cell = 0; cell < DayGrid.Cells; cell++)
        {
            if (zone.MapLocal(date.At(DayGrid.TimeOf(cell))).Count != 1)
            {
                grid &= ~DayGrid.Range(cell, cell + 1);
            }
        }

        return grid;
    }
}
