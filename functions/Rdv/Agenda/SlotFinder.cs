using NodaTime;
using Rdv.Directory;

namespace Rdv.Agenda;

/// <summary>What slots are wanted.</summary>
/// <param name="Earliest">Wall time before which no slot may start.</param>
public sealed record SlotQuery(
    string Topic,
    int Minutes,
    LocalDate From,
    int Days,
    LocalDateTime Earliest,
    StructureId? Structure = null,
    PlaceId? Place = null,
    AdvisorId? Advisor = null)
{
    public LocalDate LastDay => From.PlusDays(Days - 1);

    public bool Concerns(Advisor advisor) =>
        (Advisor is null || Advisor == advisor.Id) && (Structure is null || Structure == advisor.StructureId) && advisor.Teaches(Topic);
}

/// <summary>Adds up the free slots of many advisors over a window of days, in memory.</summary>
public sealed class SlotFinder(TerritoryDirectory directory, IEnumerable<AgendaMonth> months, Instant now)
{
    private readonly Dictionary<(AdvisorId, YearMonth), AgendaMonth> months = months.ToDictionary(month => (month.AdvisorId, month.Month));

    /// <summary>The slots of the window by time; those of one instant in no particular order of places.</summary>
    public List<Slot> Find(SlotQuery query)
    {
        var slots = new List<Slot>();
        var advisors = directory.Advisors.Values.Where(query.Concerns).Select(advisor => directory.Rules.Of(advisor.Id)).ToArray();
        var tally = new Tally();
        for (var offset = 0; offset < query.Days; offset++)
        {
            FindDay(query, query.From.PlusDays(offset), advisors, tally, slots);
        }

        return slots;
    }

    private void FindDay(SlotQuery query, LocalDate date, AdvisorRules[] advisors, Tally tally, List<Slot> slots)
    {
        if (date < query.Earliest.Date)
        {
            return;
        }

        var lateEnough = DayGrid.Range(date == query.Earliest.Date ? CellAtOrAfter(query.Earliest.TimeOfDay) : 0, DayGrid.Cells);

        var cellCount = query.Minutes / DayGrid.MinutesPerCell;
        foreach (var rules in advisors)
        {
            if (date >= rules.Advisor.LeavesOn)
            {
                continue;
            }

            var bookable = directory.Rules.Bookable(date, rules.Structure) & lateEnough;
            if (bookable.IsEmpty)
            {
                continue;
            }

            DayGrid? busy = null;
            foreach (var period in rules.On(date.DayOfWeek))
            {
                if ((query.Place is { } place && period.PlaceId != place) || !period.Allows(query.Topic) || !period.Hours.HoldsOn(date))
                {
                    continue;
                }

                busy ??= Busy(rules.Advisor.Id, date);
                tally.Add(period.PlaceId, rules.Advisor.StructureId, FreeSlots.Find(period, bookable, busy.Value, cellCount));
            }
        }

        tally.Drain(date, query.Minutes, slots);
    }

    private DayGrid Busy(AdvisorId advisor, LocalDate date)
    {
        if (!months.TryGetValue((advisor, date.ToYearMonth()), out var month))
        {
            return default;
        }

        var day = month.Day(date);
        return day.IsFull ? DayGrid.Range(0, DayGrid.Cells) : day.Busy(now);
    }

    private static int CellAtOrAfter(LocalTime time) =>
        DayGrid.IsOnGrid(time) ? DayGrid.CellOf(time) : DayGrid.CellOf(time) + 1;

    /// <summary>Counts, for one day, how many advisors are free at each place and cell. Reused from day to day.</summary>
    private sealed class Tally
    {
        private readonly List<PlaceTally> places = [];
        private int used;

        public void Add(PlaceId place, StructureId structure, DayGrid starts)
        {
            if (starts.IsEmpty)
            {
                return;
            }

            var target = Of(place, structure);
            target.Any |= starts;
            for (var cell = starts.Next(0); cell >= 0; cell = starts.Next(cell + 1))
            {
                target.Free[cell]++;
            }
        }

        public void Drain(LocalDate date, int minutes, List<Slot> slots)
        {
            var any = default(DayGrid);
            for (var i = 0; i < used; i++)
            {
                any |= places[i].Any;
            }

            for (var cell = any.Next(0); cell >= 0; cell = any.Next(cell + 1))
            {
                for (var i = 0; i < used; i++)
                {
                    var place = places[i];
                    if (place.Any.Contains(cell))
                    {
                        slots.Add(new Slot(date.At(DayGrid.TimeOf(cell)), minutes, place.Structure, place.Place, place.Free[cell]));
                    }
                }
            }

            used = 0;
        }

        private PlaceTally Of(PlaceId place, StructureId structure)
        {
            for (var i = 0; i < used; i++)
            {
                if (places[i].Place == place && places[i].Structure == structure)
                {
                    return places[i];
                }
            }

            if (used == places.Count)
            {
                places.Add(new PlaceTally());
            }

            var fresh = places[used++];
            fresh.Place = place;
            fresh.Structure = structure;
            fresh.Any = default;
            Array.Clear(fresh.Free);
            return fresh;
        }
    }

    private sealed class PlaceTally
    {
        public PlaceId Place { get; set; }

        public StructureId Structure { get; set; }

        public DayGrid Any { get; set; }

        public ushort[] Free { get; } = new ushort[DayGrid.Cells];
    }
}
