using NodaTime;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.People;
using Rdv.Tests.Infrastructure;
using Rdv.Waiting;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Waiting;

/// <summary>A slot that is given back goes first to those who wait.</summary>
public sealed class FreedSlotTests(TableStorage storage) : ProductTest(storage)
{
    private const string Slot = "2026-11-24T09:00";

    [Fact]
    public async Task It_is_kept_for_the_first_three_who_asked_and_they_are_told_at_once()
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment().At(Slot));
        await product.DispatchForAsync(1);
        var people = new List<WaitingPerson>();
        for (var i = 1; i <= 4; i++)
        {
            people.Add(await product.AskAsync(world, new ARequest($"06 39 98 30 0{i}")));
        }

        var before = world.Sms.Delivered.Count;
        await product.CancelAsync(booked);
        (await world.ChoresAsync()).ShouldContain("freed");
        await product.DoChoresAsync();
        await product.SendSmsAsync();

        (await product.IsOfferedToAllAsync(world, Slot)).ShouldBeFalse("the slot is kept for those who were told");
        var told = world.Sms.Delivered.Skip(before).Where(sms => sms.Kind == MessageKinds.Freed).ToList();
        told.Select(sms => sms.To.E164).ShouldBe(["+33639983001", "+33639983002", "+33639983003"], ignoreOrder: true);
        told[0].Text.ShouldContain("mardi 24 nov");
        told[0].Text.ShouldContain("à 9h");
        told[0].Text.ShouldContain("/p/69");
        (await world.ChoresAsync()).ShouldNotContain("freed");

        // The hold ends by itself: then the slot is anyone's.
        world.Clock.Advance(Duration.FromHours(2) + Duration.FromMinutes(1));
        (await product.IsOfferedToAllAsync(world, Slot)).ShouldBeTrue();
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task A_number_that_asked_several_times_is_told_of_a_slot_once()
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment().At(Slot));
        for (var i = 1; i <= 3; i++)
        {
            await product.AskAsync(world, new ARequest("06 39 98 30 11"));
        }

        await product.AskAsync(world, new ARequest("06 39 98 30 12"));
        await product.CancelAsync(booked);
        await product.DoChoresAsync();
        await product.SendSmsAsync();
        world.Sms.Delivered.Where(sms => sms.Kind == MessageKinds.Freed).Select(sms => sms.To.E164)
            .ShouldBe(["+33639983011", "+33639983012"], ignoreOrder: true);
    }

    [Fact]
    public async Task The_first_who_answers_has_it_and_the_others_go_on_waiting()
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment().At(Slot));
        var first = await product.AskAsync(world, new ARequest("06 39 98 31 01", "Odette Fictive"));
        var second = await product.AskAsync(world, new ARequest("06 39 98 31 02", "Marcel Fictif"));
        await product.CancelAsync(booked);
        await product.DoChoresAsync();

        var taken = (await product.ClaimAsync(second)).Value;
        (taken.Appointment.Citizen.Name, taken.Appointment.Start, taken.Repeated).ShouldBe(("Marcel Fictif", world.At(Slot), false));
        (await product.WaitingAsync(second.Id)).ShouldBeNull();

        // A second click, or an answer that was lost.
        (await product.ClaimAsync(second, world.At(Slot))).Value
            .ShouldSatisfyAllConditions(again => again.Repeated.ShouldBeTrue(), again => again.Appointment.Reference.ShouldBe(taken.Appointment.Reference));

        (await product.ClaimAsync(first)).Refusal.ShouldBeOfType<Refusal.SlotTaken>().Alternatives.ShouldNotBeEmpty();
        (await product.WaitingAsync(first.Id)).ShouldNotBeNull();

        // Nobody is told of a slot that is gone: only the one who had it hears, of their booking.
        await product.SendSmsAsync();
        world.Sms.Delivered.Count(sms => sms.Kind == MessageKinds.Freed).ShouldBe(0);
        world.Sms.Delivered.ShouldContain(sms => sms.Kind == MessageKinds.Confirmation && sms.To.E164 == "+33639983102");
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task An_hour_that_is_kept_for_the_telephone_goes_to_who_waits_all_the_same()
    {
        var (world, product) = await StartAsync();
        await product.Get<ChangePhoneShare>().ExecuteAsync(world.Territory, Directories.Structure, 100, default);
        var booked = await product.BookAsync(new AnAppointment().At(Slot).BookedBy(Actor.Hotline));
        var person = await product.AskAsync(world, new ARequest("06 39 98 33 01"));
        await product.CancelAsync(booked);
        await product.DoChoresAsync();
        (await product.IsOfferedToAllAsync(world, Slot)).ShouldBeFalse();
        (await product.ClaimAsync(person)).Value.Appointment.Start.ShouldBe(world.At(Slot));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(60, null)]
    public async Task Nobody_is_told_of_an_hour_that_the_advisor_does_not_offer_any_more(int pause, int? most)
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment().At(Slot));
        await product.BookAsync(new AnAppointment().At("2026-11-24T10:00"));
        var person = await product.AskAsync(world, new ARequest("06 39 98 33 02"));
        await product.Get<ChangeBookingRules>().ExecuteAsync(world.Territory, new AdvisorId("a1"), new BookingRules(pause, most), default);
        await product.CancelAsync(booked);
        await product.DoChoresAsync();
        (await product.WaitingAsync(person.Id)).ShouldNotBeNull().Offers.ShouldBeEmpty();
    }

    [Fact]
    public async Task When_all_who_were_told_answer_at_once_one_has_it()
    {
        for (var round = 0; round < 10; round++)
        {
            var (world, product) = await StartAsync();
            var booked = await product.BookAsync(new AnAppointment().At(Slot));
            var people = new[]
            {
                await product.AskAsync(world, new ARequest("06 39 98 32 01")),
                await product.AskAsync(world, new ARequest("06 39 98 32 02")),
                await product.AskAsync(world, new ARequest("06 39 98 32 03")),
            };
            await product.CancelAsync(booked);
            await product.DoChoresAsync();

            // Each twice, as impatient people click.
            var outcomes = await Task.WhenAll(people.Concat(people).Select(person => Task.Run(() => product.ClaimAsync(person, world.At(Slot)))));
            outcomes.Where(outcome => outcome.Refusal is null).Select(won => won.Value.Appointment.Reference).Distinct().Count().ShouldBe(1);
            outcomes.Count(outcome => outcome.Refusal is Refusal.SlotTaken).ShouldBe(4);
            (await Consistency.ShouldHoldAsync(world, product))
                .Count(appointment => appointment.Status == AppointmentStatus.Booked).ShouldBe(1);
            (await world.RowsAsync("wait|")).Count.ShouldBe(2);
        }
    }

    /// <summary>An offer is of an hour at a place: the second to answer is received too, by the other.</summary>
    [Fact]
    public async Task Where_two_receive_at_that_hour_two_of_those_who_were_told_have_it_with_one_each()
    {
        var (world, product) = await StartAsync(advisors: 2);
        var booked = await product.BookAsync(new AnAppointment().At(Slot));
        var people = new[]
        {
            await product.AskAsync(world, new ARequest("06 39 98 32 11")),
            await product.AskAsync(world, new ARequest("06 39 98 32 12")),
            await product.AskAsync(world, new ARequest("06 39 98 32 13")),
        };
        await product.CancelAsync(booked);
        await product.DoChoresAsync();

        var outcomes = await Task.WhenAll(people.Select(person => Task.Run(() => product.ClaimAsync(person, world.At(Slot)))));
        outcomes.Where(outcome => outcome.Refusal is null).Select(won => won.Value.Appointment.AdvisorId.Value).ShouldBe(["a1", "a2"], ignoreOrder: true);
        outcomes.Single(outcome => outcome.Refusal is not null).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task One_who_is_offered_two_slots_takes_one()
    {
        var (world, product) = await StartAsync();
        var one = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        var other = await product.BookAsync(new AnAppointment().At("2026-11-25T09:00"));
        var person = await product.AskAsync(world, new ARequest("06 39 98 33 01"));
        await product.CancelAsync(one);
        await product.CancelAsync(other);
        await product.DoChoresAsync();
        (await product.WaitingAsync(person.Id)).ShouldNotBeNull().Offers.Count.ShouldBe(2);

        var outcomes = await Task.WhenAll(
            Task.Run(() => product.ClaimAsync(person, one.Start)), Task.Run(() => product.ClaimAsync(person, other.Start)));
        outcomes.Count(outcome => outcome.Refusal is null).ShouldBe(1);
        outcomes.Count(outcome => outcome.Refusal is Refusal.TooLate).ShouldBe(1);
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Theory]
    // A Tuesday evening: Wednesday morning.
    [InlineData("2026-11-17T20:30", "2026-11-24T09:00", "2026-11-18T09:00")]
    // Before the opening: the same morning.
    [InlineData("2026-11-17T06:00", "2026-11-24T09:00", "2026-11-17T09:00")]
    // Saturday evening: Monday, since nobody is disturbed on a Sunday.
    [InlineData("2026-11-21T19:00", "2026-11-24T09:00", "2026-11-23T09:00")]
    // In the day: at once.
    [InlineData("2026-11-17T18:59", "2026-11-24T09:00", "2026-11-17T18:59")]
    // Too near to its start by the time people may be told: not at all.
    [InlineData("2026-11-23T22:00", "2026-11-24T09:00", null)]
    [InlineData("2026-11-23T22:00", "2026-11-24T11:30", null)]
    [InlineData("2026-11-23T22:00", "2026-11-24T12:00", "2026-11-24T09:00")]
    [InlineData("2026-11-17T10:00", "2026-11-17T12:30", null)]
    public async Task People_are_told_at_humane_hours_or_not_at_all(string freedAt, string start, string? toldAt)
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment().At(start).BookedBy(Actor.Advisor));
        await product.AskAsync(world, new ARequest("06 39 98 34 01"));
        world.GoTo(freedAt);
        await product.CancelAsync(booked);
        await product.DoChoresAsync();

        var due = (await world.RowsAsync("due|sms|")).Where(row => row.RowKey.Contains("|freed|", StringComparison.Ordinal)).ToList();
        if (toldAt is null)
        {
            due.ShouldBeEmpty();
            world.Clock.AdvanceMinutes(1);
            (await world.RowsAsync("agenda|")).ShouldHaveSingleItem().Select(column => column.Value).OfType<string>().ShouldNotContain(value => value.Contains("\"k\":\"h\"", StringComparison.Ordinal));
            return;
        }

        var row = due.ShouldHaveSingleItem();
        row.RowKey.Split('|')[2].ShouldBe(NodaTime.Text.InstantPattern.General.Format(world.At(toldAt)));
        Instant.FromDateTimeOffset(row.GetDateTimeOffset("Deadline")!.Value)
            .ShouldBe(Instant.Min(world.At(toldAt) + Duration.FromHours(2), world.At(start) - Duration.FromHours(2)));
    }

    [Fact]
    public async Task A_number_without_SMS_becomes_a_call_to_make()
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment().At(Slot));
        await product.AskAsync(world, new ARequest("04 78 00 00 00"));
        await product.CancelAsync(booked);
        await product.DoChoresAsync();
        (await world.CallsAsync()).ShouldBe(["request request", "freed freed"], ignoreOrder: true);
        var sheet = (await product.Get<Rdv.Calls.ListCalls>().ExecuteAsync(world.Territory, null, TestContext.Current.CancellationToken)).Sheets
            .Single(sheet => sheet.Call.Reason == "freed");
        sheet.Sentence.ShouldContain("Une place se libère : mardi vingt-quatre novembre à neuf heures");

        // Once somebody has it, there is nothing to call for.
        world.Clock.Advance(Duration.FromHours(3));
        await product.BookAsync(new AnAppointment().At(Slot));
        (await product.Get<Rdv.Calls.ListCalls>().ExecuteAsync(world.Territory, null, TestContext.Current.CancellationToken)).Sheets
            .ShouldNotContain(sheet => sheet.Call.Reason == "freed");
    }

    [Fact]
    public async Task An_SMS_that_is_refused_becomes_a_call_to_make()
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment().At(Slot));
        await product.AskAsync(world, new ARequest("06 39 98 34 02"));
        await product.CancelAsync(booked);
        await product.DoChoresAsync();
        world.Sms.Refuse = sms => sms.Kind == MessageKinds.Freed ? new SendResult.Rejected("acs-400") : null;
        await product.SendSmsAsync();
        (await world.CallsAsync()).ShouldContain("undelivered freed");
        (await product.Get<Rdv.Calls.ListCalls>().ExecuteAsync(world.Territory, null, TestContext.Current.CancellationToken)).Sheets
            .Single(sheet => sheet.Call.Kind == MessageKinds.Freed).Sentence.ShouldContain("Une place se libère");
    }

    [Fact]
    public async Task Two_runs_at_once_offer_it_once()
    {
        for (var round = 0; round < 10; round++)
        {
            var (world, one) = await StartAsync();
            var other = world.Start();
            var booked = await one.BookAsync(new AnAppointment().At(Slot));
            var person = await one.AskAsync(world, new ARequest("06 39 98 34 03"));
            await one.CancelAsync(booked);
            await Task.WhenAll(Task.Run(one.DoChoresAsync), Task.Run(other.DoChoresAsync));
            (await one.WaitingAsync(person.Id)).ShouldNotBeNull().Offers.ShouldHaveSingleItem();
            (await world.RowsAsync("due|sms|")).Count(row => row.RowKey.Contains("|freed|", StringComparison.Ordinal)).ShouldBe(1);
            (await world.ChoresAsync()).ShouldBe(["forget"]);
            await Consistency.ShouldHoldAsync(world, one);
        }
    }

    [Fact]
    public async Task Behind_many_who_have_booked_meanwhile_the_next_is_told()
    {
        var (world, product) = await StartAsync(advisors: 2);
        var freed = await product.BookAsync(new AnAppointment().At(Slot));
        for (var i = 0; i < 25; i++)
        {
            await product.AskAsync(world, new ARequest($"06 39 98 36 {i:00}"));
        }

        for (var i = 0; i < 25; i++)
        {
            await product.BookAsync(new AnAppointment().At($"2026-11-{25 + (i / 10)}T{9 + (i % 10):00}:00").Calling($"06 39 98 36 {i:00}"));
        }

        var next = await product.AskAsync(world, new ARequest("06 39 98 36 99"));
        await product.CancelAsync(freed);
        await product.DoChoresAsync();
        (await product.WaitingAsync(next.Id)).ShouldNotBeNull().Offers.ShouldHaveSingleItem();
        (await world.RowsAsync("wait|")).ShouldHaveSingleItem();
        (await world.ChoresAsync()).ShouldNotContain("freed");
    }

    [Fact]
    public async Task Only_those_whom_it_suits_are_told()
    {
        var (world, product) = await StartAsync();
        // The advisor teaches one topic only.
        var directory = await product.Directory.ReadAsync(world.Territory, TestContext.Current.CancellationToken);
        await product.PutAsync(world.Territory, directory.Advisors.Values.Single() with { Topics = ["premiers-pas"] });
        var booked = await product.BookAsync(new AnAppointment().At(Slot));
        await product.AskAsync(world, new ARequest("06 39 98 35 01", Topic: "emploi"));
        var suited = await product.AskAsync(world, new ARequest("06 39 98 35 02"));
        await product.CancelAsync(booked);
        await product.DoChoresAsync();
        await product.SendSmsAsync();
        world.Sms.Delivered.Where(sms => sms.Kind == MessageKinds.Freed).Select(sms => sms.To.E164).ShouldBe(["+33639983502"]);
        (await product.WaitingAsync(suited.Id)).ShouldNotBeNull().Offers.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Nobody_has_more_than_three_offers_open()
    {
        var (world, product) = await StartAsync();
        var person = await product.AskAsync(world, new ARequest("06 39 98 36 01"));
        for (var hour = 9; hour < 14; hour++)
        {
            var booked = await product.BookAsync(new AnAppointment().At($"2026-11-24T{hour:00}:00"));
            await product.CancelAsync(booked);
        }

        await product.DoChoresAsync();
        (await product.WaitingAsync(person.Id)).ShouldNotBeNull().Offers.Count.ShouldBe(3);
        var hours = new[] { "09", "10", "11", "12", "13" };
        var free = await Task.WhenAll(hours.Select(hour => product.IsOfferedToAllAsync(world, $"2026-11-24T{hour}:00")));
        free.Count(isFree => isFree).ShouldBe(2, "the slots that nobody is told of are anyone's");
    }

    [Fact]
    public async Task Who_has_booked_meanwhile_is_crossed_off_and_not_told()
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment().At(Slot));
        var person = await product.AskAsync(world, new ARequest("06 39 98 37 01", "Odette Fictive"));
        var spouse = await product.AskAsync(world, new ARequest("06 39 98 37 01", "Marcel Fictif"));
        world.Clock.AdvanceMinutes(1);
        await product.BookAsync(new AnAppointment().At("2026-11-26T09:00").For("odette fictive").Calling("06 39 98 37 01"));
        await product.CancelAsync(booked);
        await product.DoChoresAsync();
        (await product.WaitingAsync(person.Id)).ShouldBeNull();
        (await product.WaitingAsync(spouse.Id)).ShouldNotBeNull().Offers.ShouldHaveSingleItem("a couple shares one number");
    }

    [Fact]
    public async Task Who_books_between_the_offer_and_the_SMS_is_not_told()
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment().At(Slot));
        await product.AskAsync(world, new ARequest("06 39 98 38 01"));
        world.GoTo("2026-11-17T20:00");
        await product.CancelAsync(booked);
        await product.DoChoresAsync();
        await product.BookAsync(new AnAppointment().At("2026-11-26T09:00").Calling("06 39 98 38 01"));
        world.GoTo("2026-11-18T09:00");
        await product.SendSmsAsync();
        world.Sms.Kinds.ShouldNotContain(MessageKinds.Freed);
    }

    [Fact]
    public async Task A_move_and_a_new_advisor_give_a_slot_back_too_and_a_move_of_place_does_not()
    {
        var (world, product) = await StartAsync(advisors: 2);
        var moved = await product.BookAsync(new AnAppointment().At(Slot).With("a1"));
        await product.MoveAsync(moved, "2026-11-26T09:00", advisor: "a1");
        (await world.ChoresAsync()).Count(kind => kind == "freed").ShouldBe(1);
        await product.MoveAsync(moved, "2026-11-26T09:00", advisor: "a2");
        (await world.ChoresAsync()).Count(kind => kind == "freed").ShouldBe(2);
        await product.DoChoresAsync();
        (await world.ChoresAsync()).ShouldBeEmpty("nobody waits");
    }

    [Fact]
    public async Task Who_waits_too_long_is_forgotten_and_their_demand_is_not()
    {
        var (world, product) = await StartAsync();
        var person = await product.AskAsync(world, new ARequest("06 39 98 39 01"));
        world.Clock.Advance(Duration.FromDays(59));
        await product.DoChoresAsync();
        (await product.WaitingAsync(person.Id)).ShouldNotBeNull();
        world.Clock.Advance(Duration.FromDays(1));
        await product.DoChoresAsync();
        (await product.WaitingAsync(person.Id)).ShouldBeNull();
        (await world.ChoresAsync()).ShouldBeEmpty();
        (await world.RowsAsync("demand|")).ShouldHaveSingleItem();
    }
}
