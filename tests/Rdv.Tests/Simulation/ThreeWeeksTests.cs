using NodaTime;
using Rdv.Messages;
using Rdv.Territories;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Simulation;

/// <summary>
/// Three weeks with hundreds of appointments in Lyon, La Réunion and Lille, over the change to summer time and Easter, with a provider
/// that fails one call in five and is cut off for six hours. At the end: what left, and when, against the rules.
/// </summary>
public sealed class ThreeWeeksTests
{
    private const int BookingsEach = 60;
    private static readonly LocalDate First = new(2050, 3, 21);
    private static readonly Territory[] Territories = [.. new[] { "69", "974", "59" }.Select(Territory.Parse)];

    // On a Wednesday, from 9 to 15 in Paris, when reminders leave.
    private static readonly Interval CutOff = new(Instant.FromUtc(2050, 3, 30, 7, 0), Instant.FromUtc(2050, 3, 30, 13, 0));

    [Fact]
    public async Task Each_message_left_once_at_a_humane_hour_or_somebody_is_to_call()
    {
        var clock = new Weeks.Relay();
        var provider = new FlakyProvider(clock, CutOff, seed: 7);
        await using var weeks = await Weeks.StartAsync(Territories, provider, clock, seed: 11);
        foreach (var territory in Territories)
        {
            weeks.Plan(territory, First, days: 20, BookingsEach);
        }

        await weeks.RunAsync(At(First, 6), At(First.PlusDays(21), 22), Territories);

        var attempts = provider.Attempts.ToLookup(attempt => attempt.Sms.Reference!.Value);
        var calls = await CallsAsync(weeks);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{weeks.Lives.Count} appointments, {weeks.Lives.Sum(life => life.Moves)} moves, {weeks.Lives.Count(life => life.Last.IsCancelled)} cancelled; "
            + $"{provider.Attempts.Count} calls of the provider, {provider.Attempts.Count(attempt => attempt.Left)} SMS; {calls.Count} calls to make; {weeks.Jumps} jumps.");

        // The weeks are worth looking at only if all of it happened.
        weeks.Lives.Count.ShouldBeGreaterThan(120);
        weeks.Lives.Count(life => life.Last.IsCancelled).ShouldBeGreaterThan(15);
        provider.Attempts.Count(attempt => attempt.Result is SendResult.Unavailable).ShouldBeGreaterThan(30);

        var broken = weeks.Lives
            .SelectMany(life => Rules.Broken(life, [.. attempts[life.Reference].OrderBy(attempt => attempt.At)], calls, weeks.Now))
            .ToList();
        broken.ShouldBeEmpty();
        foreach (var territory in Territories)
        {
            (await weeks.RowsAsync(territory, "due|sms|")).Select(row => row.RowKey)
                .Where(key => string.CompareOrdinal(key.Split('|')[2], "2050-04-11T18") < 0)
                .ShouldBeEmpty("nothing that was due is left behind");
        }
    }

    private static Instant At(LocalDate date, int hour) => date.At(new LocalTime(hour, 0)).InZoneLeniently(Territories[0].Zone).ToInstant();

    private static async Task<IReadOnlySet<(string Code, string Kind)>> CallsAsync(Weeks weeks)
    {
        var calls = new HashSet<(string, string)>();
        foreach (var territory in Territories)
        {
            foreach (var row in await weeks.RowsAsync(territory, "call|"))
            {
                calls.Add((row.GetString("Subject"), row.GetString("Kind")));
            }
        }

        return calls;
    }
}
