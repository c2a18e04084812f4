using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Calls;
using Rdv.Chores;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.Tests.Infrastructure;
using Rdv.Waiting;
using Rdv.Workshops;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Waiting;

/// <summary>A seat that is given back goes first to those who wait for one in that workshop.</summary>
public sealed class FreedSeatTests(TableStorage storage) : ProductTest(storage)
{
    [Fact]
    public async Task It_is_kept_for_the_first_three_and_the_first_of_them_who_answers_has_it()
    {
        var (world, product) = await StartAsync();
        var (workshop, seats) = await FullAsync(product, 2);
        var people = await WaitAsync(world, product, workshop, 4);
        var before = world.Sms.Delivered.Count;
        await product.CancelAsync(seats[0]);
        (await world.ChoresAsync()).ShouldContain(ChoreKinds.Seat);
        await product.DoChoresAsync();
        (await LeftAsync(product)).ShouldBe(0, "it is kept for those who were told");
        (await product.TryBookAsync(new AnAppointment().In(workshop))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();

        await product.SendSmsAsync();
        var told = world.Sms.Delivered.Skip(before).Where(sms => sms.Kind == MessageKinds.Freed).ToList();
        told.Select(sms => sms.To.E164).ShouldBe([.. people.Take(3).Select(person => person.Citizen.Phone.E164)], ignoreOrder: true);
        told[0].Text.ShouldStartWith("Place libre dans l'atelier: mar. 24/11 à 14h");

        var taken = (await product.ClaimAsync(people[1])).Value.Appointment;
        (taken.Seat!.Id, taken.Start).ShouldBe((workshop.Id, workshop.Start));
        (await product.WaitingAsync(people[1].Id)).ShouldBeNull("who has booked waits no more");
        (await product.ClaimAsync(people[0])).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        (await product.ClaimAsync(people[1], workshop.Start)).Value.Repeated.ShouldBeTrue("a second click");
        (await LeftAsync(product)).ShouldBe(0);
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task After_the_time_of_the_offer_it_is_anyones()
    {
        var (world, product) = await StartAsync();
        var (workshop, seats) = await FullAsync(product, 1);
        var people = await WaitAsync(world, product, workshop, 1);
        await product.CancelAsync(seats[0]);
        await product.DoChoresAsync();
        world.Clock.AdvanceMinutes(121);
        (await LeftAsync(product)).ShouldBe(1);
        await product.BookAsync(new AnAppointment().In(workshop));
        (await product.ClaimAsync(people[0])).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task Two_seats_that_are_given_back_are_for_two_of_those_who_wait()
    {
        var (world, product) = await StartAsync();
        var (workshop, seats) = await FullAsync(product, 2);
        var people = await WaitAsync(world, product, workshop, 2);
        await product.CancelAsync(seats[0]);
        await product.CancelAsync(seats[1]);
        await product.DoChoresAsync();
        (await LeftAsync(product)).ShouldBe(0);
        (await product.ClaimAsync(people[1])).Refusal.ShouldBeNull();
        (await product.ClaimAsync(people[0])).Refusal.ShouldBeNull();
        (await world.RowsAsync("wait|")).ShouldBeEmpty();
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task Of_many_who_want_the_freed_seat_at_once_one_has_it()
    {
        var (world, product) = await StartAsync();
        var (workshop, seats) = await FullAsync(product, 3);
        var people = await WaitAsync(world, product, workshop, 3);
        var other = world.Start();
        await product.CancelAsync(seats[0]);
        await Task.WhenAll(Task.Run(product.DoChoresAsync), Task.Run(other.DoChoresAsync));
        (await world.RowsAsync("due|sms|")).Count(row => row.RowKey.Contains("|freed|", StringComparison.Ordinal)).ShouldBe(3);
        var claims = people.Select((person, i) => Task.Run(() => (i % 2 == 0 ? product : other).ClaimAsync(person)));
        var strangers = Enumerable.Range(0, 4).Select(i => Task.Run(() => (i % 2 == 0 ? product : other).TryBookAsync(new AnAppointment().In(workshop))));
        var outcomes = await Task.WhenAll(claims.Concat(strangers));
        outcomes.Take(3).Count(outcome => outcome.Refusal is null).ShouldBe(1);
        outcomes.Skip(3).ShouldAllBe(outcome => outcome.Refusal is Refusal.SlotTaken);
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task Who_waits_for_a_seat_is_not_called_and_hears_of_no_other_hour()
    {
        var (world, product) = await StartAsync();
        var (workshop, _) = await FullAsync(product, 1);
        var alone = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        var person = (await WaitAsync(world, product, workshop, 1))[0];
        (person.Topic, person.Workshop).ShouldBe((workshop.Topic, workshop.Id));
        (await world.CallsAsync()).ShouldBeEmpty();
        (await world.RowsAsync("demand|")).ShouldHaveSingleItem();
        await product.CancelAsync(alone);
        await product.DoChoresAsync();
        (await product.WaitingAsync(person.Id)).ShouldNotBeNull().Offers.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_landline_is_called_and_told_of_the_workshop()
    {
        var (world, product) = await StartAsync();
        var (workshop, seats) = await FullAsync(product, 1);
        await AskAsync(world, product, workshop, "04 78 00 00 00");
        await product.CancelAsync(seats[0]);
        await product.DoChoresAsync();
        var sheets = (await product.Get<ListCalls>().ExecuteAsync(world.Territory, null, TestContext.Current.CancellationToken)).Sheets;
        sheets.ShouldHaveSingleItem().Sentence.ShouldContain("Une place se libère dans cet atelier");
    }

    [Fact]
    public async Task One_waits_only_where_it_is_full_and_no_more_once_it_is_cancelled()
    {
        var (world, product) = await StartAsync();
        var workshop = await product.PlanWorkshopAsync("2026-11-24T14:00", seats: 1);
        (await TryAskAsync(world, product, workshop.Id.Value, "06 39 98 30 01")).Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ByField.Keys.ShouldBe(["workshopId"]);
        (await TryAskAsync(world, product, "w0123456789abcdef", "06 39 98 30 01")).Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ByField.Keys.ShouldBe(["workshopId"]);
        await product.BookAsync(new AnAppointment().In(workshop));
        var person = await AskAsync(world, product, workshop, "06 39 98 30 01");
        await product.TryCancelAsync(workshop);
        await product.DoChoresAsync();
        (await product.Get<FindWaiting>().ExecuteAsync(person.Id, product.KeyOf(person), default)).Value.Person.ShouldBeNull();
        (await TryAskAsync(world, product, workshop.Id.Value, "06 39 98 30 02")).Refusal.ShouldBeOfType<Refusal.Invalid>();
    }

    [Fact]
    public async Task A_seat_of_a_workshop_that_has_moved_is_not_taken_unseen()
    {
        var (world, product) = await StartAsync();
        var (workshop, seats) = await FullAsync(product, 1);
        var person = (await WaitAsync(world, product, workshop, 1))[0];
        await product.CancelAsync(seats[0]);
        await product.DoChoresAsync();
        (await product.TryMoveAsync(workshop, "2026-11-25T14:00")).Refusal.ShouldBeNull();
        (await product.ClaimAsync(person)).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        var before = world.Sms.Delivered.Count;
        await product.SendSmsAsync();
        world.Sms.Delivered.Skip(before).ShouldNotContain(sms => sms.Kind == MessageKinds.Freed);
    }

    private static async Task<(Workshop Workshop, List<Appointment> Seats)> FullAsync(Product product, int seats)
    {
        var workshop = await product.PlanWorkshopAsync("2026-11-24T14:00", seats);
        var taken = new List<Appointment>();
        for (var i = 0; i < seats; i++)
        {
            taken.Add(await product.BookAsync(new AnAppointment().In(workshop)));
        }

        await product.SendSmsAsync();
        return (workshop, taken);
    }

    private static async Task<List<WaitingPerson>> WaitAsync(World world, Product product, Workshop workshop, int count)
    {
        var people = new List<WaitingPerson>();
        for (var i = 0; i < count; i++)
        {
            people.Add(await AskAsync(world, product, workshop, $"06 39 98 70 0{i}"));
        }

        return people;
    }

    private static async Task<WaitingPerson> AskAsync(World world, Product product, Workshop workshop, string phone)
    {
        world.Clock.AdvanceSeconds(1);
        return (await product.WaitingAsync((await TryAskAsync(world, product, workshop.Id.Value, phone)).Value.Id)).ShouldNotBeNull();
    }

    private static Task<Result<Listed>> TryAskAsync(World world, Product product, string workshop, string phone) =>
        product.Get<AskToBeCalled>().ExecuteAsync(
            new ARequest(phone, "Odette Fictive", Key: phone).In(world) with { Topic = null, WorkshopId = workshop }, TestContext.Current.CancellationToken);

    private static async Task<int> LeftAsync(Product product) =>
        (await product.Get<ListWorkshops>().ExecuteAsync(Rdv.Territories.Territory.Parse("69"), null, ListWorkshops.DefaultDays, TestContext.Current.CancellationToken))
            .Value.Workshops.Single().SeatsLeft;
}
