using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Benchmarks.Samples;

/// <summary>
/// A territory whose advisors receive on weekdays from 9 to 12 and from 14 to 17, five to a place, and whose months are half booked:
/// three of the six hours of each day.
/// </summary>
internal sealed class SampleTerritory
{
    public const string Topic = "smartphone";
    public const int AdvisorsPerPlace = 5;
    private const int CellsPerHour = 60 / DayGrid.MinutesPerCell;

    private static readonly int[] Hours = [9, 10, 11, 14, 15, 16];
    private static readonly string[] AdvisorTopics = ["premiers-pas", "internet", "courriels", Topic, "demarches", "paiement", "donnees"];
    private readonly LocalDate _today;

    /// <param name="today">When it is another day for the product than <see cref="FixedTime.Today"/>.</param>
    public SampleTerritory(string code, int advisors, LocalDate? today = null)
    {
        _today = today ?? FixedTime.Today;
        Territory = Territory.Parse(code);
        Places = [.. Enumerable.Range(0, ((advisors - 1) / AdvisorsPerPlace) + 1).Select(ToPlace)];
        Structures = [.. Places.Select((place, index) => new Structure(place.StructureId, $"Médiathèque numéro {index + 1}"))];
        Advisors = [.. Enumerable.Range(0, advisors).Select(ToAdvisor)];
        BookableDays = [.. Days(_today.PlusDays(1), LastDay)];
    }

    public Territory Territory { get; }

    public IReadOnlyList<Structure> Structures { get; }

    public IReadOnlyList<Place> Places { get; }

    public IReadOnlyList<Advisor> Advisors { get; }

    public IReadOnlyList<LocalDate> BookableDays { get; }

    public TerritoryDirectory ToDirectory() => new(Territory, Structures, Places, Advisors);

    /// <summary>The <paramref name="number"/>-th hour that an advisor has free, on another day each time as long as there are days.</summary>
    public Instant FreeStart(int advisor, int number)
    {
        var date = BookableDays[(advisor + number) % BookableDays.Count];
        var free = Hours.Where((_, index) => !IsBooked(advisor, date, index)).ElementAt(number / BookableDays.Count);
        return ToInstant(date, free);
    }

    /// <summary>The <paramref name="number"/>-th hour of a place; some of its advisors are free at each.</summary>
    public Instant AnyStart(int place, int number) =>
        ToInstant(BookableDays[(place + number) % BookableDays.Count], Hours[number / BookableDays.Count]);

    /// <summary>The months of every advisor from the current one to the end of the horizon, as the domain writes them.</summary>
    public IEnumerable<AgendaMonth> Months()
    {
        for (var month = _today.ToYearMonth(); month <= LastDay.ToYearMonth(); month = month.PlusMonths(1))
        {
            for (var advisor = 0; advisor < Advisors.Count; advisor++)
            {
                yield return new AgendaMonth(Advisors[advisor].Id, month, MonthOf(advisor, month), HoursVersion: 1);
            }
        }
    }

    private LocalDate LastDay => _today.PlusDays(42);

    private Dictionary<int, DayAgenda> MonthOf(int advisor, YearMonth month) =>
        Days(month.OnDayOfMonth(1), month.OnDayOfMonth(1).PlusMonths(1).PlusDays(-1)).ToDictionary(date => date.Day, date => DayOf(advisor, date));

    private DayAgenda DayOf(int advisor, LocalDate date) => new(
    [
        .. Hours.Where((_, index) => IsBooked(advisor, date, index)).Select(hour => new AgendaEntry(
            EntryKind.Appointment,
            hour * CellsPerHour,
            CellsPerHour,
            $"{(date.DayOfYear * 10_000) + (advisor * 24) + hour:D8}",
            AdvisorTopics[(advisor + hour) % AdvisorTopics.Length],
            PlaceOf(advisor).Id,
            Version: 1)),
    ]);

    // Neighbours have opposite hours, so that a place is never all taken.
    private static bool IsBooked(int advisor, LocalDate date, int index) => (advisor + date.Day + index) % 2 == 0;

    private Place PlaceOf(int advisor) => Places[advisor / AdvisorsPerPlace];

    private Instant ToInstant(LocalDate date, int hour) => Territory.Zone.AtStrictly(date.At(new LocalTime(hour, 0))).ToInstant();

    private IEnumerable<LocalDate> Days(LocalDate from, LocalDate to)
    {
        for (var date = from; date <= to; date = date.PlusDays(1))
        {
            if (date.DayOfWeek <= IsoDayOfWeek.Friday && !PublicHolidays.Contains(Territory, date))
            {
                yield return date;
            }
        }
    }

    private static Place ToPlace(int index) => new(
        new PlaceId($"mediatheque-{index:D3}"), new StructureId($"commune-{index:D3}"), $"Médiathèque numéro {index + 1}",
        "12 rue de la République", "69000", "Lyon", $"{69001 + index}", 45.75 + (index * 0.01), 4.85);

    private Advisor ToAdvisor(int index) => new(
        new AdvisorId($"conseiller-{index:D3}"),
        PlaceOf(index).StructureId,
        $"Camille {index}",
        $"camille{index}@conseillers.example",
        null,
        AdvisorTopics,
        [
            new OpeningHours([1, 2, 3, 4, 5], new LocalTime(9, 0), new LocalTime(12, 0), PlaceOf(index).Id),
            new OpeningHours([1, 2, 3, 4, 5], new LocalTime(14, 0), new LocalTime(17, 0), PlaceOf(index).Id),
        ]);
}
