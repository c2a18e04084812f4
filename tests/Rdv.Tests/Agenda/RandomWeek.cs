using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Tests.Agenda;

/// <summary>A week of an advisor between some places, drawn from a seed: whatever an advisor, a structure and a citizen may have done.</summary>
internal sealed class RandomWeek
{
    public static readonly LocalDate Monday = new(2026, 11, 9);

    // In November: with a holiday in the middle of the week, and a clock that does not change.
    public static readonly Territory Territory = Territory.Parse("69");

    /// <summary>Communes in which people live: with places, with some in the same group, and far away.</summary>
    public static readonly string[] Homes = ["69383", "69029", "69381", "69256", "13055"];

    private readonly Random _random;

    public RandomWeek(int seed)
    {
        _random = new Random(seed);
        var places = Enumerable.Range(1, _random.Next(1, 5)).Select(Place).ToArray();
        var structure = new Structure(new StructureId("s1"), "Structure", SlotStepMinutes: Of(15, 30, 30, 45, 60),
            WorkedHolidays: _random.Next(3) == 0 ? [Monday.PlusDays(2)] : null, PhoneShare: Of(0, 0, 25, 50, 100));
        var advisor = new Advisor(
            new AdvisorId("a1"),
            structure.Id,
            "Aline Exemple",
            null,
            null,
            _random.Next(3) == 0 ? ["premiers-pas", "courriels"] : [],
            [.. Enumerable.Range(1, 6).SelectMany(day => Hours(day, places))],
            LeavesOn: _random.Next(10) == 0 ? Monday.PlusDays(_random.Next(7)) : null,
            Rules: _random.Next(4) == 0 ? null : new BookingRules(
                Of(0, 0, 5, 10, 15, 30, 120),
                _random.Next(2) == 0 ? null : _random.Next(1, 8),
                _random.Next(2) == 0 || places.Length < 2 ? null : [new Travel(places[0].Id, places[1].Id, Of(0, 5, 20, 90))])
            {
                HomeKilometres = Of(0, 5, 20, 50),
                VideoLink = Of<string?>(null, "https://visio.example.fr/aline"),
            });
        Directory = new TerritoryDirectory(Territory, [structure], places, [advisor]);
        Now = Monday.PlusDays(_random.Next(-3, 6)).At(new LocalTime(_random.Next(24), _random.Next(60))).InZoneLeniently(Territory.Zone).ToInstant();
        for (var day = 0; day < 7; day++)
        {
            foreach (var entry in Others(places))
            {
                Add(Monday.PlusDays(day), entry);
            }
        }
    }

    public TerritoryDirectory Directory { get; }

    public Instant Now { get; }

    public Advisor Advisor => Directory.Advisors.Values.Single();

    public AgendaMonth Month { get; private set; } = AgendaMonth.Missing(new AdvisorId("a1"), Monday.ToYearMonth());

    /// <summary>Whether the advisor has said that they go so far.</summary>
    public bool Reaches(PlaceId place, string home) => Advisor.Rules?.HomeKilometres is > 0 and var most
        && (Nearness.From(home, Directory).KilometresTo(place) ?? (Directory.Places[place].Insee == home ? 0 : double.MaxValue)) <= most;

    public int Next(int below) => _random.Next(below);

    public T Of<T>(params T[] values) => values[_random.Next(values.Length)];

    public void Add(LocalDate date, AgendaEntry entry) => Month = new AgendaMonth(
        Month.AdvisorId, Month.Month, new Dictionary<int, DayAgenda>(Month.Days) { [date.Day] = Month.Day(date).With(entry, Instant.MinValue) }, 1);

    // Around Lyon, within some thirty kilometres; some next door to each other, some nowhere that is known.
    private Place Place(int number) => new(
        new PlaceId($"p{number}"), new StructureId("s1"), $"Lieu {number}", null, "69003", "Lyon", Of("69383", "69029", "69381"),
        _random.Next(4) == 0 ? null : 45.75 + (Of(0.001, 0.05, 0.2) * _random.NextDouble()),
        4.85 + (0.2 * _random.NextDouble()));

    private IEnumerable<OpeningHours> Hours(int day, Place[] places)
    {
        // At another place after the hour, at noon or at once: nothing in the opening hours leaves time for the way.
        var cell = Of(8 * 12, 9 * 12, (9 * 12) + 3);
        while (cell < 19 * 12 && _random.Next(4) > 0)
        {
            var to = Math.Min(20 * 12, cell + (12 * _random.Next(1, 5)));
            yield return new OpeningHours([day], DayGrid.TimeOf(cell), DayGrid.TimeOf(to), Of(places).Id, _random.Next(4) == 0 ? ["courriels"] : null, Means: Ways());
            cell = to + Of(0, 0, 6, 12);
        }
    }

    // Mostly at the place; some of the rest needs what the advisor may not have.
    private Means[]? Ways() => Of<Means[]?>(null, null, null, [Means.Place, Means.Home], [Means.Place, Means.Home], [Means.Home], [Means.Video], [Means.Phone, Means.Video]);

    // What is there already, whether it could have been booked or not: an advisor's own workshop, what older hours have left behind.
    private IEnumerable<AgendaEntry> Others(Place[] places)
    {
        for (var i = 0; _random.Next(3) == 0; i++)
        {
            var kind = Of(EntryKind.Appointment, EntryKind.Workshop, EntryKind.Absence, EntryKind.Calendar, EntryKind.Hold);
            yield return new AgendaEntry(
                kind, _random.Next(7 * 12, 20 * 12), Of(6, 12, 24), $"{kind}{_random.Next()}", "courriels",
                kind is EntryKind.Absence or EntryKind.Calendar || _random.Next(20) == 0 ? null : Of(places).Id,
                Expires: kind == EntryKind.Hold ? Now + Duration.FromMinutes(_random.Next(-30, 200)) : null)
            {
                Home = kind is EntryKind.Appointment or EntryKind.Hold && _random.Next(4) == 0 ? Of(Homes) : null,
            };
        }
    }
}
