using Azure.Data.Tables;
using NodaTime;
using Rdv.Calls;
using Rdv.Messages;
using Rdv.People;
using Rdv.Sms;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Dispatch;

/// <summary>Who is told what by SMS: judged when it is due, from what is true then.</summary>
public sealed class SmsRulesTests(TableStorage storage) : ProductTest(storage)
{
    private const string ReminderTime = "2026-11-23T11:30";

    [Fact]
    public async Task A_booking_is_confirmed_at_once_and_reminded_three_days_and_a_day_before()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment());
        await product.DispatchAsync();
        world.Sms.Kinds.ShouldBe(["confirmation"]);
        // The Friday before: three days before is a Saturday, when the hotline does not answer.
        world.GoTo("2026-11-20T08:59");
        await product.DispatchAsync();
        world.Sms.Kinds.ShouldBe(["confirmation"]);
        world.GoTo("2026-11-20T11:30");
        await product.DispatchAsync();
        world.Sms.Kinds.ShouldBe(["confirmation", "reminder"]);
        world.GoTo("2026-11-23T08:59");
        await product.DispatchAsync();
        world.Sms.Kinds.ShouldBe(["confirmation", "reminder"]);
        world.GoTo(ReminderTime);
        await product.DispatchForAsync(3);
        world.Sms.Kinds.ShouldBe(["confirmation", "reminder", "reminder"]);
        (await world.CallsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_number_gets_ten_sms_a_day_and_what_is_over_becomes_one_call()
    {
        var (world, product) = await StartAsync();
        for (var hour = 8; hour < 20; hour++)
        {
            await product.BookAsync(new AnAppointment().At($"2026-11-24T{hour:D2}:00").Calling("06 39 98 55 55").BookedBy(Actor.Hotline));
        }

        await product.DispatchForAsync(2);
        world.Sms.Delivered.Count.ShouldBe(10);
        (await world.CallsAsync()).ShouldBe(["undelivered confirmation"]);
        world.GoTo("2026-11-17T10:00");
        await product.BookAsync(new AnAppointment().At("2026-11-25T09:00").Calling("06 39 98 55 55").BookedBy(Actor.Hotline));
        await product.DispatchAsync();
        world.Sms.Delivered.Count.ShouldBe(11);
    }

    /// <summary>A process that ends forgets; the platform ends many in a day.</summary>
    [Fact]
    public async Task A_restart_does_not_forget_how_many_a_number_had()
    {
        const int Instances = 4;
        var (world, _) = await StartAsync();
        for (var day = 0; day < Instances; day++)
        {
            await using var instance = world.Start();
            for (var hour = 8; hour < 20; hour++)
            {
                await instance.BookAsync(new AnAppointment().At($"2026-11-{24 + day}T{hour:00}:00").Calling("06 39 98 55 57").BookedBy(Actor.Hotline));
            }

            await instance.DispatchForAsync(2);
        }

        world.Sms.Delivered.Count.ShouldBe(10 + ((Instances - 1) * SmsQuota.Uncounted));
    }

    [Fact]
    public async Task Whoever_books_and_cancels_over_and_over_is_called_once()
    {
        var (world, product) = await StartAsync();
        for (var i = 0; i < 20; i++)
        {
            var booked = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00").Calling("06 39 98 55 56").BookedBy(Actor.Hotline));
            await product.DispatchAsync();
            await product.CancelAsync(booked);
            await product.DispatchAsync();
            world.Clock.AdvanceSeconds(5);
        }

        world.Sms.Delivered.Count.ShouldBe(10);
        (await product.Get<ListCalls>().ExecuteAsync(world.Territory, null, TestContext.Current.CancellationToken)).Sheets.ShouldHaveSingleItem();

        // The call that was made does not silence the next one.
        foreach (var sheet in (await product.Get<ListCalls>().ExecuteAsync(world.Territory, null, TestContext.Current.CancellationToken)).Sheets)
        {
            await product.Get<FinishCall>().ExecuteAsync(sheet.Id, CallOutcome.Reached, null, TestContext.Current.CancellationToken);
        }

        await product.BookAsync(new AnAppointment().At("2026-11-24T09:00").Calling("06 39 98 55 56").BookedBy(Actor.Hotline));
        await product.DispatchAsync();
        (await product.Get<ListCalls>().ExecuteAsync(world.Territory, null, TestContext.Current.CancellationToken)).Sheets.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_run_that_comes_late_skips_nothing()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment());
        world.GoTo("2026-11-23T16:43");
        await product.DispatchAsync();
        world.Sms.Kinds.ShouldBe(["confirmation", "reminder"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_cancelled_appointment_gets_no_reminder()
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment());
        await product.DispatchAsync();
        await product.CancelAsync(booked);
        await product.DispatchAsync();
        world.GoTo(ReminderTime);
        await product.DispatchForAsync(2);
        world.Sms.Kinds.ShouldBe(["confirmation", "cancellation"]);
        (await world.LogAsync()).ShouldContain("reminder 1 Superseded");
        (await world.DueAsync("due|sms|")).ShouldBeEmpty();
        (await world.DueAsync("due|mail|")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cancellation_that_crosses_the_claim_stops_the_reminder()
    {
        var (world, product) = await StartAsync();
        var other = world.Start();
        var booked = await product.BookAsync(new AnAppointment());
        await product.DispatchAsync();
        world.GoTo(ReminderTime);
        product.Storage.Meanwhile = async request =>
        {
            if (request.What == "update")
            {
                await other.TryCancelAsync(booked);
            }
        };
        await product.SendSmsAsync();
        world.Sms.Kinds.ShouldBe(["confirmation"]);
        product.Storage.Meanwhile = null;
        await product.SendSmsAsync();
        world.Sms.Kinds.ShouldBe(["confirmation", "cancellation"]);
    }

    [Fact]
    public async Task A_moved_appointment_loses_its_old_reminder_and_gets_a_new_one()
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment());
        await product.DispatchAsync();
        await product.MoveAsync(booked, "2026-11-26T14:00");
        await product.DispatchAsync();
        world.GoTo(ReminderTime);
        await product.DispatchForAsync(2);
        world.Sms.Kinds.ShouldBe(["confirmation", "move", "reminder"]);
        world.Sms.Delivered[^1].Text.ShouldContain("26 nov");
        world.GoTo("2026-11-25T11:30");
        await product.DispatchForAsync(2);
        world.Sms.Kinds.ShouldBe(["confirmation", "move", "reminder", "reminder"]);
        world.Sms.Delivered[^1].Text.ShouldContain("26 nov");
        world.Sms.Delivered[^1].Text.ShouldContain("14h");
    }

    [Fact]
    public async Task A_booking_cancelled_before_the_first_run_is_one_sms()
    {
        var (world, product) = await StartAsync();
        await product.CancelAsync(await product.BookAsync(new AnAppointment()));
        await product.DispatchForAsync(2);
        world.Sms.Kinds.ShouldBe(["cancellation"]);
        world.Mail.Received.ShouldBeEmpty();
        (await world.LogAsync()).ShouldContain("confirmation 1 Superseded");
    }

    [Fact]
    public async Task A_booking_moved_twice_before_the_first_run_is_one_sms_that_says_the_last_time()
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment());
        await product.MoveAsync(await product.MoveAsync(booked, "2026-11-25T10:00"), "2026-11-26T15:00");
        await product.DispatchForAsync(2);
        world.Sms.Delivered.ShouldHaveSingleItem().Text.ShouldContain("15h");
    }

    [Fact]
    public async Task A_provider_that_is_away_is_asked_again_later_and_later()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment());
        world.Sms.Refuse = _ => new SendResult.Unavailable("503");
        await product.DispatchForAsync(14);
        world.Sms.Asked.Count.ShouldBe(4); // at 0, 1, 3 and 7 minutes; the next at 15
        world.Sms.Refuse = null;
        await product.DispatchForAsync(1);
        world.Sms.Kinds.ShouldBe(["confirmation"]);
        (await world.CallsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_provider_says_itself_when_to_come_back()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment());
        world.Sms.Refuse = _ => new SendResult.Unavailable("429", Duration.FromMinutes(10));
        await product.DispatchForAsync(9);
        world.Sms.Asked.Count.ShouldBe(1);
        world.Sms.Refuse = null;
        await product.DispatchForAsync(1);
        world.Sms.Kinds.ShouldBe(["confirmation"]);
    }

    [Fact]
    public async Task A_provider_that_stays_away_past_the_deadline_leaves_a_call()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment().At("2026-11-16T12:00"));
        world.Sms.Refuse = _ => new SendResult.Unavailable("503");
        await product.DispatchForAsync(180);
        (await world.CallsAsync()).ShouldBe(["undelivered confirmation"]);
    }

    [Fact]
    public async Task A_number_that_is_refused_becomes_a_call()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment());
        world.Sms.Refuse = _ => new SendResult.Rejected("400");
        await product.DispatchForAsync(3);
        world.Sms.Asked.Count.ShouldBe(1);
        (await world.CallsAsync()).ShouldBe(["undelivered confirmation"]);
        (await world.LogAsync()).ShouldContain("confirmation 1 Failed");
    }

    [Theory]
    [InlineData("a key that nobody writes")]
    [InlineData("no deadline")]
    [InlineData("a claim of another type")]
    [InlineData("no appointment")]
    [InlineData("an appointment that cannot be read")]
    [InlineData("a gateway that throws")]
    public async Task One_bad_row_does_not_stop_the_others(string bad)
    {
        var (world, product) = await StartAsync();
        var first = await product.BookAsync(new AnAppointment());
        for (var hour = 10; hour < 16; hour++)
        {
            await product.BookAsync(new AnAppointment().At($"2026-11-24T{hour}:00"));
        }

        var due = (await world.DueAsync("due|sms|2026-11-16")).Single(row => row.RowKey.Contains(first.Reference.Code, StringComparison.Ordinal));
        switch (bad)
        {
            case "a key that nobody writes":
                await ReplaceAsync(due, row => row.RowKey = "due|sms|2026-11-16T07:00:00Z|nobody");
                break;
            case "no deadline":
                await ReplaceAsync(due, row => row.Remove("Deadline"));
                break;
            case "a claim of another type":
                await ReplaceAsync(due, row =>
                {
                    row["ClaimedAt"] = World.Monday.ToDateTimeOffset();
                    row["FirstSent"] = World.Monday.ToDateTimeOffset();
                    row["NotBefore"] = World.Monday.ToDateTimeOffset();
                    row["RepeatabilityId"] = 7;
                });
                break;
            case "no appointment":
                await world.Table.DeleteEntityAsync(world.Territory.Code, $"rdv|{first.Reference.Code}");
                break;
            case "an appointment that cannot be read":
                await ReplaceAsync((await world.RowsAsync($"rdv|{first.Reference.Code}")).Single(), row => row["Status"] = "Nothing");
                break;
            default:
                world.Sms.Refuse = sms => sms.Reference == first.Reference ? throw new InvalidOperationException("A bug of a gateway.") : null;
                break;
        }

        await product.SendSmsAsync();
        world.Sms.Kinds.ShouldBe(Enumerable.Repeat("confirmation", 6));

        async Task ReplaceAsync(TableEntity row, Action<TableEntity> change)
        {
            await world.Table.DeleteEntityAsync(row.PartitionKey, row.RowKey);
            change(row);
            await world.Table.AddEntityAsync(row);
        }
    }

    [Fact]
    public async Task What_comes_after_its_deadline_is_not_sent()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment());
        // A confirmation is of use until the start, a reminder until half an hour before.
        world.GoTo("2026-11-24T08:31");
        await product.DispatchAsync();
        world.Sms.Kinds.ShouldBe(["confirmation"]);
        (await world.LogAsync()).ShouldContain("reminder 1 Late");

        await product.BookAsync(new AnAppointment().At("2026-11-24T11:00"));
        world.GoTo("2026-11-24T11:01");
        await product.DispatchAsync();
        world.Sms.Kinds.ShouldBe(["confirmation"]);
        (await world.DueAsync("due|sms|")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_landline_gets_a_call_in_place_of_a_reminder()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment().OnALandline().BookedBy(Actor.Hotline));
        (await world.CallsAsync()).ShouldBe(["landline reminder"]);
        (await world.RowsAsync("call|")).Single().GetDateTimeOffset("DueAt")!.Value
            .ShouldBeInRange(world.At("2026-11-23T09:00").ToDateTimeOffset(), world.At("2026-11-23T11:30").ToDateTimeOffset());
        world.GoTo(ReminderTime);
        await product.DispatchForAsync(2);
        world.Sms.Asked.ShouldBeEmpty();
        world.Mail.KindsTo("a1").ShouldBe(["invite"]);
    }

    [Fact]
    public async Task A_helper_is_told_too_and_nobody_twice()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment().Calling("06 39 98 11 11").HelpedBy("06 39 98 22 22"));
        await product.BookAsync(new AnAppointment().At("2026-11-24T14:00").Calling("06 39 98 33 33").HelpedBy("06 39 98 33 33"));
        await product.DispatchForAsync(2);
        world.Sms.Delivered.Select(sms => sms.To.E164).ShouldBe(["+33639981111", "+33639982222", "+33639983333"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_reminder_two_hours_before_is_for_those_who_asked()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment().At("2026-11-24T14:00").RemindedTwoHoursBefore());
        await product.BookAsync(new AnAppointment().At("2026-11-24T15:00"));
        world.GoTo("2026-11-23T12:00");
        await product.DispatchAsync();
        world.GoTo("2026-11-24T12:00");
        await product.DispatchForAsync(90);
        world.Sms.Kinds.CountBy(kind => kind).ToDictionary().ShouldBe(
            new Dictionary<string, int> { ["confirmation"] = 2, ["reminder"] = 3 }, ignoreOrder: true);
    }

    [Fact]
    public async Task A_cancellation_by_the_advisor_shortly_before_is_an_urgent_call_as_well()
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment());
        await product.DispatchAsync();
        world.GoTo("2026-11-24T06:30");
        await product.CancelAsync(booked, Actor.Advisor);
        await product.DispatchAsync();
        world.Sms.Kinds[^1].ShouldBe("cancellation");
        (await world.CallsAsync()).ShouldBe(["urgent cancellation"]);
    }

    [Fact]
    public async Task Several_instances_send_each_message_once()
    {
        var (world, product) = await StartAsync();
        for (var day = 23; day < 28; day++)
        {
            for (var hour = 9; hour < 15; hour++)
            {
                await product.BookAsync(new AnAppointment().At($"2026-11-{day}T{hour:00}:00"));
            }
        }

        var second = world.Start();
        var third = world.Start();
        await Task.WhenAll(new[] { product, second, third }.SelectMany(instance => new[] { Task.Run(instance.SendSmsAsync), Task.Run(instance.SendInvitesAsync) }));
        world.Sms.Asked.Count.ShouldBe(30);
        world.Sms.Delivered.Select(sms => sms.Reference).Distinct().Count().ShouldBe(30);
        world.Mail.Received.Count.ShouldBe(30);
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task A_settlement_whose_answer_is_lost_is_made_once()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment());
        product.Storage.FailTransactions(StorageFault.AnswerLost, 4);
        await product.SendSmsAsync();
        product.Storage.Mend();
        await product.DispatchForAsync(6);
        world.Sms.Asked.Count.ShouldBe(1);
        (await world.CallsAsync()).ShouldBeEmpty();
        (await world.LogAsync()).ShouldContain("confirmation 1 Sent");
    }
}
