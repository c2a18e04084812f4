using NodaTime;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Agenda;

public sealed class HoursChangeTests(TableStorage storage) : ProductTest(storage)
{
    private static readonly AdvisorId Advisor = new("a1");

    [Fact]
    public async Task Another_instance_that_still_knows_the_old_hours_cannot_book_into_them()
    {
        var (world, product) = await StartAsync();
        var other = world.Start();
        await other.SearchAsync(new LocalDate(2026, 11, 24));

        var changed = (await ChangeAsync(world, product, Hours(14, 17))).Value;
        changed.Version.ShouldBe(2);
        (await other.TryBookAsync(new AnAppointment().At("2026-11-24T09:00"))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        await other.BookAsync(new AnAppointment().At("2026-11-24T14:00"));
    }

    [Fact]
    public async Task Nor_can_it_hold_into_them_and_it_holds_in_the_new_ones()
    {
        var (world, product) = await StartAsync(fromHour: 8, toHour: 12);
        var other = world.Start();
        await other.SearchAsync(new LocalDate(2026, 11, 24));

        await ChangeAsync(world, product, Hours(14, 17));
        (await other.TryHoldAsync("2026-11-24T09:00")).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        await other.SearchAsync(new LocalDate(2026, 11, 24));
        await ChangeAsync(world, product, Hours(9, 12));
        await other.HoldAsync("2026-11-24T09:00");
    }

    [Fact]
    public async Task A_slot_that_a_colleagues_new_hours_offer_is_not_refused_by_an_instance_that_does_not_know_them_yet()
    {
        var (world, product) = await StartAsync(advisors: 2, fromHour: 8, toHour: 12);
        var other = world.Start();
        (await product.Get<ChangeOpeningHours>().ExecuteAsync(world.Territory, new AdvisorId("a2"), [Hours(14, 17)], default))
            .Refusal.ShouldBeNull();
        var early = await other.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        await other.BookAsync(new AnAppointment().At("2026-11-24T11:00"));

        (await product.Get<ChangeOpeningHours>().ExecuteAsync(world.Territory, new AdvisorId("a2"), [Hours(10, 17)], default))
            .Refusal.ShouldBeNull();
        (await other.MoveAsync(early, "2026-11-24T11:00")).AdvisorId.Value.ShouldBe("a2");

        (await product.Get<ChangeOpeningHours>().ExecuteAsync(world.Territory, new AdvisorId("a2"), [Hours(14, 17)], default))
            .Refusal.ShouldBeNull();
        await other.BookAsync(new AnAppointment().At("2026-11-24T08:00").With("a1"));
        (await other.TryBookAsync(new AnAppointment().At("2026-11-24T08:00"))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        (await product.Get<ChangeOpeningHours>().ExecuteAsync(world.Territory, new AdvisorId("a2"), [Hours(8, 11)], default))
            .Refusal.ShouldBeNull();
        (await other.BookAsync(new AnAppointment().At("2026-11-24T08:00"))).AdvisorId.Value.ShouldBe("a2");
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task Hours_that_are_written_are_answered_even_when_storage_goes_away_at_once()
    {
        var (world, product) = await StartAsync();
        await product.SearchAsync(new LocalDate(2026, 11, 24));
        var written = false;
        product.Storage.Fault = request =>
        {
            written |= request.IsTransaction;
            return written && !request.IsTransaction ? StorageFault.NotReached : StorageFault.None;
        };
        (await ChangeAsync(world, product, Hours(14, 17))).Value.Version.ShouldBe(2);
        product.Storage.Mend();
        (await product.SearchAsync(new LocalDate(2026, 11, 24), 1)).Slots[0].Start.ShouldBe(new LocalDateTime(2026, 11, 24, 14, 0));
    }

    [Fact]
    public async Task Appointments_outside_the_new_hours_are_listed_and_stay()
    {
        var (world, product) = await StartAsync();
        var outside = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        var inside = await product.BookAsync(new AnAppointment().At("2026-12-08T14:00"));
        (await ChangeAsync(world, product, Hours(14, 17))).Value.Outside.ShouldBe([outside.Reference]);
        (await product.Get<IAppointmentStore>().ReadAsync(outside.Reference, default))!.Value.Status.ShouldBe(AppointmentStatus.Booked);
        (await ChangeAsync(world, product, Hours(8, 10))).Value.Outside.ShouldBe([inside.Reference]);
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task The_same_hours_again_change_nothing()
    {
        var (world, product) = await StartAsync();
        (await ChangeAsync(world, product, Hours(14, 17))).Value.Version.ShouldBe(2);
        (await ChangeAsync(world, product, Hours(14, 17))).Value.Version.ShouldBe(2);
    }

    [Fact]
    public async Task Hours_that_overlap_or_name_a_place_that_is_not_there_are_refused()
    {
        var (world, product) = await StartAsync();
        (await ChangeAsync(world, product, Hours(9, 12), Hours(11, 14))).Refusal.ShouldBeOfType<Refusal.Overlap>();
        (await ChangeAsync(world, product, Hours(9, 12) with { PlaceId = new PlaceId("nowhere") })).Refusal.ShouldBeOfType<Refusal.Invalid>()
            .Errors.ByField.Keys.ShouldBe(["[0].placeId"]);
    }

    [Fact]
    public async Task Every_other_week_keeps_its_rhythm_over_a_new_year()
    {
        var (world, product) = await StartAsync(now: Instant.FromUtc(2026, 12, 14, 8, 0));
        await ChangeAsync(world, product, Hours(9, 12) with { Days = [4], EveryWeeks = 2, StartsOn = new LocalDate(2026, 12, 17) });

        // 2026 has 53 ISO weeks: by week numbers, an even and an odd one would follow each other.
        (await product.SearchAsync(new LocalDate(2026, 12, 14), 42)).Slots.Select(slot => slot.Start.Date).Distinct().ShouldBe(
            [new LocalDate(2026, 12, 17), new LocalDate(2026, 12, 31), new LocalDate(2027, 1, 14)]);
    }

    [Fact]
    public async Task A_public_holiday_is_closed_until_the_structure_says_that_it_works()
    {
        var (world, product) = await StartAsync(now: Instant.FromUtc(2026, 12, 14, 8, 0));
        var christmas = new LocalDate(2026, 12, 25);
        (await product.SearchAsync(christmas, 1)).Slots.ShouldBeEmpty();
        (await product.TryBookAsync(new AnAppointment().At("2026-12-25T09:00"))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();

        var holidays = product.Get<ChangeHoliday>();
        (await holidays.ExecuteAsync(world.Territory, Directories.Structure, christmas, open: true, default)).Refusal.ShouldBeNull();
        await product.BookAsync(new AnAppointment().At("2026-12-25T09:00"));
        (await holidays.ExecuteAsync(world.Territory, Directories.Structure, new LocalDate(2026, 12, 24), open: true, default)).Refusal.ShouldBeOfType<Refusal.Invalid>();
        (await holidays.ExecuteAsync(world.Territory, Directories.Structure, christmas, open: false, default)).Refusal.ShouldBeNull();
        (await product.SearchAsync(christmas, 1)).Slots.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(ChangeHoliday.AdvisorsAtOnce + 2)]
    public async Task A_holiday_that_is_closed_again_is_not_booked_by_another_instance_that_still_offers_it(int advisors)
    {
        var (world, product) = await StartAsync(advisors, now: Instant.FromUtc(2026, 12, 14, 8, 0));
        var other = world.Start();
        var christmas = new LocalDate(2026, 12, 25);
        var holidays = product.Get<ChangeHoliday>();
        await holidays.ExecuteAsync(world.Territory, Directories.Structure, christmas, open: true, default);
        (await other.SearchAsync(christmas, 1)).Slots.ShouldNotBeEmpty();

        (await holidays.ExecuteAsync(world.Territory, Directories.Structure, christmas, open: false, default)).Value.IsOpen.ShouldBeFalse();
        (await other.TryBookAsync(new AnAppointment().At("2026-12-25T09:00").With("a1"))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        (await other.TryHoldAsync("2026-12-25T10:00", "a1")).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        (await other.TryPlanWorkshopAsync("2026-12-25T14:00")).Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ByField.Keys.ShouldBe(["start"]);
    }

    [Fact]
    public async Task The_last_advisor_of_a_large_structure_is_not_booked_either()
    {
        var (world, product) = await StartAsync(ChangeHoliday.AdvisorsAtOnce + 2, now: Instant.FromUtc(2026, 12, 14, 8, 0));
        var other = world.Start();
        var christmas = new LocalDate(2026, 12, 25);
        var holidays = product.Get<ChangeHoliday>();
        await holidays.ExecuteAsync(world.Territory, Directories.Structure, christmas, open: true, default);
        await other.SearchAsync(christmas, 1);
        await holidays.ExecuteAsync(world.Territory, Directories.Structure, christmas, open: false, default);

        // In the order of their ids, those of the second transaction.
        var last = Enumerable.Range(1, ChangeHoliday.AdvisorsAtOnce + 2).Select(number => $"a{number}").Order(StringComparer.Ordinal).Last();
        (await other.TryBookAsync(new AnAppointment().At("2026-12-25T09:00").With(last))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
    }

    [Fact]
    public async Task A_leave_is_known_to_another_instance_that_plans_a_workshop()
    {
        var (world, product) = await StartAsync();
        var other = world.Start();
        await other.SearchAsync(new LocalDate(2026, 11, 24), 1);
        await product.Get<PlanLeave>().ExecuteAsync(world.Territory, Advisor, new LocalDate(2026, 11, 20), default);
        (await other.TryPlanWorkshopAsync("2026-11-24T14:00")).Refusal.ShouldBeOfType<Refusal.Invalid>();
    }

    [Fact]
    public async Task Hours_rise_above_what_the_agenda_knows_though_their_row_has_fallen_behind()
    {
        var (world, product) = await StartAsync();
        var other = world.Start();
        await ChangeAsync(world, product, Hours(9, 12));
        await ChangeAsync(world, product, Hours(14, 17));
        var row = (await product.Directory.FindAdvisorAsync(world.Territory, Advisor, default))!.Value;
        await product.PutAsync(world.Territory, row with { HoursVersion = 1 });

        (await ChangeAsync(world, product, Hours(9, 12))).Value.Version.ShouldBe(4);
        await other.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
    }

    [Fact]
    public async Task An_advisor_who_leaves_has_no_slot_from_that_day_and_what_is_booked_after_is_listed()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        var after = await product.BookAsync(new AnAppointment().At("2026-12-02T09:00"));
        (await product.Get<PlanLeave>().ExecuteAsync(world.Territory, Advisor, new LocalDate(2026, 12, 1), default))
            .Value.After.ShouldBe([after.Reference]);
        var found = await product.SearchAsync(new LocalDate(2026, 11, 30), 14);
        found.Slots.Select(slot => slot.Start.Date).Distinct().ShouldBe([new LocalDate(2026, 11, 30)]);
        found.NextAvailable.ShouldBeNull();
    }

    private static OpeningHours Hours(int from, int to) =>
        new([1, 2, 3, 4, 5], new LocalTime(from, 0), new LocalTime(to, 0), Directories.Place);

    private static Task<Result<HoursChanged>> ChangeAsync(World world, Product product, params OpeningHours[] hours) =>
        product.Get<ChangeOpeningHours>().ExecuteAsync(world.Territory, Advisor, hours, TestContext.Current.CancellationToken);
}
