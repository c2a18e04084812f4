using NodaTime;
using Rdv.Appointments;
using Rdv.Language;
using Rdv.Messages;
using Rdv.People;
using Rdv.Tests.Infrastructure;
using Rdv.Waiting;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Waiting;

/// <summary>Someone has an appointment and would rather come earlier.</summary>
public sealed class EarlierTests(TableStorage storage) : ProductTest(storage)
{
    private const string Early = "2026-11-24T09:00";
    private const string Late = "2026-12-03T14:00";

    [Fact]
    public async Task They_are_asked_in_the_order_of_asking_and_taking_it_gives_theirs_back()
    {
        var (world, product) = await StartAsync();
        var freed = await product.BookAsync(new AnAppointment().At(Early));
        var odette = await product.BookAsync(new AnAppointment().At(Late).For("Odette Fictive").Calling("06 39 98 40 01"));
        await product.DispatchForAsync(1);

        var first = await product.AskForEarlierAsync(world, odette);
        var second = await product.AskAsync(world, new ARequest("06 39 98 40 02", "Marcel Fictif"));
        await product.CancelAsync(freed);
        await product.DoChoresAsync();
        await product.SendSmsAsync();
        var told = world.Sms.Delivered.Where(sms => sms.Kind == MessageKinds.Freed).ToList();
        told.Select(sms => sms.To.E164).ShouldBe(["+33639984001", "+33639984002"], ignoreOrder: true);
        told.Single(sms => sms.To.E164 == "+33639984001").Text.ShouldContain("avant votre");
        told.Single(sms => sms.To.E164 == "+33639984002").Text.ShouldNotContain("avant votre");

        var taken = (await product.ClaimAsync(first)).Value.Appointment;
        (taken.Reference, taken.Start, taken.Version, taken.Status).ShouldBe((odette.Reference, world.At(Early), 2, AppointmentStatus.Booked));
        (await product.WaitingAsync(first.Id)).ShouldBeNull();
        (await product.ClaimAsync(second)).Refusal.ShouldBeOfType<Refusal.SlotTaken>();

        // What they gave back goes to the next of the list, before anyone else.
        await product.DoChoresAsync();
        (await product.WaitingAsync(second.Id)).ShouldNotBeNull().Offers[^1].Start.ShouldBe(world.At(Late));
        (await product.IsOfferedToAllAsync(world, Late)).ShouldBeFalse();
        await product.SendSmsAsync();
        world.Sms.Delivered.ShouldContain(sms => sms.Kind == MessageKinds.Move && sms.To.E164 == "+33639984001");
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task Asking_twice_is_asking_once_and_nobody_calls()
    {
        var (world, product) = await StartAsync();
        var odette = await product.BookAsync(new AnAppointment().At(Late));
        var ask = product.Get<AskForEarlier>();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(
            () => ask.ExecuteAsync(odette.Reference, new Access.ByStaff(Actor.Hotline), TestContext.Current.CancellationToken))));
        answers.Count(answer => !answer.Value.Repeated).ShouldBe(1);
        answers.Select(answer => answer.Value.Id).Distinct().ShouldHaveSingleItem();
        (await world.RowsAsync("wait|")).ShouldHaveSingleItem();
        (await world.RowsAsync("call|")).ShouldBeEmpty();
        (await world.RowsAsync("demand|")).ShouldBeEmpty("they have an appointment: their need is met");
    }

    [Theory]
    [InlineData("2026-12-03T09:00", "another hour of the same day")]
    [InlineData("2026-12-04T09:00", "later")]
    public async Task What_is_not_an_earlier_day_is_not_theirs(string freedStart, string why)
    {
        var (world, product) = await StartAsync(advisors: 2);
        var freed = await product.BookAsync(new AnAppointment().At(freedStart));
        var odette = await product.BookAsync(new AnAppointment().At(Late));
        var person = await product.AskForEarlierAsync(world, odette);
        await product.CancelAsync(freed);
        await product.DoChoresAsync();
        (await product.WaitingAsync(person.Id)).ShouldNotBeNull().Offers.ShouldBeEmpty(why);
        (await product.IsOfferedToAllAsync(world, freedStart)).ShouldBeTrue();
    }

    [Fact]
    public async Task Who_gave_up_the_appointment_or_moved_it_before_the_offer_hears_nothing()
    {
        var (world, product) = await StartAsync(advisors: 3);
        var freed = await product.BookAsync(new AnAppointment().At(Early));
        var cancelled = await product.BookAsync(new AnAppointment().At(Late).Calling("06 39 98 41 01"));
        var moved = await product.BookAsync(new AnAppointment().At(Late).Calling("06 39 98 41 02"));
        var gone = await product.AskForEarlierAsync(world, cancelled);
        var stays = await product.AskForEarlierAsync(world, moved);
        await product.CancelAsync(cancelled);
        await product.MoveAsync(moved, "2026-11-23T09:00");
        await product.CancelAsync(freed);
        await product.DoChoresAsync();
        (await product.WaitingAsync(gone.Id)).ShouldBeNull();
        (await product.WaitingAsync(stays.Id)).ShouldNotBeNull().Offers.ShouldNotContain(offer => offer.Start == world.At(Early));
        (await product.Get<FindWaiting>().ExecuteAsync(stays.Id, product.KeyOf(stays), TestContext.Current.CancellationToken)).Value.Free.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("today")]
    [InlineData("cancelled")]
    [InlineData("wrong key")]
    public async Task It_is_refused_where_nothing_can_be_earlier(string why)
    {
        var (world, product) = await StartAsync();
        var odette = await product.BookAsync(new AnAppointment().At(Late));
        if (why == "cancelled")
        {
            await product.CancelAsync(odette);
        }
        else if (why == "today")
        {
            world.Clock.Advance(world.At("2026-12-03T00:30") - world.Clock.GetCurrentInstant());
        }

        Access access = why == "wrong key" ? new Access.ByKey("0000000000000") : new Access.ByStaff(Actor.Hotline);
        var refusal = (await product.Get<AskForEarlier>().ExecuteAsync(odette.Reference, access, TestContext.Current.CancellationToken)).Refusal;
        if (why == "wrong key")
        {
            refusal.ShouldBeOfType<Refusal.NotFound>();
        }
        else
        {
            refusal.ShouldBeOfType<Refusal.TooLate>();
        }

        (await world.RowsAsync("wait|")).ShouldBeEmpty();
    }

    [Fact]
    public async Task When_all_who_were_told_answer_at_once_one_has_it_and_nobody_loses_theirs()
    {
        for (var round = 0; round < 6; round++)
        {
            var (world, product) = await StartAsync(advisors: 2);
            var freed = await product.BookAsync(new AnAppointment().At(Early));
            await product.BookAsync(new AnAppointment().At(Early));
            var one = await product.BookAsync(new AnAppointment().At(Late).Calling("06 39 98 42 01"));
            var other = await product.BookAsync(new AnAppointment().At(Late).Calling("06 39 98 42 02"));
            var people = new[] { await product.AskForEarlierAsync(world, one), await product.AskForEarlierAsync(world, other), await product.AskAsync(world, new ARequest("06 39 98 42 03")) };
            await product.CancelAsync(freed);
            await product.DoChoresAsync();
            var outcomes = await Task.WhenAll(people.Concat(people).Select(person => Task.Run(() => product.ClaimAsync(person, world.At(Early)))));
            outcomes.Where(outcome => outcome.Refusal is null).Select(won => won.Value.Appointment.Reference).Distinct().Count().ShouldBe(1);
            var booked = (await Consistency.ShouldHoldAsync(world, product))
                .Where(appointment => appointment.Status == AppointmentStatus.Booked).ToList();
            booked.Count(appointment => appointment.Start == world.At(Early)).ShouldBe(2);
            booked.ShouldContain(appointment => appointment.Reference == one.Reference);
            booked.ShouldContain(appointment => appointment.Reference == other.Reference);
        }
    }

    [Fact]
    public async Task A_number_without_SMS_is_called_and_told_what_it_would_replace()
    {
        var (world, product) = await StartAsync();
        var freed = await product.BookAsync(new AnAppointment().At(Early));
        var odette = await product.BookAsync(new AnAppointment().At(Late).Calling("01 99 00 43 01"));
        await product.AskForEarlierAsync(world, odette);
        await product.CancelAsync(freed);
        await product.DoChoresAsync();
        var sheets = (await product.Get<Rdv.Calls.ListCalls>().ExecuteAsync(world.Territory, null, TestContext.Current.CancellationToken)).Sheets;
        var sentence = sheets.Single(sheet => sheet.Call.Kind == MessageKinds.Freed).Sentence;
        sentence.ShouldContain(FrenchDates.Spoken(AnAppointment.Wall(Early)));
        sentence.ShouldContain("à la place de votre rendez-vous du " + FrenchDates.Spoken(AnAppointment.Wall(Late)));
    }
}
