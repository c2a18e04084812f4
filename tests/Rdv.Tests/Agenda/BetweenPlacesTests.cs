using NodaTime;
using Rdv.Absences;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Agenda;

/// <summary>Aline receives in Lyon until noon, and in Villefranche, an hour's way off, from noon on.</summary>
public sealed class BetweenPlacesTests(TableStorage storage) : ProductTest(storage)
{
    private const string Far = "villefranche";

    private static readonly AdvisorId Aline = new("a1");

    [Fact]
    public async Task After_the_last_of_the_morning_the_afternoon_begins_when_she_can_be_there()
    {
        var (world, product) = await RovingAsync();
        (await FirstAtAsync(world, product, Far)).ShouldBe(new LocalTime(12, 0));
        await product.BookAsync(new AnAppointment().At("2026-11-24T11:00"));
        (await FirstAtAsync(world, product, Far)).ShouldBe(new LocalTime(13, 0));

        (await product.TryBookAsync(new AnAppointment().At("2026-11-24T12:30").AtPlace(Far))).Refusal.ShouldBeOfType<Refusal.SlotTaken>()
            .Alternatives.ShouldNotContain(slot => slot.PlaceId == new PlaceId(Far) && slot.Start.Date == new LocalDate(2026, 11, 24) && slot.Start.Hour < 13);
        (await product.TryHoldAsync("2026-11-24T12:00", place: Far)).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        await product.BookAsync(new AnAppointment().At("2026-11-24T13:00").AtPlace(Far));
    }

    [Fact]
    public async Task What_is_booked_in_the_afternoon_closes_the_end_of_the_morning()
    {
        var (_, product) = await RovingAsync();
        await product.BookAsync(new AnAppointment().At("2026-11-24T12:00").AtPlace(Far));
        (await product.TryBookAsync(new AnAppointment().At("2026-11-24T10:30"))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        await product.BookAsync(new AnAppointment().At("2026-11-24T10:00"));
    }

    [Fact]
    public async Task The_time_that_she_says_counts_and_not_the_distance()
    {
        var (world, product) = await RovingAsync();
        await product.BookAsync(new AnAppointment().At("2026-11-24T11:00"));
        await SetAsync(world, product, new BookingRules(Travels: [new Travel(new PlaceId(Far), Directories.Place, 30)]));
        await product.BookAsync(new AnAppointment().At("2026-11-24T12:30").AtPlace(Far));
    }

    [Fact]
    public async Task A_hold_of_someone_who_fills_in_a_form_counts_and_ones_own_does_not()
    {
        var (_, product) = await RovingAsync();
        var hold = await product.HoldAsync("2026-11-24T11:00");
        (await product.TryBookAsync(new AnAppointment().At("2026-11-24T12:00").AtPlace(Far))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        await product.BookAsync(new AnAppointment().At("2026-11-24T11:00").Keeping(hold));
    }

    [Fact]
    public async Task A_workshop_counts_and_is_not_planned_where_she_cannot_be_in_time()
    {
        var (_, product) = await RovingAsync();
        await product.PlanWorkshopAsync("2026-11-24T10:00");
        (await product.TryBookAsync(new AnAppointment().At("2026-11-24T12:30").AtPlace(Far))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        await product.BookAsync(new AnAppointment().At("2026-11-25T12:00").AtPlace(Far));
        (await product.TryPlanWorkshopAsync("2026-11-25T09:30")).Refusal.ShouldBeOfType<Refusal.Overlap>();
        (await product.TryPlanWorkshopAsync("2026-11-25T09:00")).Refusal.ShouldBeNull();
        (await product.TryMoveAsync((await product.PlanWorkshopAsync("2026-11-26T09:00")), "2026-11-25T13:30")).Refusal.ShouldBeOfType<Refusal.Overlap>();
    }

    [Fact]
    public async Task A_move_is_held_against_what_is_around_its_new_hour_and_not_against_itself()
    {
        var (_, product) = await RovingAsync();
        var morning = await product.BookAsync(new AnAppointment().At("2026-11-24T11:00"));
        await product.BookAsync(new AnAppointment().At("2026-11-24T13:00").AtPlace(Far));
        var other = await product.BookAsync(new AnAppointment().At("2026-11-25T09:00"));
        (await product.TryMoveAsync(other, "2026-11-24T12:00", place: Far)).Refusal.ShouldBeOfType<Refusal.SlotTaken>();

        // Its own old hour is given back: from Lyon at eleven to Villefranche at noon.
        (await product.TryMoveAsync(morning, "2026-11-24T12:00", place: Far)).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task A_colleague_to_whom_an_absence_hands_over_can_be_there()
    {
        var (world, product) = await RovingAsync(advisors: 2);
        var inside = await product.BookAsync(new AnAppointment().At("2026-11-24T11:00").With("a1"));
        await product.BookAsync(new AnAppointment().At("2026-11-24T12:00").AtPlace(Far).With("a2"));
        var absence = (await product.Get<AddAbsence>().ExecuteAsync(
            new AbsenceRequest(
                world.Territory, Aline, null, new LocalDateTime(2026, 11, 24, 0, 0), new LocalDateTime(2026, 11, 25, 0, 0), null, InsideMode.Reassign,
                RequestIdentity.Of("absence", null, "")),
            TestContext.Current.CancellationToken)).Value;

        // Bruno cannot: he would have to be in Villefranche at noon.
        (absence.Absence.Reassigned.Count, absence.Absence.Cancelled.Count).ShouldBe((0, 1));
        (await product.Get<IAppointmentStore>().ReadAsync(inside.Reference, default))!.Value.Status.ShouldBe(AppointmentStatus.Cancelled);
    }

    [Fact]
    public async Task Of_two_who_book_both_ends_of_the_way_at_once_one_has_it()
    {
        var (world, product) = await RovingAsync();
        var other = world.Start();
        foreach (var day in Enumerable.Range(17, 12))
        {
            var date = $"2026-11-{day}";
            var results = await Task.WhenAll(
                product.TryBookAsync(new AnAppointment().At(date + "T11:00")),
                other.TryBookAsync(new AnAppointment().At(date + "T12:00").AtPlace(Far)),
                product.TryHoldAsync(date + "T12:30", place: Far).ContinueWith(held => held.Result.Map(_ => (Booked)null!), TaskScheduler.Default));
            results.Count(result => result.Refusal is null).ShouldBe(1, date);
        }

        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task A_pause_keeps_appointments_apart_and_the_next_fits_where_it_ends()
    {
        var (world, product) = await RovingAsync();
        await SetAsync(world, product, new BookingRules(PauseMinutes: 15));
        await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        (await product.TryBookAsync(new AnAppointment().At("2026-11-24T10:00"))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        (await product.TryBookAsync(new AnAppointment().At("2026-11-24T08:00"))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();

        // An advisor who books a follow-up is a person too.
        (await product.TryBookAsync(new AnAppointment().At("2026-11-24T10:00").BookedBy(Rdv.People.Actor.Advisor))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        await product.BookAsync(new AnAppointment().At("2026-11-24T10:30"));
    }

    [Fact]
    public async Task A_full_day_takes_no_more_until_one_is_cancelled()
    {
        var (world, product) = await RovingAsync();
        await SetAsync(world, product, new BookingRules(AppointmentsPerDay: 2));
        await product.BookAsync(new AnAppointment().At("2026-11-24T08:00"));
        var second = await product.BookAsync(new AnAppointment().At("2026-11-24T10:00"));
        (await product.TryBookAsync(new AnAppointment().At("2026-11-24T11:00").BookedBy(Rdv.People.Actor.Hotline))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        (await product.SearchAsync(new LocalDate(2026, 11, 24), 1)).Slots.ShouldBeEmpty();

        // To move within the day takes no place more.
        second = await product.MoveAsync(second, "2026-11-24T11:00");
        await product.CancelAsync(second);
        await product.BookAsync(new AnAppointment().At("2026-11-24T11:00"));
    }

    [Fact]
    public async Task Another_instance_that_still_knows_the_old_rules_cannot_book_by_them()
    {
        var (world, product) = await RovingAsync();
        var other = world.Start();
        await other.SearchAsync(new LocalDate(2026, 11, 24));
        await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        await SetAsync(world, product, new BookingRules(PauseMinutes: 30, AppointmentsPerDay: 2));
        (await other.TryBookAsync(new AnAppointment().At("2026-11-24T10:00").With("a1"))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        (await other.TryHoldAsync("2026-11-24T08:00")).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        await other.BookAsync(new AnAppointment().At("2026-11-24T10:30"));
        (await other.TryBookAsync(new AnAppointment().At("2026-11-24T14:00").AtPlace(Far))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
    }

    [Fact]
    public async Task What_is_booked_too_near_for_the_new_rules_is_listed_and_stays()
    {
        var (world, product) = await RovingAsync();
        var first = await product.BookAsync(new AnAppointment().At("2026-11-24T08:00"));
        var second = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        await product.BookAsync(new AnAppointment().At("2026-11-24T11:00"));
        var rules = new BookingRules(PauseMinutes: 60);
        var change = product.Get<ChangeBookingRules>();
        (await change.ExecuteAsync(world.Territory, Aline, rules, default, new AdvisorChange(DryRun: true))).Value.ShouldSatisfyAllConditions(
            told => told.Version.ShouldBe(1), told => told.Outside.ShouldBe([first.Reference, second.Reference]));
        (await change.ExecuteAsync(world.Territory, Aline, rules, default, new AdvisorChange(Version: 7))).Refusal.ShouldBeOfType<Refusal.Stale>();
        (await change.ExecuteAsync(world.Territory, Aline, rules, default)).Value.Outside.Count.ShouldBe(2);
        (await change.ExecuteAsync(world.Territory, Aline, rules, default)).Value.Version.ShouldBe(2);
        (await product.Directory.FindAdvisorAsync(world.Territory, Aline, default))!.Value.Rules.ShouldBe(rules);
    }

    [Theory]
    [InlineData(7, null, "pauseMinutes")]
    [InlineData(125, null, "pauseMinutes")]
    [InlineData(-5, null, "pauseMinutes")]
    [InlineData(0, 0, "appointmentsPerDay")]
    [InlineData(0, 51, "appointmentsPerDay")]
    public async Task Rules_that_nobody_could_mean_are_refused(int pause, int? most, string field)
    {
        var (world, product) = await RovingAsync();
        (await product.Get<ChangeBookingRules>().ExecuteAsync(world.Territory, Aline, new BookingRules(pause, most), default))
            .Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ByField.Keys.ShouldBe([field]);
    }

    private static async Task SetAsync(World world, Product product, BookingRules rules) =>
        (await product.Get<ChangeBookingRules>().ExecuteAsync(world.Territory, Aline, rules, TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();

    private async Task<(World World, Product Product)> RovingAsync(int advisors = 1)
    {
        var (world, product) = await StartAsync(advisors);
        await product.PutAsync(
            world.Territory,
            [
                new Place(Directories.Place, Directories.Structure, "Médiathèque du Parc", "1 rue du Parc", "69003", "Lyon", "69383", 45.7600, 4.8600),
                new Place(new PlaceId(Far), Directories.Structure, "Mairie", null, "69400", "Villefranche-sur-Saône", "69264", 45.9890, 4.7180),
                .. Enumerable.Range(1, advisors).Select(number => new Advisor(
                    new AdvisorId($"a{number}"), Directories.Structure, $"Conseiller {number}", null, null, [],
                    [
                        new OpeningHours([1, 2, 3, 4, 5, 6, 7], new LocalTime(8, 0), new LocalTime(12, 0), Directories.Place),
                        new OpeningHours([1, 2, 3, 4, 5, 6, 7], new LocalTime(12, 0), new LocalTime(18, 0), new PlaceId(Far)),
                    ])),
            ]);
        await product.Get<ITerritoryDirectories>().ReloadAsync(world.Territory, TestContext.Current.CancellationToken);
        return (world, product);
    }

    private static async Task<LocalTime> FirstAtAsync(World world, Product product, string place) =>
        (await product.Get<SearchSlots>().ExecuteAsync(
            new SlotSearch(world.Territory, "premiers-pas", new LocalDate(2026, 11, 24), 1, Place: new PlaceId(place)), TestContext.Current.CancellationToken))
        .Value.Slots[0].Start.TimeOfDay;
}
