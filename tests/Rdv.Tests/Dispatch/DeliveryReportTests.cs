using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Calls;
using Rdv.Dispatch;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.Territories;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Dispatch;

/// <summary>What the provider says after an SMS has left: repeated, in any order, before we have settled, and through kills.</summary>
public sealed class DeliveryReportTests(TableStorage storage) : ProductTest(storage)
{
    [Fact]
    public async Task A_delivered_message_is_known_as_delivered()
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment());
        await product.SendSmsAsync();
        (await product.ReportAsync(world.Sms.Delivered[0])).ShouldBe(ReportOutcome.Taken);
        (await product.ReportAsync(world.Sms.Delivered[0])).ShouldBe(ReportOutcome.Known);
        (await KnownAsync(product, booked)).ShouldBe(["confirmation Delivered"]);
        (await world.CallsAsync()).ShouldBeEmpty();
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task One_that_did_not_arrive_is_one_call_however_often_it_is_reported()
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment());
        await product.SendSmsAsync();
        var sms = world.Sms.Delivered[0];
        (await product.ReportAsync(sms, delivered: false, reason: "report-4010")).ShouldBe(ReportOutcome.Taken);
        (await product.ReportAsync(sms, delivered: false)).ShouldBe(ReportOutcome.Known);
        (await world.CallsAsync()).ShouldBe(["undelivered confirmation"]);
        (await KnownAsync(product, booked)).ShouldBe(["confirmation Failed"]);
        (await product.Get<IAppointmentStore>().ReadHistoryAsync(booked.Reference, CancellationToken.None)).Messages.Single().Report!.Reason.ShouldBe("report-4010");

        // Once the call has been made, the report that comes again does not bring it back.
        var call = (await product.Get<ListCalls>().ExecuteAsync(world.Territory, null, CancellationToken.None)).Sheets.ShouldHaveSingleItem();
        await product.Get<FinishCall>().ExecuteAsync(call.Id, CallOutcome.Reached, null, CancellationToken.None);
        await product.ReportAsync(sms, delivered: false);
        (await world.CallsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_failure_to_a_helper_is_seen_and_calls_nobody()
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment().Calling("06 39 98 11 11").HelpedBy("06 39 98 22 22"));
        await product.SendSmsAsync();
        await product.ReportAsync(world.Sms.Delivered.Single(sms => sms.To.E164 == "+33639982222"), delivered: false);
        (await world.CallsAsync()).ShouldBeEmpty();
        (await KnownAsync(product, booked)).ShouldBe(["confirmation Sent", "confirmation Failed"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("begun")]
    [InlineData("cancelled")]
    [InlineData("moved")]
    public async Task A_failure_that_matters_no_more_calls_nobody(string meanwhile)
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment());
        await product.SendSmsAsync();
        switch (meanwhile)
        {
            case "begun":
                world.GoTo("2026-11-24T09:00");
                break;
            case "cancelled":
                await product.CancelAsync(booked);
                break;
            default:
                await product.MoveAsync(booked, "2026-11-25T09:00");
                break;
        }

        (await product.ReportAsync(world.Sms.Delivered[0], delivered: false)).ShouldBe(ReportOutcome.Taken);
        (await world.CallsAsync()).ShouldBeEmpty();
        (await KnownAsync(product, booked)).ShouldBe(["confirmation Failed"]);
    }

    [Fact]
    public async Task Delivered_is_the_last_word_in_either_order()
    {
        var (world, product) = await StartAsync();
        var first = await product.BookAsync(new AnAppointment());
        var second = await product.BookAsync(new AnAppointment().At("2026-11-24T11:00"));
        await product.SendSmsAsync();
        OutgoingSms Of(Appointment booked) => world.Sms.Delivered.Single(sms => sms.Reference == booked.Reference);

        await product.ReportAsync(Of(first));
        (await product.ReportAsync(Of(first), delivered: false)).ShouldBe(ReportOutcome.Known);
        (await world.CallsAsync()).ShouldBeEmpty();

        await product.ReportAsync(Of(second), delivered: false);
        (await world.CallsAsync()).ShouldBe(["undelivered confirmation"]);
        (await product.ReportAsync(Of(second))).ShouldBe(ReportOutcome.Taken);
        (await world.CallsAsync()).ShouldBeEmpty();
        (await KnownAsync(product, first)).ShouldBe(["confirmation Delivered"]);
        (await KnownAsync(product, second)).ShouldBe(["confirmation Delivered"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_report_before_our_own_settlement_is_not_lost(bool delivered)
    {
        var (world, product) = await StartAsync();
        var other = world.Start();
        var booked = await product.BookAsync(new AnAppointment());
        var outcomes = new List<ReportOutcome>();
        product.Storage.Meanwhile = async request =>
        {
            if (request.IsTransaction && outcomes.Count == 0)
            {
                outcomes.Add(await other.ReportAsync(world.Sms.Delivered[0], delivered));
            }
        };
        var requests = await product.Storage.DuringAsync(product.SendSmsAsync);
        outcomes.ShouldBe([ReportOutcome.Taken]);
        requests.Count(request => request == "transaction").ShouldBe(1);
        (await world.RowsAsync("due|sms|2026-11-16")).ShouldBeEmpty();
        (await world.LogAsync()).ShouldBe(["confirmation 1 Sent"]);
        (await KnownAsync(product, booked)).ShouldBe([delivered ? "confirmation Delivered" : "confirmation Failed"]);
        (await world.CallsAsync()).ShouldBe(delivered ? [] : ["undelivered confirmation"]);
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task Nobody_knows_whether_it_left_until_a_report_says_so()
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment());
        world.Sms.LosesAnswers = true;
        await product.DispatchForAsync(20);
        (await world.CallsAsync()).ShouldBe(["unknown confirmation"]);

        // The operator has tried once: the call comes back under another name, and goes all the same.
        var call = (await product.Get<ListCalls>().ExecuteAsync(world.Territory, null, CancellationToken.None)).Sheets.ShouldHaveSingleItem();
        await product.Get<FinishCall>().ExecuteAsync(call.Id, CallOutcome.NoAnswer, null, CancellationToken.None);
        (await product.ReportAsync(world.Sms.Delivered[0])).ShouldBe(ReportOutcome.Taken);
        (await world.CallsAsync()).ShouldBeEmpty();
        (await KnownAsync(product, booked)).ShouldBe(["confirmation Delivered"]);
    }

    [Fact]
    public async Task A_failure_of_one_that_may_not_have_left_is_the_same_call()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment());
        world.Sms.LosesAnswers = true;
        await product.DispatchForAsync(20);
        await product.ReportAsync(world.Sms.Delivered[0], delivered: false);
        (await world.CallsAsync()).ShouldBe(["unknown confirmation"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_report_on_a_try_that_died_makes_the_other_call_needless(bool delivered)
    {
        var (world, product) = await StartAsync();
        var other = world.Start();
        await product.BookAsync(new AnAppointment());
        world.Sms.LosesAnswers = true;
        await product.DispatchForAsync(2);

        // Between the reading of the log and the transaction that would make the call: as late as can be.
        world.Clock.AdvanceMinutes(10);
        var reported = false;
        product.Storage.Meanwhile = async request =>
        {
            if (request.IsTransaction && !reported)
            {
                reported = true;
                await other.ReportAsync(world.Sms.Delivered[0], delivered);
            }
        };
        await product.DispatchForAsync(3);
        reported.ShouldBeTrue();
        (await world.CallsAsync()).ShouldBe(delivered ? [] : ["undelivered confirmation"]);
        (await world.RowsAsync("due|sms|2026-11-16")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_about_no_message_of_ours_changes_nothing()
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment());
        await product.SendSmsAsync();
        var sms = world.Sms.Delivered[0];
        var tag = sms.Tag.ToString();
        (await product.ReportAsync(sms, delivered: false, id: "another")).ShouldBe(ReportOutcome.Foreign);
        (await product.Get<TakeDeliveryReport>().ExecuteAsync(new DeliveryReport(tag, ProviderId: null, false, null), CancellationToken.None))
            .ShouldBe(ReportOutcome.Foreign, "a report that names no SMS");
        string?[] foreign =
        [
            null, "", "reminder", tag + "|1", tag.Replace("69|", "00|", StringComparison.Ordinal), tag.Replace("|1", "|x", StringComparison.Ordinal),
            tag.Replace("|1", "|2", StringComparison.Ordinal), tag.Replace("confirmation", "reminder|x", StringComparison.Ordinal),
            tag.Replace("confirmation", "refused", StringComparison.Ordinal), tag.Replace(booked.Reference.Code, "AAAAAAAA", StringComparison.Ordinal),
            tag.Replace("citizen", "cit/zen", StringComparison.Ordinal), new string('6', 5000),
        ];
        foreach (var other in foreign)
        {
            (await product.Get<TakeDeliveryReport>().ExecuteAsync(new DeliveryReport(other, "x", false, null), CancellationToken.None))
                .ShouldBe(ReportOutcome.Foreign, other);
        }

        (await KnownAsync(product, booked)).ShouldBe(["confirmation Sent"]);
        (await world.CallsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_late_report_on_a_link_is_not_one_on_the_link_asked_for_again()
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment());
        var phone = booked.Citizen.Phone.E164;
        await product.Get<SendLinkAgain>().ExecuteAsync(booked.Reference, phone, CancellationToken.None);
        await product.SendSmsAsync();
        var first = world.Sms.Delivered.Single(sms => sms.Kind == "link");
        await product.ReportAsync(first, delivered: false);
        world.Clock.AdvanceMinutes(11);
        await product.Get<SendLinkAgain>().ExecuteAsync(booked.Reference, phone, CancellationToken.None);
        (await product.ReportAsync(first)).ShouldBe(ReportOutcome.Foreign);
        await product.SendSmsAsync();
        (await product.ReportAsync(first)).ShouldBe(ReportOutcome.Foreign);
        (await product.ReportAsync(world.Sms.Delivered.Last(sms => sms.Kind == "link"))).ShouldBe(ReportOutcome.Taken);
        (await KnownAsync(product, booked)).ShouldBe(["confirmation Sent", "link Delivered"], ignoreOrder: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_kill_at_any_step_leaves_all_or_nothing_and_the_report_comes_again(bool delivered)
    {
        var kills = 0;
        for (var step = 1; ; step++)
        {
            var (world, product) = await StartAsync();
            var booked = await product.BookAsync(new AnAppointment());
            world.Sms.LosesAnswers = delivered;
            await product.DispatchForAsync(delivered ? 8 : 0);
            var kill = await world.KillAsync(new KillSwitch(step), killed => killed.ReportAsync(world.Sms.Delivered[0], delivered));

            // What one transaction writes is there together, or not at all.
            var told = $"killed {kill.Where ?? "never"}";
            var known = await KnownAsync(product, booked);
            (await world.CallsAsync()).ShouldBe(
                known switch
                {
                    ["confirmation Unknown"] => ["unknown confirmation"],
                    ["confirmation Failed"] => ["undelivered confirmation"],
                    _ => [],
                },
                told);
            await product.ReportAsync(world.Sms.Delivered[0], delivered);
            (await KnownAsync(product, booked)).ShouldBe([delivered ? "confirmation Delivered" : "confirmation Failed"], told);
            (await world.CallsAsync()).ShouldBe(delivered ? [] : ["undelivered confirmation"], told);
            if (!kill.Fired)
            {
                break;
            }

            kills++;
        }

        kills.ShouldBeGreaterThan(4);
    }

    [Fact]
    public async Task Reports_that_cross_end_as_if_they_had_come_in_turn()
    {
        var (world, product) = await StartAsync();
        var other = world.Start();
        for (var hour = 8; hour < 18; hour++)
        {
            await product.BookAsync(new AnAppointment().At($"2026-11-24T{hour:00}:00"));
        }

        await product.SendSmsAsync();
        await Task.WhenAll(world.Sms.Delivered.SelectMany(sms => new[]
        {
            Task.Run(() => product.ReportAsync(sms, delivered: false)),
            Task.Run(() => other.ReportAsync(sms)),
            Task.Run(() => other.ReportAsync(sms, delivered: false)),
        }));
        (await world.CallsAsync()).ShouldBeEmpty();
        (await world.RowsAsync("log|")).Where(row => row.RowKey.Contains("|confirmation|", StringComparison.Ordinal)).ShouldAllBe(row => row.GetString("Report") == "Delivered");
    }

    [Fact]
    public async Task A_report_that_cannot_be_stored_comes_again()
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment());
        await product.SendSmsAsync();
        product.Storage.Fault = _ => StorageFault.Refused;
        await Should.ThrowAsync<StorageUnavailableException>(() => product.ReportAsync(world.Sms.Delivered[0]));
        product.Storage.FailTransactions(StorageFault.AnswerLost, 4);
        (await product.ReportAsync(world.Sms.Delivered[0], delivered: false)).ShouldBeOneOf(ReportOutcome.Known, ReportOutcome.Taken);
        product.Storage.Mend();
        (await KnownAsync(product, booked)).ShouldBe(["confirmation Failed"]);
        (await world.CallsAsync()).ShouldBe(["undelivered confirmation"]);
    }

    [Theory]
    [InlineData("K7Q29XM4", "reminder-soon", "helper")]
    [InlineData("w3kq", "freed", "advisor:aline-exemple")]
    [InlineData("q0a1B2", "confirmation-2", "citizen")]
    public void A_tag_reads_back_whatever_it_is_about(string code, string kind, string recipient)
    {
        var tag = new MessageTag(new Subject(Territory.Parse("974"), code), World.Monday, kind, new Recipient(recipient), 3);
        if (tag.Subject.Kind == SubjectKind.Appointment)
        {
            // A reference has a check character.
            tag = tag with { Subject = AppointmentReference.TryParse("974-K7Q2-9XM4", out var reference) ? reference : tag.Subject with { Code = "w1" } };
        }

        MessageTag.TryParse(tag.ToString(), out var read).ShouldBeTrue();
        read.ShouldBe(tag);
    }

    private static async Task<IReadOnlyList<string>> KnownAsync(Product product, Appointment booked) =>
        [.. (await product.Get<IAppointmentStore>().ReadHistoryAsync(booked.Reference, CancellationToken.None)).Messages
            .Where(message => message.Channel == Channel.Sms)
            .Select(message => $"{message.Kind} {message.Known}")];
}
