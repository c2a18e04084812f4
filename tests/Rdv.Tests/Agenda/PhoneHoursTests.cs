using NodaTime;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Load;
using Rdv.People;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Agenda;

/// <summary>The hours that a structure keeps for those who telephone.</summary>
public sealed class PhoneHoursTests(TableStorage storage) : ProductTest(storage)
{
    private static readonly LocalDate Tuesday = new(2026, 11, 24);

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(20)]
    [InlineData(33)]
    [InlineData(50)]
    [InlineData(90)]
    [InlineData(100)]
    public void The_share_is_kept_of_each_day_and_of_each_hour_of_the_day(int share)
    {
        foreach (var id in new[] { "a1", "aline-exemple", "conseiller-2" })
        {
            var rules = new AdvisorRules(
                new Advisor(new AdvisorId(id), new StructureId("s1"), "Aline", null, null, [],
                [
                    new OpeningHours([1, 2, 3, 4, 5], new LocalTime(9, 0), new LocalTime(12, 0), new PlaceId("p1")),
                    new OpeningHours([1, 2, 3, 4, 5], new LocalTime(14, 0), new LocalTime(17, 0), new PlaceId("p1")),
                ]),
                new Structure(new StructureId("s1"), "Structure", PhoneShare: share));
            var byHour = new int[24];
            var days = Enumerable.Range(0, 700).Select(new LocalDate(2026, 1, 5).PlusDays).Where(date => date.DayOfWeek <= IsoDayOfWeek.Friday).ToList();
            foreach (var date in days)
            {
                var kept = PhoneHours.Kept(rules, date);
                (kept.Count % 12).ShouldBe(0);
                Math.Abs((kept.Count / 12.0) - (6 * share / 100.0)).ShouldBeLessThan(1, $"{date}");
                for (var hour = 0; hour < 24; hour++)
                {
                    byHour[hour] += kept.Contains(hour * 12) ? 1 : 0;
                }
            }

            // Of the 500 mornings at nine, 20 % are kept as of those at four.
            foreach (var hour in new[] { 9, 10, 11, 14, 15, 16 })
            {
                Math.Abs(byHour[hour] - (days.Count * share / 100.0)).ShouldBeLessThan(10, $"{id} at {hour}");
            }

            byHour.Sum().ShouldBe(byHour[9] + byHour[10] + byHour[11] + byHour[14] + byHour[15] + byHour[16]);
        }
    }

    [Fact]
    public async Task What_is_kept_is_not_on_the_web_by_any_door_and_the_hotline_books_it()
    {
        var (world, product) = await KeepingAsync(50);
        var kept = await KeptAsync(world, product);
        var start = $"{kept:uuuu-MM-dd'T'HH:mm}";

        (await product.TryBookAsync(new AnAppointment().At(start))).Refusal.ShouldBeOfType<Refusal.SlotTaken>()
            .Alternatives.ShouldSatisfyAllConditions(others => others.ShouldNotBeEmpty(), others => others.ShouldAllBe(other => other.Start != kept));
        (await product.TryBookAsync(new AnAppointment().At(start).With("a1"))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        (await HoldAsync(world, product, kept, onWeb: true)).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        var open = (await product.SearchAsync(Tuesday)).Slots[0].Start;
        var booked = await product.BookAsync(new AnAppointment().At($"{open:uuuu-MM-dd'T'HH:mm}"));
        (await MoveByLinkAsync(world, product, booked, kept)).Refusal.ShouldBeOfType<Refusal.SlotTaken>();

        var hold = (await HoldAsync(world, product, kept, onWeb: false)).Value.Token;
        await product.BookAsync(new AnAppointment().At(start).BookedBy(Actor.Hotline).Keeping(hold));
        var another = await KeptAsync(world, product);
        (await product.TryMoveAsync(booked, $"{another:uuuu-MM-dd'T'HH:mm}")).Refusal.ShouldBeNull();
        (await product.TryBookAsync(new AnAppointment().At($"{await KeptAsync(world, product):uuuu-MM-dd'T'HH:mm}").BookedBy(Actor.Advisor))).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task Two_days_before_it_is_on_the_web()
    {
        var (world, product) = await KeepingAsync(100);
        world.GoTo("2026-11-22T10:00");
        var slots = (await product.SearchAsync(Tuesday, 1)).Slots;
        slots.Select(slot => slot.Start.TimeOfDay).ShouldBe([new(8, 0), new(8, 30), new(9, 0), new(9, 30), new(10, 0)]);
        (await product.TryBookAsync(new AnAppointment().At("2026-11-24T11:00"))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        await product.BookAsync(new AnAppointment().At("2026-11-24T10:00"));
    }

    [Fact]
    public async Task A_slot_that_the_hotline_keeps_for_a_caller_may_be_taken_with_that_hold()
    {
        var (world, product) = await KeepingAsync(100);
        var kept = Tuesday.At(new LocalTime(9, 0));
        var hold = (await HoldAsync(world, product, kept, onWeb: false)).Value.Token;
        (await product.TryBookAsync(new AnAppointment().At("2026-11-24T10:00").Keeping(hold))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        await product.BookAsync(new AnAppointment().At("2026-11-24T09:00").Keeping(hold));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public async Task Another_instance_that_knows_no_share_yet_does_not_sell_what_is_kept(int advisors)
    {
        var (world, product) = await StartAsync(advisors);
        var other = world.Start();
        (await other.SearchAsync(Tuesday, 1)).Slots.ShouldNotBeEmpty();
        (await product.Get<ChangePhoneShare>().ExecuteAsync(world.Territory, Directories.Structure, 100, default)).Value.PhoneShare.ShouldBe(100);
        (await other.TryBookAsync(new AnAppointment().At("2026-11-24T09:00").With("a1"))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        (await other.TryBookAsync(new AnAppointment().At("2026-12-01T09:00").With($"a{advisors}"))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();

        await product.Get<ChangePhoneShare>().ExecuteAsync(world.Territory, Directories.Structure, 0, default);
        await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(101)]
    public async Task A_share_that_is_none_is_refused(int share)
    {
        var (world, product) = await StartAsync();
        (await product.Get<ChangePhoneShare>().ExecuteAsync(world.Territory, Directories.Structure, share, default)).Refusal.ShouldBeOfType<Refusal.Invalid>();
        (await product.Get<ChangePhoneShare>().ExecuteAsync(world.Territory, new StructureId("nowhere"), 10, default)).Refusal.ShouldBeOfType<Refusal.NotFound>();
    }

    [Fact]
    public async Task Both_delays_are_told_side_by_side()
    {
        // Monday at nine: with the notice, eleven is free today, and three hours each day after.
        var (world, product) = await StartAsync(fromHour: 9, toHour: 12);
        (await ThirdAsync(world, product)).ShouldBe(new ThirdNextAvailable(1, 1));
        foreach (var start in new[] { "2026-11-17T09:00", "2026-11-17T10:00", "2026-11-18T09:00" })
        {
            await product.BookAsync(new AnAppointment().At(start));
        }

        (await ThirdAsync(world, product)).ShouldBe(new ThirdNextAvailable(2, 2));

        // On the web are today and tomorrow, where two are left.
        await product.Get<ChangePhoneShare>().ExecuteAsync(world.Territory, Directories.Structure, 100, default);
        (await ThirdAsync(world, product)).ShouldBe(new ThirdNextAvailable(null, 2));
    }

    private async Task<(World World, Product Product)> KeepingAsync(int share)
    {
        var (world, product) = await StartAsync();
        (await product.Get<ChangePhoneShare>().ExecuteAsync(world.Territory, Directories.Structure, share, TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
        return (world, product);
    }

    /// <summary>A free time that is not on the web.</summary>
    private static async Task<LocalDateTime> KeptAsync(World world, Product product)
    {
        var staff = await product.Get<SearchSlots>().ExecuteAsync(
            new SlotSearch(world.Territory, "premiers-pas", Tuesday, 7, OnWeb: false), TestContext.Current.CancellationToken);
        var web = (await product.SearchAsync(Tuesday)).Slots.Select(slot => slot.Start).ToHashSet();
        web.ShouldNotBeEmpty();
        return staff.Value.Slots.Select(slot => slot.Start).First(start => !web.Contains(start));
    }

    private static Task<Result<Held>> HoldAsync(World world, Product product, LocalDateTime start, bool onWeb) => product.Get<HoldSlot>().ExecuteAsync(
        new HoldRequest(
            world.Territory, "premiers-pas", start.InZoneStrictly(world.Territory.Zone).ToInstant(), Directories.Place.Value, null, RequestIdentity.Of("hold", null, ""))
        {
            OnWeb = onWeb,
        },
        TestContext.Current.CancellationToken);

    private static Task<Result<Moved>> MoveByLinkAsync(World world, Product product, Appointment appointment, LocalDateTime start) =>
        product.Get<MoveAppointment>().ExecuteAsync(
            new MoveRequest(
                appointment.Reference,
                new Access.ByKey(product.Get<Links>().KeyOf(appointment)),
                start.InZoneStrictly(world.Territory.Zone).ToInstant(),
                null,
                null,
                null,
                null),
            TestContext.Current.CancellationToken);

    private static async Task<ThirdNextAvailable> ThirdAsync(World world, Product product) =>
        (await product.Get<ReadLoad>().ExecuteAsync(world.Territory, Directories.Structure, null, null, TestContext.Current.CancellationToken)).Value.ThirdNextAvailable;
}
