using Azure.Data.Tables;
using NodaTime;
using Rdv.Ids;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Booking;

/// <summary>A POST repeated changes nothing more.</summary>
[Collection(OverHttp.Name)]
public sealed class IdempotencyTests(HttpProduct product, TableStorage storage) : ProductTest(storage)
{
    private static readonly LocalDateTime Nine = new(2026, 11, 24, 9, 0);

    [Fact]
    public async Task The_same_key_and_body_get_the_first_answer()
    {
        var territory = await product.NewTerritoryAsync(advisors: 2);
        var first = await product.BookAsync(territory, Nine, key: "k");
        first.Status.ShouldBe(201);
        for (var i = 0; i < 3; i++)
        {
            var again = await product.BookAsync(territory, Nine, key: "k");
            again.Status.ShouldBe(200);
            again.Body.ToString().ShouldBe(first.Body.ToString());
        }

        (await product.ConsistentAsync(territory)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_a_mismatch()
    {
        var territory = await product.NewTerritoryAsync(advisors: 2);
        await product.BookAsync(territory, Nine, key: "k");
        (await product.BookAsync(territory, Nine.PlusHours(1), key: "k")).Code.ShouldBe("idempotency-mismatch");
        (await product.BookAsync(territory, Nine, key: "k", name: "Jean Fictif")).Code.ShouldBe("idempotency-mismatch");
        (await product.BookAsync(territory, Nine, key: "k", name: "")).Code.ShouldBe("idempotency-mismatch");
        (await product.ConsistentAsync(territory)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_repetition_after_a_cancellation_books_nothing_even_when_somebody_else_has_the_slot()
    {
        var territory = await product.NewTerritoryAsync();
        var first = await product.BookAsync(territory, Nine, key: "k");
        (await product.CancelAsync(first)).Status.ShouldBe(200);
        await IsTheFirstAsync();
        (await product.BookAsync(territory, Nine, key: "other")).Status.ShouldBe(201);
        await IsTheFirstAsync();
        (await product.ConsistentAsync(territory)).Count.ShouldBe(2);

        async Task IsTheFirstAsync()
        {
            var again = await product.BookAsync(territory, Nine, key: "k");
            (again.Status, again.Reference).ShouldBe((200, first.Reference));
        }
    }

    [Fact]
    public async Task A_repetition_after_a_move_finds_the_appointment_where_it_is()
    {
        var territory = await product.NewTerritoryAsync();
        var first = await product.BookAsync(territory, Nine, key: "k");
        (await product.MoveAsync(territory, first, Nine.PlusHours(3))).Status.ShouldBe(200);
        var again = await product.BookAsync(territory, Nine, key: "k");
        (again.Status, again.Reference).ShouldBe((200, first.Reference));
        (await product.ConsistentAsync(territory)).ShouldHaveSingleItem().LocalStart.ShouldBe(Nine.PlusHours(3));
    }

    [Fact]
    public async Task A_repetition_after_the_slot_is_past_gets_the_first_answer()
    {
        var territory = await product.NewTerritoryAsync();
        var first = await product.BookAsync(territory, Nine, key: "k");
        try
        {
            product.Clock.Reset(World.Monday + Duration.FromDays(30));
            var again = await product.BookAsync(territory, Nine, key: "k");
            (again.Status, again.Reference).ShouldBe((200, first.Reference));
            (await product.BookAsync(territory, Nine, key: "new")).Code.ShouldBe("invalid");
        }
        finally
        {
            product.Clock.Reset(World.Monday);
        }
    }

    [Fact]
    public async Task Eight_clicks_at_once_make_one_appointment()
    {
        var territory = await product.NewTerritoryAsync(advisors: 3);
        for (var round = 0; round < 12; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => product.BookAsync(territory, Nine.PlusDays(round), key: $"k{round}"))));
            answers.Count(answer => answer.Status == 201).ShouldBe(1, string.Join(", ", answers.Select(answer => answer.ToString())));
            answers.ShouldAllBe(answer => answer.Status == 201 || answer.Status == 200);
            answers.Select(answer => answer.Reference).Distinct().ShouldHaveSingleItem();
        }

        (await product.ConsistentAsync(territory)).Count.ShouldBe(12);
    }

    [Fact]
    public async Task Two_cancellations_at_once_are_one()
    {
        var territory = await product.NewTerritoryAsync();
        var booked = await product.BookAsync(territory, Nine);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => product.CancelAsync(booked))));
        answers.ShouldAllBe(answer => answer.Status == 200);
        (await product.ConsistentAsync(territory)).ShouldHaveSingleItem().Version.ShouldBe(2);
    }

    [Fact]
    public async Task A_hold_asked_for_again_is_the_same_and_another_slot_under_its_key_is_a_mismatch()
    {
        var territory = await product.NewTerritoryAsync(advisors: 2);
        var first = await product.HoldAsync(territory, Nine, "k");
        first.Status.ShouldBe(201);
        var again = await product.HoldAsync(territory, Nine, "k");
        (again.Status, again.Text("hold")).ShouldBe((200, first.Text("hold")));
        (await product.HoldAsync(territory, Nine.PlusHours(2), "k")).Code.ShouldBe("idempotency-mismatch");
        (await product.BookAsync(territory, Nine.PlusHours(2), "a1")).Status.ShouldBe(201);
        (await product.BookAsync(territory, Nine.PlusHours(2), "a2")).Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_reference_that_belongs_to_somebody_else_draws_a_new_one_and_is_recognised_again()
    {
        var (world, rdv) = await StartAsync();
        var theirs = await rdv.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        var mine = new AnAppointment().At("2026-11-24T11:00").Under("k");
        var collision = AppointmentReference.Derive(world.Territory, mine.In(world.Territory).Request.Nonce);
        var row = (await world.Table.GetEntityAsync<TableEntity>(world.Territory.Code, $"rdv|{theirs.Reference.Code}")).Value;
        row.RowKey = $"rdv|{collision.Code}";
        await world.Table.AddEntityAsync(row, TestContext.Current.CancellationToken);

        var booked = (await rdv.TryBookAsync(mine)).Value;
        booked.Appointment.Reference.ShouldNotBe(collision);
        booked.Appointment.Reference.ShouldBe(AppointmentReference.Derive(world.Territory, mine.In(world.Territory).Request.Nonce, draw: 1));
        world.Clock.AdvanceMinutes(1);
        var again = (await rdv.TryBookAsync(mine)).Value;
        (again.Repeated, again.Appointment.Reference).ShouldBe((true, booked.Appointment.Reference));
        (await world.Table.GetEntityAsync<TableEntity>(world.Territory.Code, $"rdv|{collision.Code}")).Value.GetString("RequestNonce")
            .ShouldBe(theirs.Request.Nonce);
    }
}
