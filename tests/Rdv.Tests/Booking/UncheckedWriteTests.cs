using System.Text.RegularExpressions;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Booking;

/// <summary>The race is a test only if it fails without the check: here it runs with and without the condition on the write.</summary>
public sealed partial class UncheckedWriteTests(TableStorage storage) : ProductTest(storage)
{
    private const int Rounds = 12;

    [Fact]
    public async Task With_the_condition_each_slot_has_one_winner()
    {
        var (world, product, winners) = await RaceAsync(rewrite: null);
        winners.ShouldAllBe(count => count == 1);
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task Without_it_slots_are_booked_twice_and_the_checks_notice()
    {
        var (world, product, winners) = await RaceAsync(body => IfMatch().Replace(body, "If-Match: *"));
        winners.ShouldContain(count => count > 1);
        await Assert.ThrowsAsync<ShouldAssertException>(() => Consistency.ShouldHoldAsync(world, product));
    }

    private async Task<(World World, Product Product, List<int> Winners)> RaceAsync(Func<string, string>? rewrite)
    {
        var (world, product) = await StartAsync();
        // The month has a row: what races is its change, not its creation.
        await product.BookAsync(new AnAppointment().At("2026-11-23T09:00"));
        product.Storage.Rewrite = rewrite;
        var winners = new List<int>();
        for (var round = 0; round < Rounds; round++)
        {
            var slot = $"2026-11-24T{8 + round:00}:00";
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => product.TryBookAsync(new AnAppointment().At(slot)))));
            winners.Add(outcomes.Count(outcome => outcome is { Refusal: null }));
        }

        return (world, product, winners);
    }

    [GeneratedRegex(@"If-Match: [^\r\n]+")]
    private static partial Regex IfMatch();
}
