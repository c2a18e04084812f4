using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Agenda;

/// <summary>
/// The week of a conseiller numérique: Monday at the library with an hour for lunch, Tuesday at the town hall, Wednesday for small
/// businesses only, every other Thursday somewhere else, Friday mornings until the end of the year.
/// </summary>
public sealed class RealWeekTests(TableStorage storage) : ProductTest(storage)
{
    private static readonly PlaceId Library = Directories.Place;
    private static readonly PlaceId TownHall = new("mairie");
    private static readonly PlaceId Village = new("village");

    private static readonly OpeningHours[] Week =
    [
        new([1], new LocalTime(9, 0), new LocalTime(12, 0), Library),
        new([1], new LocalTime(13, 0), new LocalTime(17, 0), Library),
        new([2], new LocalTime(9, 0), new LocalTime(12, 30), TownHall),
        new([3], new LocalTime(9, 0), new LocalTime(12, 0), Library, Topics: ["entreprise-demarches"]),
        new([4], new LocalTime(14, 0), new LocalTime(17, 0), Village, EveryWeeks: 2, StartsOn: new LocalDate(2026, 11, 26)),
        new([5], new LocalTime(9, 0), new LocalTime(11, 0), Library, EndsOn: new LocalDate(2026, 12, 31)),
    ];

    [Fact]
    public async Task Monday_is_at_the_library_and_lunch_is_free_of_people()
    {
        var product = await StartWeekAsync();
        (await HoursAsync(product, "2026-11-23")).ShouldBe(["09:00 p1", "09:30 p1", "10:00 p1", "10:30 p1", "11:00 p1",
            "13:00 p1", "13:30 p1", "14:00 p1", "14:30 p1", "15:00 p1", "15:30 p1", "16:00 p1"]);
        (await product.TryBookAsync(new AnAppointment().At("2026-11-23T11:30"))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
    }

    [Fact]
    public async Task Tuesday_is_at_the_town_hall_and_an_hour_there_ends_by_half_past_twelve()
    {
        var product = await StartWeekAsync();
        (await HoursAsync(product, "2026-11-24")).ShouldBe(["09:00 mairie", "09:30 mairie", "10:00 mairie", "10:30 mairie", "11:00 mairie", "11:30 mairie"]);
        // The same hour at the library is not theirs to give.
        (await product.TryBookAsync(new AnAppointment().At("2026-11-24T09:00"))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
    }

    [Fact]
    public async Task Wednesday_is_for_small_businesses()
    {
        var product = await StartWeekAsync();
        (await HoursAsync(product, "2026-11-25")).ShouldBeEmpty();
        (await HoursAsync(product, "2026-11-25", topic: "entreprise-demarches")).Count.ShouldBe(5);
    }

    [Fact]
    public async Task Every_other_Thursday_is_in_the_village()
    {
        var product = await StartWeekAsync();
        (await HoursAsync(product, "2026-11-19")).ShouldBeEmpty(); // before it begins
        (await HoursAsync(product, "2026-11-26")).Count.ShouldBe(5);
        (await HoursAsync(product, "2026-12-03")).ShouldBeEmpty();
        (await HoursAsync(product, "2026-12-10")).Count.ShouldBe(5);
    }

    [Fact]
    public async Task Friday_mornings_end_with_the_year_and_Christmas_is_closed()
    {
        var product = await StartWeekAsync();
        (await HoursAsync(product, "2026-12-18")).Count.ShouldBe(3);
        (await HoursAsync(product, "2026-12-25")).ShouldBeEmpty(); // a public holiday
        (await HoursAsync(product, "2027-01-01")).ShouldBeEmpty();
        (await HoursAsync(product, "2027-01-08")).ShouldBeEmpty(); // past the end
    }

    [Fact]
    public async Task The_twenty_ninth_of_February_is_a_day_like_any_other()
    {
        var product = await StartWeekAsync(now: Instant.FromUtc(2028, 2, 14, 8, 0));
        var booked = await product.BookAsync(new AnAppointment().At("2028-02-28T09:00"));
        (await product.MoveAsync(booked, "2028-02-28T10:00")).Start.ShouldBe(Instant.FromUtc(2028, 2, 28, 9, 0));
        // 29 February 2028 is a Tuesday: the town hall.
        (await HoursAsync(product, "2028-02-29")).Count.ShouldBe(6);
        // Thirteen days on it is March, and the rhythm of the weeks is kept.
        (await HoursAsync(product, "2028-03-13")).Count.ShouldBe(12);
    }

    [Fact]
    public async Task A_move_over_the_date_line_of_a_month_and_a_year_keeps_one_place_in_the_agenda()
    {
        var product = await StartWeekAsync(now: Instant.FromUtc(2026, 12, 14, 8, 0));
        var booked = await product.BookAsync(new AnAppointment().At("2026-12-28T09:00"));
        await product.MoveAsync(booked, "2027-01-04T09:00");
        (await HoursAsync(product, "2026-12-28")).ShouldContain("09:00 p1");
        (await HoursAsync(product, "2027-01-04")).ShouldNotContain("09:00 p1");
    }

    private async Task<Product> StartWeekAsync(Instant? now = null)
    {
        var (world, product) = await StartAsync(now: now);
        await product.PutAsync(
            world.Territory,
            new Place(TownHall, Directories.Structure, "Mairie", "1 place de la Mairie", "69120", "Vaulx-en-Velin", "69256"),
            new Place(Village, Directories.Structure, "Salle des fêtes", "Le Bourg", "69440", "Mornant", "69141"));
        (await product.Get<ChangeOpeningHours>().ExecuteAsync(world.Territory, new AdvisorId("a1"), Week, TestContext.Current.CancellationToken))
            .Refusal.ShouldBeNull();
        return product;
    }

    private static async Task<List<string>> HoursAsync(Product product, string day, string topic = "premiers-pas")
    {
        var date = NodaTime.Text.LocalDatePattern.Iso.Parse(day).Value;
        var found = await product.Get<SearchSlots>().ExecuteAsync(
            new SlotSearch(Rdv.Territories.Territory.Parse("69"), topic, date, 1), TestContext.Current.CancellationToken);
        return [.. found.Value.Slots.Select(slot => $"{slot.Start.TimeOfDay:HH:mm} {slot.PlaceId}")];
    }
}
