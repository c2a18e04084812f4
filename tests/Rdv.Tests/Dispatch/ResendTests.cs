using NodaTime;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.People;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Dispatch;

/// <summary>The last message again, for someone on the telephone.</summary>
public sealed class ResendTests(TableStorage storage) : ProductTest(storage)
{
    [Fact]
    public async Task The_last_message_leaves_again_with_what_is_true_now()
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment());
        await product.DispatchAsync();
        (await ResendAsync(product, booked)).Value.ByCall.ShouldBeFalse();
        await product.DispatchAsync();
        world.Sms.Kinds.ShouldBe(["confirmation", "confirmation"]);
        world.Sms.Delivered[1].Text.ShouldBe(world.Sms.Delivered[0].Text);
        world.Sms.Delivered[1].RepeatabilityId.ShouldNotBe(world.Sms.Delivered[0].RepeatabilityId);

        var moved = await product.MoveAsync(booked, "2026-11-26T15:00");
        world.Clock.AdvanceMinutes(3);
        await product.DispatchAsync();
        await ResendAsync(product, moved);
        await product.DispatchAsync();
        world.Sms.Kinds.ShouldBe(["confirmation", "confirmation", "move", "move"]);
        world.Sms.Delivered[^1].Text.ShouldContain("15h");

        world.GoTo("2026-11-25T11:30");
        await product.DispatchAsync();
        world.Clock.AdvanceMinutes(3);
        await ResendAsync(product, moved);
        await product.DispatchAsync();
        world.Sms.Kinds.TakeLast(2).ShouldBe(["reminder", "reminder"]);

        var cancelled = await product.CancelAsync(moved);
        await product.DispatchAsync();
        world.Clock.AdvanceMinutes(3);
        await ResendAsync(product, cancelled);
        await product.DispatchAsync();
        world.Sms.Kinds.TakeLast(2).ShouldBe(["cancellation", "cancellation"]);
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task It_leaves_at_most_once_in_two_minutes_whoever_asks()
    {
        var (world, product) = await StartAsync();
        var second = world.Start();
        var booked = await product.BookAsync(new AnAppointment());
        await product.DispatchAsync();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => ResendAsync(i % 2 == 0 ? product : second, booked))));
        outcomes.Count(outcome => outcome.Refusal is null).ShouldBe(1);
        outcomes.Count(outcome => outcome.Refusal is Refusal.TooMany).ShouldBe(7);
        world.Clock.AdvanceMinutes(1);
        await product.DispatchAsync();
        (await ResendAsync(product, booked)).Refusal.ShouldBe(new Refusal.TooMany(Duration.FromMinutes(2)));
        world.Clock.AdvanceMinutes(2);
        (await ResendAsync(product, booked)).Refusal.ShouldBeNull();
        await product.DispatchAsync();
        world.Sms.Kinds.ShouldBe(["confirmation", "confirmation", "confirmation"]);
    }

    [Fact]
    public async Task It_is_in_the_log_with_who_asked_and_the_first_stays()
    {
        var (_, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment());
        await product.DispatchAsync();
        await ResendAsync(product, booked);
        var messages = await SmsOfAsync(product, booked);
        messages.Select(message => (message.Kind, message.Known, message.By)).ShouldBe(
            [("confirmation", MessageState.Sent, null), ("confirmation-2", MessageState.Due, Actor.Hotline)]);
        await product.DispatchAsync();
        (await SmsOfAsync(product, booked))[1].ShouldSatisfyAllConditions(
            message => message.By.ShouldBe(Actor.Hotline),
            message => message.Known.ShouldBe(MessageState.Sent));
    }

    [Fact]
    public async Task One_that_arrives_takes_away_the_call_of_one_that_did_not()
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment());
        await product.DispatchAsync();
        await product.ReportAsync(world.Sms.Delivered[0], delivered: false);
        (await world.CallsAsync()).ShouldBe(["undelivered confirmation"]);
        await ResendAsync(product, booked);
        await product.DispatchAsync();
        await product.ReportAsync(world.Sms.Delivered[1]);
        (await world.CallsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task However_often_it_does_not_arrive_there_is_one_call()
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment());
        await product.DispatchAsync();
        await product.ReportAsync(world.Sms.Delivered[0], delivered: false);
        for (var i = 1; i <= 3; i++)
        {
            world.Clock.AdvanceMinutes(3);
            (await ResendAsync(product, booked)).Refusal.ShouldBeNull();
            await product.DispatchAsync();
            await product.ReportAsync(world.Sms.Delivered[i], delivered: false);
        }

        (await world.CallsAsync()).ShouldBe(["undelivered confirmation"]);
    }

    [Fact]
    public async Task Before_the_first_has_left_there_is_one_sms()
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment());
        await ResendAsync(product, booked);
        await product.DispatchForAsync(2);
        world.Sms.Kinds.ShouldBe(["confirmation"]);
        (await world.RowsAsync("due|sms|2026-11-16")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_landline_gets_a_call()
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment().OnALandline().BookedBy(Actor.Hotline));
        (await ResendAsync(product, booked)).Value.ByCall.ShouldBeTrue();
        (await world.CallsAsync()).ShouldBe(["landline confirmation", "landline reminder"]);
        (await ResendAsync(product, booked)).Refusal.ShouldBeOfType<Refusal.TooMany>();
        await product.DispatchAsync();
        world.Sms.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_has_begun_or_does_not_exist_is_refused()
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment());
        AppointmentReference.TryParse("69-K7Q2-9XM4", out var nobody).ShouldBeTrue();
        (await product.Get<ResendMessage>().ExecuteAsync(nobody, Actor.Hotline, CancellationToken.None)).Refusal.ShouldBeOfType<Refusal.NotFound>();
        world.GoTo("2026-11-24T09:00");
        (await ResendAsync(product, booked)).Refusal.ShouldBeOfType<Refusal.TooLate>();
    }

    [Theory]
    [InlineData(nameof(StorageFault.AnswerLost))]
    [InlineData(nameof(StorageFault.NotReached))]
    public async Task A_lost_answer_is_one_more_sms_and_no_more(string fault)
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment());
        await product.DispatchAsync();
        product.Storage.FailTransactions(Enum.Parse<StorageFault>(fault), 6);
        (await ResendAsync(product, booked)).Refusal.ShouldBeNull();
        product.Storage.Mend();
        await product.DispatchForAsync(3);
        world.Sms.Kinds.ShouldBe(["confirmation", "confirmation"]);
    }

    private static Task<Result<Resent>> ResendAsync(Product product, Appointment booked) =>
        product.Get<ResendMessage>().ExecuteAsync(booked.Reference, Actor.Hotline, CancellationToken.None);

    private static async Task<List<MessageLog>> SmsOfAsync(Product product, Appointment booked) =>
        [.. (await product.Get<IAppointmentStore>().ReadHistoryAsync(booked.Reference, CancellationToken.None)).Messages
            .Where(message => message.Channel == Channel.Sms).OrderBy(message => message.Kind, StringComparer.Ordinal)];
}
