using System.Buffers.Text;
using System.Text;
using NodaTime;
using Rdv.Booking;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Booking;

public sealed class HoldTests(TableStorage storage) : ProductTest(storage)
{
    private const string Nine = "2026-11-24T09:00";

    [Fact]
    public async Task A_hold_keeps_the_slot_for_its_owner()
    {
        var (world, product) = await StartAsync();
        var hold = await product.HoldAsync(Nine);
        (await product.TryBookAsync(new AnAppointment().At(Nine))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        await product.BookAsync(new AnAppointment().At(Nine).Keeping(hold));
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task An_expired_hold_books_while_the_slot_is_free_and_never_over_somebody()
    {
        var (world, product) = await StartAsync();
        var (nine, ten) = (await product.HoldAsync(Nine), await product.HoldAsync("2026-11-24T10:00"));
        world.Clock.Advance(Duration.FromMinutes(16));
        await product.BookAsync(new AnAppointment().At(Nine).Keeping(nine));
        await product.BookAsync(new AnAppointment().At("2026-11-24T10:00"));
        (await product.TryBookAsync(new AnAppointment().At("2026-11-24T10:00").Keeping(ten))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Theory]
    [InlineData("book")]
    [InlineData("move")]
    [InlineData("release")]
    public async Task A_forged_hold_that_names_an_appointment_frees_nothing(string use)
    {
        var (world, product) = await StartAsync();
        // A reference is said on the phone: it opens nothing.
        var theirs = await product.BookAsync(new AnAppointment().At(Nine));
        var text = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"69|a1|2026-11-24|{theirs.Reference.Code}"));
        if (HoldToken.TryParse(text, out var forged))
        {
            switch (use)
            {
                case "book":
                    (await product.TryBookAsync(new AnAppointment().At(Nine).Keeping(forged))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
                    break;
                case "move":
                    var mine = await product.BookAsync(new AnAppointment().At("2026-11-24T11:00"));
                    (await product.TryMoveAsync(mine, Nine, hold: forged)).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
                    break;
                default:
                    await product.Get<HoldSlot>().ReleaseAsync(forged, TestContext.Current.CancellationToken);
                    break;
            }
        }

        await Consistency.ShouldHoldAsync(world, product);
    }
}
