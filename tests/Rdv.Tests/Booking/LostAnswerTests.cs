using NodaTime;
using Rdv.Appointments;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Booking;

/// <summary>Storage does what it was asked, and its answer is lost; or storage is not there at all.</summary>
[Collection(OverHttp.Name)]
public sealed class LostAnswerTests(HttpProduct product)
{
    // The client of the SDK tries four times.
    private const int EachTry = 4;

    private static readonly LocalDateTime Nine = new(2026, 11, 24, 9, 0);

    private static readonly LocalDateTime Ten = new(2026, 11, 24, 10, 0);

    public static TheoryData<string, int> LostAnswers { get; } = new(
        from fault in new[] { nameof(StorageFault.AnswerLost), nameof(StorageFault.AnswerLate), nameof(StorageFault.AnswerBroken) }
        from times in new[] { 1, EachTry }
        select (fault, times));

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task A_booking_is_made_once_and_answered_201(string fault, int times)
    {
        var territory = await product.NewTerritoryAsync(advisors: 2);
        Fail(fault, times);
        var answer = await product.BookAsync(territory, Nine);
        answer.Status.ShouldBe(201, answer.ToString());
        (await product.ConsistentAsync(territory)).ShouldHaveSingleItem().Reference.ToString().ShouldBe(answer.Reference);
    }

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task A_cancellation_is_made_once_and_answered_200(string fault, int times)
    {
        var territory = await product.NewTerritoryAsync();
        var booked = await product.BookAsync(territory, Nine);
        Fail(fault, times);
        var answer = await product.CancelAsync(booked);
        answer.Status.ShouldBe(200, answer.ToString());
        var appointment = (await product.ConsistentAsync(territory)).ShouldHaveSingleItem();
        (appointment.Status, appointment.Version).ShouldBe((AppointmentStatus.Cancelled, 2));
    }

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task A_move_is_made_once_and_answered_200(string fault, int times)
    {
        var territory = await product.NewTerritoryAsync(advisors: 2);
        var booked = await product.BookAsync(territory, Nine);
        Fail(fault, times);
        var answer = await product.MoveAsync(territory, booked, Ten);
        answer.Status.ShouldBe(200, answer.ToString());
        var appointment = (await product.ConsistentAsync(territory)).ShouldHaveSingleItem();
        (appointment.LocalStart, appointment.Version).ShouldBe((Ten, 2));
    }

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task A_hold_is_placed_once_and_answered_201(string fault, int times)
    {
        var territory = await product.NewTerritoryAsync();
        Fail(fault, times);
        var answer = await product.HoldAsync(territory, Nine);
        answer.Status.ShouldBe(201, answer.ToString());
        // It stands in the way of others.
        (await product.BookAsync(territory, Nine)).Code.ShouldBe("slot-taken");
    }

    [Theory]
    [InlineData(nameof(StorageFault.NotReached), 1)]
    [InlineData(nameof(StorageFault.NotReached), EachTry)]
    [InlineData(nameof(StorageFault.Refused), 1)]
    [InlineData(nameof(StorageFault.Refused), EachTry)]
    public async Task A_booking_that_did_not_reach_storage_is_tried_again(string fault, int times)
    {
        var territory = await product.NewTerritoryAsync();
        Fail(fault, times);
        (await product.BookAsync(territory, Nine)).Status.ShouldBe(201);
        (await product.ConsistentAsync(territory)).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(nameof(StorageFault.NotReached))]
    [InlineData(nameof(StorageFault.Refused))]
    public async Task Without_storage_every_change_is_busy_and_nothing_is_written(string fault)
    {
        var territory = await product.NewTerritoryAsync();
        var booked = await product.BookAsync(territory, Nine);
        var kind = Enum.Parse<StorageFault>(fault);
        product.Storage.Fault = _ => kind;
        var answers = await Task.WhenAll(
            product.BookAsync(territory, Ten), product.HoldAsync(territory, Ten), product.CancelAsync(booked), product.MoveAsync(territory, booked, Ten));
        product.Storage.Mend();
        foreach (var answer in answers)
        {
            (answer.Status, answer.Code).ShouldBe((503, "busy"));
            answer.RetryAfter.ShouldNotBeNull();
        }

        var left = (await product.ConsistentAsync(territory)).ShouldHaveSingleItem();
        (left.LocalStart, left.Version).ShouldBe((Nine, 1));
        (await product.BookAsync(territory, Ten)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_booking_whose_answer_and_whose_proof_are_lost_is_never_told_as_not_done_and_is_found_again_by_its_key()
    {
        var territory = await product.NewTerritoryAsync();
        // The transaction is performed, and from then on storage is away.
        var performed = false;
        product.Storage.Fault = request =>
        {
            if (performed)
            {
                return StorageFault.NotReached;
            }

            performed = request.IsTransaction;
            return performed ? StorageFault.AnswerLost : StorageFault.None;
        };
        (await product.BookAsync(territory, Nine, key: "form-1")).Status.ShouldBe(504);
        product.Storage.Mend();
        (await product.BookAsync(territory, Nine, key: "form-1")).Status.ShouldBe(200);
        (await product.ConsistentAsync(territory)).ShouldHaveSingleItem();
    }

    private void Fail(string fault, int times) => product.Storage.FailTransactions(Enum.Parse<StorageFault>(fault), times);
}
