using Microsoft.Extensions.Logging;
using NodaTime;
using Rdv.Dispatch;
using Rdv.Messages;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Dispatch;

/// <summary>What holds messages back, on every instance: a pause, the provider's limits, the budget, the night. Nothing is lost, nothing is silent.</summary>
public sealed class HeldTests(TableStorage storage) : ProductTest(storage)
{
    [Fact]
    public async Task A_pause_holds_on_every_instance_and_across_restarts_and_loses_nothing()
    {
        var (world, product) = await StartAsync();
        await using (product)
        {
            await PauseAsync(product, sms: true);
            await product.BookAsync(new AnAppointment());
            await product.DispatchForAsync(3);
            world.Sms.Asked.ShouldBeEmpty();
            world.Mail.KindsTo("a1").ShouldBe(["invite"]);
        }

        var restarted = world.Start();
        await restarted.DispatchForAsync(3);
        world.Sms.Asked.ShouldBeEmpty();
        await PauseAsync(restarted, sms: false, mail: true);
        await restarted.BookAsync(new AnAppointment().At("2026-11-24T11:00"));
        await restarted.DispatchForAsync(1);
        world.Sms.Kinds.ShouldBe(["confirmation", "confirmation"]);
        world.Mail.KindsTo("a1").ShouldBe(["invite"]);
        await PauseAsync(restarted, mail: false);
        await restarted.DispatchForAsync(1);
        world.Mail.KindsTo("a1").ShouldBe(["invite", "invite"]);
        (await world.CallsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_cannot_wait_for_the_end_of_a_pause_is_called_while_there_is_time()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment().At("2026-11-16T13:00"));
        await product.BookAsync(new AnAppointment());
        await PauseAsync(product, sms: true);
        await product.DispatchForAsync(3 * 60);
        (await world.CallsAsync()).ShouldBeEmpty();
        world.GoTo("2026-11-16T12:31");
        await product.DispatchForAsync(10);
        (await world.CallsAsync()).ShouldBe(["undelivered confirmation"]);
        var call = (await product.Get<Rdv.Calls.ListCalls>().ExecuteAsync(world.Territory, null, CancellationToken.None)).Sheets.ShouldHaveSingleItem();
        call.Sentence.ShouldContain("treize heures");
        (await world.LogAsync()).ShouldContain("confirmation 1 Failed");

        // The reminder of the other: in time for a call, before the hours in which it could leave are over.
        world.GoTo("2026-11-23T18:31");
        await product.DispatchForAsync(2);
        (await world.CallsAsync()).ShouldContain("undelivered reminder");
        world.Sms.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cancelled_appointment_leaves_a_pause_without_a_call()
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment().At("2026-11-16T13:00"));
        await product.DispatchAsync();
        await PauseAsync(product, sms: true);
        await product.CancelAsync(booked);
        world.GoTo("2026-11-16T12:45");
        await product.DispatchForAsync(2);
        (await world.CallsAsync()).ShouldBe(["undelivered cancellation"]);
        world.GoTo("2026-11-16T13:30");
        await product.DispatchForAsync(2);
        (await world.RowsAsync("due|sms|")).ShouldBeEmpty();
        (await world.CallsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_minute_has_so_many_sms_for_all_instances_together()
    {
        var (world, product) = await StartAsync(settings: new() { ["Sms:PerMinute"] = "5" });
        var second = world.Start(settings: new() { ["Sms:PerMinute"] = "5" });
        await BookAsync(product, 12);
        await Task.WhenAll(Task.Run(product.SendSmsAsync), Task.Run(second.SendSmsAsync));
        world.Sms.Asked.Count.ShouldBe(5);
        await product.SendSmsAsync();
        world.Sms.Asked.Count.ShouldBe(5);
        world.Clock.AdvanceMinutes(1);
        await Task.WhenAll(Task.Run(product.SendSmsAsync), Task.Run(second.SendSmsAsync));
        world.Sms.Asked.Count.ShouldBe(10);
        world.Clock.AdvanceMinutes(1);
        await product.SendSmsAsync();
        world.Sms.Delivered.Select(sms => sms.Reference).Distinct().Count().ShouldBe(12);
        world.Sms.Asked.Count.ShouldBe(12);
    }

    [Fact]
    public async Task What_a_run_leased_and_did_not_need_is_given_back()
    {
        var (world, product) = await StartAsync(settings: new() { ["Sms:PerDay"] = "12" });
        for (var hour = 8; hour < 20; hour++)
        {
            await product.BookAsync(new AnAppointment().At($"2026-11-24T{hour:00}:00"));
            await product.SendSmsAsync();
        }

        world.Sms.Asked.Count.ShouldBe(12);
        (await product.Get<PauseDispatch>().ReadAsync(CancellationToken.None)).SmsToday.ShouldBe(12);
    }

    [Fact]
    public async Task The_budget_of_a_day_is_an_alarm_and_the_next_day_goes_on()
    {
        var (world, product) = await StartAsync(settings: new() { ["Sms:PerDay"] = "3" });
        await BookAsync(product, 5);
        var urgent = await product.BookAsync(new AnAppointment().At("2026-11-16T14:00"));
        world.GoTo("2026-11-16T11:00");
        await product.DispatchForAsync(2);
        world.Sms.Asked.Count.ShouldBe(3);
        product.Logs.Of(LogLevel.Error).ShouldContain(line => line.Contains("budget of 3 SMS", StringComparison.Ordinal));
        (await product.Get<PauseDispatch>().ReadAsync(CancellationToken.None)).BudgetSpent.ShouldBeTrue();
        product.Logs.Of(LogLevel.Error).ShouldAllBe(line => !line.Contains("Fictive", StringComparison.Ordinal));

        // What cannot wait for tomorrow is a call at once; the others leave tomorrow.
        (await world.CallsAsync()).ShouldBe(world.Sms.Asked.Any(sms => sms.Reference == urgent.Reference) ? [] : ["undelivered confirmation"]);
        world.GoTo("2026-11-17T00:00");
        await product.DispatchForAsync(1);
        (world.Sms.Asked.Count + (await world.CallsAsync()).Count).ShouldBe(6);
        (await world.RowsAsync("due|sms|2026-11-16")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_provider_that_says_when_to_come_back_says_it_to_everyone()
    {
        var (world, product) = await StartAsync();
        await BookAsync(product, 12);
        world.Sms.Refuse = _ => new SendResult.Unavailable("429", Duration.FromMinutes(10));
        await product.SendSmsAsync();
        var asked = world.Sms.Asked.Count;
        asked.ShouldBeLessThan(12);
        world.Sms.Refuse = null;
        await using (var restarted = world.Start())
        {
            world.Clock.AdvanceMinutes(1);
            await restarted.DispatchForAsync(8);
            world.Sms.Asked.Count.ShouldBe(asked);
            await restarted.DispatchForAsync(2);
        }

        world.Sms.Delivered.Select(sms => sms.Reference).Distinct().Count().ShouldBe(12);
        (await world.CallsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reminder_that_was_held_up_does_not_ring_at_night()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment().At("2026-11-24T15:00"));
        await product.BookAsync(new AnAppointment());
        await product.DispatchAsync();
        world.GoTo("2026-11-23T21:00");
        await product.DispatchForAsync(1);
        world.Sms.Kinds.ShouldBe(["confirmation", "confirmation"]);
        // The one at nine could not leave before its deadline any more.
        (await world.CallsAsync()).ShouldBe(["undelivered reminder"]);
        world.GoTo("2026-11-24T08:59");
        await product.DispatchForAsync(1);
        world.Sms.Kinds[^1].ShouldBe("reminder");
        world.Sms.Kinds.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_deadline_that_passes_between_two_tries_is_a_call_at_once()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment());
        await product.DispatchAsync();
        world.GoTo("2026-11-24T08:20");
        world.Sms.Refuse = _ => new SendResult.Unavailable("503");
        // The hours first: it waits for nine o'clock, which is too late for it.
        await product.SendSmsAsync();
        (await world.CallsAsync()).ShouldBe(["undelivered reminder"]);

        await product.BookAsync(new AnAppointment().At("2026-11-24T14:00").RemindedTwoHoursBefore());
        world.GoTo("2026-11-24T13:00");
        await product.DispatchForAsync(40);
        (await world.CallsAsync()).ShouldContain("undelivered reminder");
        (await world.CallsAsync()).ShouldContain("undelivered confirmation");
        (await world.RowsAsync("due|sms|")).ShouldBeEmpty();
        world.Sms.Kinds.ShouldBe(["confirmation"]);
    }

    [Fact]
    public async Task A_pause_reaches_what_waits_for_its_next_try()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment().At("2026-11-16T12:00"));
        world.Sms.Refuse = _ => new SendResult.Unavailable("503", Duration.FromMinutes(29));
        world.GoTo("2026-11-16T11:30");
        await product.SendSmsAsync();
        await PauseAsync(product, sms: true);
        world.Clock.AdvanceMinutes(1);
        await product.SendSmsAsync();
        world.Sms.Asked.Count.ShouldBe(1);
        (await world.CallsAsync()).ShouldBe(["undelivered confirmation"]);
    }

    [Fact]
    public async Task A_call_whose_answer_is_lost_is_made_once_and_nothing_is_said_to_have_failed()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment());
        world.Sms.Refuse = _ => new SendResult.Rejected("400");
        product.Storage.FailTransactions(StorageFault.AnswerLost, 2);
        await product.SendSmsAsync();
        product.Storage.Mend();
        await product.DispatchForAsync(3);
        (await world.CallsAsync()).ShouldBe(["undelivered confirmation"]);
        world.Sms.Asked.Count.ShouldBe(1);
        product.Logs.Of(LogLevel.Error).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_kill_while_a_call_takes_the_place_of_a_message_leaves_one_call()
    {
        for (var step = 1; ; step++)
        {
            var (world, product) = await StartAsync();
            await product.BookAsync(new AnAppointment());
            world.Sms.LosesAnswers = true;
            await product.SendSmsAsync();
            world.Clock.AdvanceMinutes(10);
            var kill = await world.KillAsync(new KillSwitch(step), killed => killed.SendSmsAsync());

            world.Clock.AdvanceMinutes(2);
            await product.DispatchForAsync(3);
            (await world.CallsAsync()).ShouldBe(["unknown confirmation"], kill.Where ?? "never");
            world.Sms.Asked.Count.ShouldBe(1, kill.Where ?? "never");
            (await world.LogAsync()).ShouldContain("confirmation 1 Unknown", kill.Where ?? "never");
            if (!kill.Fired)
            {
                break;
            }
        }
    }

    [Fact]
    public async Task A_row_that_nobody_can_read_ends_and_says_so_once()
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment());
        var row = (await world.RowsAsync($"rdv|{booked.Reference.Code}")).Single();
        row["Status"] = "Nothing";
        await world.Table.UpsertEntityAsync(row);
        await product.DispatchForAsync(3);
        product.Logs.Of(LogLevel.Error).Count(line => line.StartsWith("The confirmation about", StringComparison.Ordinal)).ShouldBe(1);
        product.Logs.Of(LogLevel.Error).Count(line => line.StartsWith("The invite about", StringComparison.Ordinal)).ShouldBe(1);
        (await world.LogAsync()).ShouldBe(["confirmation 1 Failed", "invite 1 Failed"], ignoreOrder: true);
        (await world.RowsAsync("due|")).Where(due => due.RowKey.Contains(booked.Reference.Code, StringComparison.Ordinal))
            .ShouldAllBe(due => due.RowKey.Contains("|reminder", StringComparison.Ordinal));
        (await world.CallsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_kill_between_lease_and_end_costs_no_message()
    {
        for (var step = 1; ; step++)
        {
            var (world, product) = await StartAsync(settings: new() { ["Sms:PerDay"] = "1000" });
            await product.BookAsync(new AnAppointment());
            var kill = await world.KillAsync(new KillSwitch(step), killed => killed.SendSmsAsync());

            world.Clock.AdvanceMinutes(2);
            await product.DispatchForAsync(3);
            world.Sms.Kinds.ShouldBe(["confirmation"], kill.Where ?? "never");
            (await product.Get<PauseDispatch>().ReadAsync(CancellationToken.None)).SmsToday.ShouldBeInRange(1, 1 + SendAllowance.Lease, kill.Where ?? "never");
            if (!kill.Fired)
            {
                break;
            }
        }
    }

    private static Task<DispatchStatus> PauseAsync(Product product, bool? sms = null, bool? mail = null) =>
        product.Get<PauseDispatch>().ChangeAsync(sms, mail, CancellationToken.None);

    private static async Task BookAsync(Product product, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await product.BookAsync(new AnAppointment().At($"2026-11-{24 + (i / 10)}T{8 + (i % 10):00}:00"));
        }
    }
}
