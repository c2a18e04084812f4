using NodaTime;
using Rdv.Absences;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Chores;
using Rdv.Directory;
using Rdv.Directory.Import;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.People;
using Rdv.Tests.Infrastructure;
using Rdv.Waiting;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Waiting;

/// <summary>Hours that are opened go first to those who wait, for two hours.</summary>
public sealed class OpenedHoursTests(TableStorage storage) : ProductTest(storage)
{
    private static readonly AdvisorId Advisor = new("a1");

    [Fact]
    public async Task Each_who_waits_has_a_slot_of_their_own_in_the_order_of_asking()
    {
        var (world, product) = await StartAsync(fromHour: 8, toHour: 12);
        var people = await AskAsync(world, product, 3);
        var before = world.Sms.Delivered.Count;
        (await ChangeAsync(world, product, Hours(8, 15))).Refusal.ShouldBeNull();
        (await StartsAsync(product, people)).ShouldBe(["2026-11-16T12:30", "2026-11-16T13:30", "2026-11-17T11:30"], "three hours to come, and nothing that was open before");

        await product.SendSmsAsync();
        world.Sms.Delivered.Skip(before).Select(sms => (sms.Kind, sms.To.E164)).ShouldBe(
            [.. people.Select(person => (MessageKinds.Freed, person.Citizen.Phone.E164))], ignoreOrder: true);
        (await product.IsOfferedToAllAsync(world, "2026-11-16T13:00")).ShouldBeFalse();
        (await product.IsOfferedToAllAsync(world, "2026-11-17T13:00")).ShouldBeTrue("nobody waits for it");
        (await product.ClaimAsync(people[1])).Value.Appointment.Start.ShouldBe(world.At("2026-11-16T13:30"));

        world.Clock.Advance(Duration.FromMinutes(119));
        (await product.IsOfferedToAllAsync(world, "2026-11-17T11:30")).ShouldBeFalse();
        world.Clock.Advance(Duration.FromMinutes(2));
        (await product.IsOfferedToAllAsync(world, "2026-11-17T11:30")).ShouldBeTrue("after two hours it is anyone's");
        (await world.ChoresAsync()).ShouldAllBe(kind => kind == ChoreKinds.Forget);
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task An_absence_that_is_taken_back_goes_to_who_asked_first()
    {
        var (world, product) = await StartAsync();
        var absence = (await product.Get<AddAbsence>().ExecuteAsync(
            new AbsenceRequest(
                world.Territory, Advisor, null, AnAppointment.Wall("2026-11-24T08:00"), AnAppointment.Wall("2026-11-24T08:30"), null, InsideMode.Refuse,
                RequestIdentity.Of("absence", null, "x")),
            TestContext.Current.CancellationToken)).Value.Absence;
        var people = await AskAsync(world, product, 2);
        (await product.Get<RemoveAbsence>().ExecuteAsync(world.Territory, absence.Owner, absence.Id, default)).Refusal.ShouldBeNull();
        (await StartsAsync(product, people[..1])).ShouldBe(["2026-11-24T08:00"]);

        // One hour touches what was closed, and the first has it.
        (await OffersAsync(product, people[1])).ShouldBeEmpty();
        (await product.IsOfferedToAllAsync(world, "2026-11-24T08:00")).ShouldBeFalse();
        (await product.IsOfferedToAllAsync(world, "2026-11-24T09:00")).ShouldBeTrue("it was open before");
    }

    [Fact]
    public async Task A_closure_of_the_structure_that_is_taken_back_opens_the_hours_of_each_advisor()
    {
        var (world, product) = await StartAsync(advisors: 2);
        var absence = (await product.Get<AddAbsence>().ExecuteAsync(
            new AbsenceRequest(
                world.Territory, null, Directories.Structure, AnAppointment.Wall("2026-11-24T00:00"), AnAppointment.Wall("2026-11-25T00:00"), null, InsideMode.Refuse,
                RequestIdentity.Of("absence", null, "x")),
            TestContext.Current.CancellationToken)).Value.Absence;
        var people = await AskAsync(world, product, 3);
        (await product.Get<RemoveAbsence>().ExecuteAsync(world.Territory, absence.Owner, absence.Id, default)).Refusal.ShouldBeNull();
        (await StartsAsync(product, people)).ShouldBe(["2026-11-24T08:00", "2026-11-24T08:00", "2026-11-24T09:00"]);
        (await OffersAsync(product, people[0]))[0].AdvisorId.ShouldNotBe((await OffersAsync(product, people[1]))[0].AdvisorId);
    }

    [Fact]
    public async Task A_holiday_that_is_worked_goes_to_who_waits()
    {
        var (world, product) = await StartAsync(now: Instant.FromUtc(2026, 12, 14, 8, 0));
        var people = await AskAsync(world, product, 1);
        (await product.Get<ChangeHoliday>().ExecuteAsync(world.Territory, Directories.Structure, new LocalDate(2026, 12, 25), open: true, default)).Refusal.ShouldBeNull();
        (await StartsAsync(product, people)).ShouldBe(["2026-12-25T08:00"]);
        (await product.IsOfferedToAllAsync(world, "2026-12-25T08:00")).ShouldBeFalse();
    }

    [Fact]
    public async Task An_advisor_who_stays_longer_and_hours_that_an_import_opens_count_as_well()
    {
        var (world, product) = await StartAsync();
        await product.Get<PlanLeave>().ExecuteAsync(world.Territory, Advisor, new LocalDate(2026, 11, 24), default);
        var people = await AskAsync(world, product, 2);
        await product.Get<PlanLeave>().ExecuteAsync(world.Territory, Advisor, new LocalDate(2026, 11, 25), default);
        (await StartsAsync(product, people)).ShouldBe(["2026-11-24T08:00", "2026-11-24T09:00"]);

        var third = await product.AskAsync(world, new ARequest("06 39 98 50 09"));
        await product.Get<IImportAgenda>().RewriteAsync(
            world.Territory, Advisor, advisor => advisor with { Hours = [new OpeningHours([2], new LocalTime(20, 0), new LocalTime(23, 0), Directories.Place)] }, default);
        (await StartsAsync(product, [.. people, third])).ShouldBe(["2026-11-17T20:00", "2026-11-17T21:00", "2026-11-17T22:00"]);
    }

    [Fact]
    public async Task Who_has_an_appointment_is_offered_an_earlier_day_only_and_who_is_too_far_nothing()
    {
        var (world, product) = await StartAsync(fromHour: 8, toHour: 12);
        var has = await product.BookAsync(new AnAppointment().At("2026-11-18T09:00"));
        var listed = (await product.Get<AskForEarlier>().ExecuteAsync(has.Reference, new Access.ByStaff(Actor.Hotline), default)).Value;
        await product.PutAsync(
            world.Territory, new Place(Directories.Place, Directories.Structure, "Médiathèque du Parc", "1 rue du Parc", "69003", "Lyon", "69383", Latitude: 45.75, Longitude: 4.85),
            new Place(new PlaceId("p2"), Directories.Structure, "Mairie de Tarare", "2 place Simonet", "69170", "Tarare", "69243", Latitude: 46.3, Longitude: 4.4));
        var far = await product.AskAsync(world, new ARequest("06 39 98 50 21", Insee: "69243"));
        var unknown = await product.AskAsync(world, new ARequest("06 39 98 50 22"));
        await ChangeAsync(world, product, Hours(8, 12), Hours(14, 15) with { Days = [3] }, Hours(15, 16) with { Days = [4] });
        (await OffersAsync(product, (await product.WaitingAsync(listed.Id))!)).ShouldBeEmpty("another hour of the same day, or a later day, is not earlier");
        (await OffersAsync(product, far)).ShouldBeEmpty();
        (await StartsAsync(product, [unknown])).ShouldBe(["2026-11-18T14:00"]);

        await ChangeAsync(world, product, Hours(8, 12), Hours(14, 15) with { Days = [2] });
        (await StartsAsync(product, [(await product.WaitingAsync(listed.Id))!])).ShouldBe(["2026-11-17T14:00"]);
    }

    [Fact]
    public async Task More_than_ten_have_their_turn_after_the_others_and_each_is_told_once_by_two_instances()
    {
        var (world, product) = await StartAsync(fromHour: 8, toHour: 9);
        var people = await AskAsync(world, product, OfferOpenedHours.MaxTold + 2);

        // The chore alone: the request that opened the hours was killed before it ran it.
        await world.KillAsync(new KillSwitch("after transaction"), killed => ChangeAsync(world, killed, Hours(8, 20)));
        var left = await world.ChoresAsync();
        left.ShouldContain(ChoreKinds.Opened);
        world.Clock.AdvanceMinutes(2);
        var other = world.Start();
        await Task.WhenAll(Task.Run(product.DoChoresAsync), Task.Run(other.DoChoresAsync));
        var starts = await StartsAsync(product, people);
        starts.Distinct().Count().ShouldBe(people.Count);
        starts.ShouldBe([.. starts.Order(StringComparer.Ordinal)]); // first asked, first served
        (await world.RowsAsync("due|sms|")).Count(row => row.RowKey.Contains("|freed|", StringComparison.Ordinal)).ShouldBe(people.Count);
        (await world.ChoresAsync()).ShouldNotContain(ChoreKinds.Opened);
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task In_the_evening_it_is_kept_until_they_have_been_told_in_the_morning()
    {
        var (world, product) = await StartAsync(fromHour: 8, toHour: 12, now: Instant.FromUtc(2026, 11, 16, 21, 0));
        var people = await AskAsync(world, product, 1);
        await ChangeAsync(world, product, Hours(8, 12), Hours(14, 15));
        var offer = (await OffersAsync(product, people[0])).ShouldHaveSingleItem();
        (offer.Start, offer.Until).ShouldBe((world.At("2026-11-17T14:00"), world.At("2026-11-17T11:00")));
    }

    [Fact]
    public async Task Where_nobody_waits_nothing_is_left_and_closing_offers_nothing()
    {
        var (world, product) = await StartAsync(fromHour: 8, toHour: 12);
        await ChangeAsync(world, product, Hours(8, 15));
        (await world.ChoresAsync()).ShouldBeEmpty();
        (await product.IsOfferedToAllAsync(world, "2026-11-17T13:00")).ShouldBeTrue();

        var people = await AskAsync(world, product, 1);
        await ChangeAsync(world, product, Hours(8, 11));
        (await OffersAsync(product, people[0])).ShouldBeEmpty();
        (await world.ChoresAsync()).ShouldBe([ChoreKinds.Forget]);
    }

    private static async Task<List<WaitingPerson>> AskAsync(World world, Product product, int count)
    {
        var people = new List<WaitingPerson>();
        for (var i = 0; i < count; i++)
        {
            people.Add(await product.AskAsync(world, new ARequest($"06 39 98 60 {i:D2}", $"Odette Fictive {(char)('A' + i)}")));
        }

        return people;
    }

    private static async Task<IReadOnlyList<Offer>> OffersAsync(Product product, WaitingPerson person) =>
        (await product.WaitingAsync(person.Id)).ShouldNotBeNull().Offers;

    /// <summary>Of the last offer of each, in wall time.</summary>
    private static async Task<List<string>> StartsAsync(Product product, IEnumerable<WaitingPerson> people)
    {
        var starts = new List<string>();
        foreach (var person in people)
        {
            var offers = await OffersAsync(product, person);
            starts.Add(offers.Count == 0 ? "none" : offers[^1].Start.InZone(person.Territory.Zone).LocalDateTime.ToString("uuuu-MM-dd'T'HH:mm", null));
        }

        return starts;
    }

    private static OpeningHours Hours(int from, int to) => new([1, 2, 3, 4, 5, 6, 7], new LocalTime(from, 0), new LocalTime(to, 0), Directories.Place);

    private static Task<Result<HoursChanged>> ChangeAsync(World world, Product product, params OpeningHours[] hours) =>
        product.Get<ChangeOpeningHours>().ExecuteAsync(world.Territory, Advisor, hours, TestContext.Current.CancellationToken);
}
