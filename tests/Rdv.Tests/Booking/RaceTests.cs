using NodaTime;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Booking;

/// <summary>Nobody is booked twice, whatever runs at once: many clients over HTTP, on one slot.</summary>
[Collection(OverHttp.Name)]
public sealed class RaceTests(HttpProduct product)
{
    private const int Clients = 8;

    [Fact]
    public async Task One_of_eight_clients_wins_a_slot_of_one_advisor()
    {
        var territory = await product.NewTerritoryAsync();
        var slots = Slots(120, everyHours: 1);
        foreach (var slot in slots)
        {
            ShouldHaveWon(1, await RaceAsync(_ => product.BookAsync(territory, slot, "a1")), slot);
        }

        (await product.ConsistentAsync(territory)).Count.ShouldBe(slots.Count);
    }

    [Fact]
    public async Task Three_of_eight_clients_win_a_slot_of_a_place_with_three_advisors()
    {
        var territory = await product.NewTerritoryAsync(advisors: 3);
        var slots = Slots(50, everyHours: 1);
        foreach (var slot in slots)
        {
            ShouldHaveWon(3, await RaceAsync(_ => product.BookAsync(territory, slot)), slot);
        }

        (await product.ConsistentAsync(territory)).Count.ShouldBe(3 * slots.Count);
    }

    [Fact]
    public async Task One_of_eight_clients_wins_when_their_slots_overlap()
    {
        var territory = await product.NewTerritoryAsync();
        var slots = Slots(50, everyHours: 2);
        foreach (var slot in slots)
        {
            ShouldHaveWon(1, await RaceAsync(client => product.BookAsync(territory, slot.PlusMinutes(client % 2 * 30), "a1")), slot);
        }

        (await product.ConsistentAsync(territory)).Count.ShouldBe(slots.Count);
    }

    [Fact]
    public async Task Clients_that_want_different_slots_of_one_advisor_all_get_theirs()
    {
        var territory = await product.NewTerritoryAsync();
        foreach (var morning in Slots(10, everyHours: 12))
        {
            var answers = await RaceAsync(client => product.BookAsync(territory, morning.PlusHours(client), "a1"));
            answers.ShouldAllBe(answer => answer.Status == 201);
        }

        (await product.ConsistentAsync(territory)).Count.ShouldBe(10 * Clients);
    }

    [Fact]
    public async Task A_slot_that_is_held_and_booked_at_once_has_one_owner()
    {
        var territory = await product.NewTerritoryAsync();
        foreach (var slot in Slots(30, everyHours: 1))
        {
            var answers = await RaceAsync(client => client % 2 == 0 ? product.BookAsync(territory, slot, "a1") : product.HoldAsync(territory, slot));
            answers.Count(answer => answer.Status == 201).ShouldBe(1, string.Join(", ", answers.Select(answer => answer.ToString())));
        }

        await product.ConsistentAsync(territory);
    }

    [Fact]
    public async Task Moves_to_one_slot_have_one_winner_and_the_others_stay_where_they_are()
    {
        var territory = await product.NewTerritoryAsync(advisors: 2);
        var slots = Slots(36, everyHours: 1);
        foreach (var day in slots.Chunk(12))
        {
            // Seven stand in a row; all want the eighth hour.
            var booked = new List<ApiAnswer>();
            foreach (var slot in day[..7])
            {
                booked.Add(await product.BookAsync(territory, slot, "a1"));
            }

            (await product.BookAsync(territory, day[7], "a2")).Status.ShouldBe(201);
            var answers = await Task.WhenAll(booked.Select(appointment => Task.Run(() => product.MoveAsync(territory, appointment, day[7]))));
            answers.Count(answer => answer.Status == 200).ShouldBe(1, string.Join(", ", answers.Select(answer => answer.ToString())));
            answers.ShouldAllBe(answer => answer.Status == 200 || answer.Code == "slot-taken");
        }

        await product.ConsistentAsync(territory);
    }

    private static async Task<ApiAnswer[]> RaceAsync(Func<int, Task<ApiAnswer>> run)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var clients = Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            await gate.Task;
            return await run(client);
        })).ToArray();
        gate.SetResult();
        return await Task.WhenAll(clients);
    }

    private static void ShouldHaveWon(int winners, ApiAnswer[] answers, LocalDateTime slot)
    {
        var told = $"{slot}: {string.Join(", ", answers.Select(answer => answer.ToString()))}";
        answers.Count(answer => answer.Status == 201).ShouldBe(winners, told);
        var losers = answers.Where(answer => answer.Status != 201).ToArray();
        losers.ShouldAllBe(answer => answer.Status == 409 && answer.Code == "slot-taken", told);
        losers.ShouldAllBe(answer => answer.Body.GetProperty("alternatives").GetArrayLength() > 0, told);
    }

    /// <summary>Slots from tomorrow on, none on a public holiday.</summary>
    private static List<LocalDateTime> Slots(int count, int everyHours)
    {
        var first = new LocalDate(2026, 11, 17);
        var aDay = 12 / everyHours;
        var slots = Enumerable.Range(0, count).Select(number => first.PlusDays(number / aDay).At(new LocalTime(8 + (number % aDay * everyHours), 0))).ToList();
        slots[^1].Date.ShouldBeLessThan(new LocalDate(2026, 12, 25));
        return slots;
    }
}
