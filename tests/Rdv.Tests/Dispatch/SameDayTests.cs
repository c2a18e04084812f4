using NodaTime;
using Rdv.Calls;
using Rdv.Directory.Import;
using Rdv.People;
using Rdv.Territories;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Dispatch;

/// <summary>One person with several appointments on a day hears of the day once; and news never wait for reminders.</summary>
public sealed class SameDayTests(TableStorage storage) : ProductTest(storage)
{
    private const string Phone = "06 39 98 61 01";
    private const string Eve = "2026-11-23T11:30";

    [Fact]
    public async Task Two_appointments_of_one_day_are_one_reminder_that_names_both_hours()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment().At("2026-11-24T09:30").Calling(Phone));
        await product.BookAsync(new AnAppointment().At("2026-11-24T14:00").Calling(Phone));
        await product.DispatchAsync();
        world.GoTo("2026-11-20T11:30");
        await product.DispatchForAsync(2);
        world.GoTo(Eve);
        await product.DispatchForAsync(2);
        world.Sms.Kinds.ShouldBe(["confirmation", "confirmation", "reminder", "reminder"]);
        world.Sms.Delivered[^1].Text.ShouldContain("9h30 et 14h");
        world.Sms.Delivered[^1].Text.ShouldContain("24 nov");
        world.Sms.Delivered[^1].Text.ShouldContain("1 rue du Parc");
        world.Sms.Delivered[^1].Text.ShouldContain("01 99 00 12 34");
        (await world.RowsAsync("due|sms|")).ShouldBeEmpty();
        (await world.LogAsync()).Count(line => line == "reminder 1 Sent").ShouldBe(2);
    }

    [Fact]
    public async Task Under_the_limit_of_a_minute_the_second_is_still_told_with_the_first()
    {
        var (world, product) = await StartAsync(settings: new() { ["Sms:PerMinute"] = "1" });
        await product.BookAsync(new AnAppointment().At("2026-11-24T09:30").Calling(Phone));
        await product.BookAsync(new AnAppointment().At("2026-11-24T14:00").Calling(Phone));
        await product.DispatchForAsync(3);
        world.GoTo(Eve);
        await product.DispatchForAsync(5);
        world.Sms.Kinds.ShouldBe(["confirmation", "confirmation", "reminder"]);
    }

    [Fact]
    public async Task One_that_was_cancelled_is_not_named_and_another_day_or_number_has_its_own()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment().At("2026-11-24T09:30").Calling(Phone).HelpedBy("06 39 98 61 09"));
        await product.CancelAsync(await product.BookAsync(new AnAppointment().At("2026-11-24T14:00").Calling(Phone)));
        await product.BookAsync(new AnAppointment().At("2026-11-24T16:00").Calling("06 39 98 61 02"));
        await product.BookAsync(new AnAppointment().At("2026-11-25T16:00").Calling(Phone));
        await product.DispatchAsync();
        world.GoTo(Eve);
        await product.DispatchForAsync(2);
        var reminders = world.Sms.Delivered.Where(sms => sms.Kind == "reminder").ToList();
        reminders.Count(sms => sms.Text.Contains("24 nov", StringComparison.Ordinal) || sms.Text.Contains("24/11", StringComparison.Ordinal)).ShouldBe(3);
        reminders.ShouldAllBe(sms => !sms.Text.Contains("14h", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reminder_that_did_not_leave_takes_no_other_with_it()
    {
        var (world, product) = await StartAsync();
        var first = await product.BookAsync(new AnAppointment().At("2026-11-24T09:30").Calling(Phone));
        var second = await product.BookAsync(new AnAppointment().At("2026-11-24T14:00").Calling(Phone));
        await product.DispatchAsync();
        world.GoTo(Eve);
        world.Sms.Refuse = _ => new Rdv.Messages.SendResult.Unavailable("503");
        await product.SendSmsAsync();
        (await world.RowsAsync("due|sms|")).Select(row => row.RowKey.Split('|')[3]).Distinct().Order()
            .ShouldBe(new[] { first.Reference.Code, second.Reference.Code }.Order());
        world.Sms.Refuse = null;
        await product.DispatchForAsync(3);
        world.Sms.Kinds.Skip(2).ShouldBe(["reminder"]);
    }

    [Fact]
    public async Task Someone_on_a_landline_with_three_appointments_on_a_day_is_one_call_that_names_them()
    {
        var (world, product) = await StartAsync();
        foreach (var hour in new[] { "09:30", "14:00", "16:00" })
        {
            await product.BookAsync(new AnAppointment().At($"2026-11-24T{hour}").OnALandline().BookedBy(Actor.Hotline));
        }

        (await world.CallsAsync()).ShouldBe(["landline reminder"]);
        world.GoTo(Eve);
        var call = (await CallsAsync(world, product)).ShouldHaveSingleItem();
        call.Sentence.ShouldContain("Je vous rappelle vos 3 rendez-vous");
        call.Sentence.ShouldContain("neuf heures et demie");
        call.Sentence.ShouldContain("quatorze heures");
        call.Sentence.ShouldContain("seize heures");
    }

    [Fact]
    public async Task Of_what_is_over_the_limit_of_a_number_two_instances_at_once_make_one_call()
    {
        var (world, product) = await StartAsync(advisors: 4);
        var other = world.Start();
        for (var i = 0; i < 44; i++)
        {
            await product.BookAsync(new AnAppointment().At($"2026-11-24T{8 + (i % 11):00}:00").With($"a{1 + (i / 11)}").Calling(Phone).BookedBy(Actor.Hotline));
        }

        await Task.WhenAll(Task.Run(product.SendSmsAsync), Task.Run(other.SendSmsAsync));
        await product.DispatchForAsync(3);
        (await world.CallsAsync()).ShouldBe(["undelivered confirmation"]);
        (await CallsAsync(world, product)).ShouldHaveSingleItem().Sentence.ShouldContain("Vous avez 10 rendez-vous");
    }

    [Fact]
    public async Task A_cancellation_by_the_advisor_that_is_over_the_limit_is_read_aloud()
    {
        var (world, product) = await StartAsync();
        var booked = new List<Rdv.Appointments.Appointment>();
        for (var hour = 8; hour < 18; hour++)
        {
            booked.Add(await product.BookAsync(new AnAppointment().At($"2026-11-24T{hour:00}:00").Calling(Phone).BookedBy(Actor.Hotline)));
        }

        await product.DispatchForAsync(2);
        foreach (var appointment in booked.Skip(8))
        {
            await product.CancelAsync(appointment, Actor.Advisor);
        }

        await product.DispatchForAsync(2);
        var sentence = (await CallsAsync(world, product)).ShouldHaveSingleItem().Sentence;
        sentence.ShouldContain("Vous avez 8 rendez-vous");
        sentence.ShouldContain("à seize heures est annulé");
        sentence.ShouldContain("à dix-sept heures est annulé");
    }

    [Fact]
    public async Task A_call_that_nobody_ever_answers_ends()
    {
        var (world, product) = await StartAsync(now: Instant.FromUtc(2026, 11, 2, 8, 0));
        await product.BookAsync(new AnAppointment());
        world.Sms.Refuse = _ => new Rdv.Messages.SendResult.Rejected("no-such-number");
        await product.DispatchForAsync(1);
        var calls = 0;
        for (var day = 0; day < 20; day++)
        {
            foreach (var sheet in await CallsAsync(world, product))
            {
                await product.Get<FinishCall>().ExecuteAsync(sheet.Id, CallOutcome.NoAnswer, null, TestContext.Current.CancellationToken);
                calls++;
            }

            world.Clock.AdvanceHours(24);
        }

        calls.ShouldBe(FinishCall.MaxAttempts);
    }

    [Fact]
    public async Task A_confirmation_leaves_at_the_next_run_though_hundreds_of_reminders_of_another_territory_are_due()
    {
        var (world, product) = await StartAsync(advisors: 5, settings: new() { ["Sms:PerMinute"] = "10" });
        for (var i = 0; i < 50; i++)
        {
            await product.BookAsync(new AnAppointment().At($"2026-11-24T{8 + (i % 10):00}:00").With($"a{1 + (i / 10)}"));
        }

        await product.DispatchForAsync(5);
        await Directories.FillAsync(product.Get<WriteDirectory>(), Territory.Parse("01"), advisors: 1);
        world.GoTo("2026-11-23T11:31");
        var told = world.Sms.Kinds.Count;
        await product.SendSmsAsync();
        world.Sms.Kinds.Skip(told).ShouldBe(Enumerable.Repeat("reminder", 10));

        var wanted = new AnAppointment().At("2026-11-26T09:00").In(Territory.Parse("01"));
        await product.Get<Rdv.Booking.BookAppointment>().ExecuteAsync(wanted, TestContext.Current.CancellationToken);
        await product.BookAsync(new AnAppointment().At("2026-11-26T10:00"));
        world.Clock.AdvanceMinutes(1);
        told = world.Sms.Kinds.Count;
        await product.SendSmsAsync();
        world.Sms.Kinds.Skip(told).CountBy(kind => kind).ToDictionary().ShouldBe(
            new Dictionary<string, int> { ["confirmation"] = 2, ["reminder"] = 8 }, ignoreOrder: true);
    }

    private static async Task<IReadOnlyList<CallSheet>> CallsAsync(World world, Product product) =>
        (await product.Get<ListCalls>().ExecuteAsync(world.Territory, null, TestContext.Current.CancellationToken)).Sheets;
}
