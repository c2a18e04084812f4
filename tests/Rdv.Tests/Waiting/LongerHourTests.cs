using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Tests.Infrastructure;
using Rdv.Waiting;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Waiting;

/// <summary>Who needs a longer hour is offered one, and no other.</summary>
public sealed class LongerHourTests(TableStorage storage) : ProductTest(storage)
{
    private const string Early = "2026-11-24T09:00";
    private const string Late = "2026-12-03T14:00";
    private const int Longer = 90;

    [Fact]
    public async Task An_hour_that_is_too_short_goes_to_the_next_of_the_list()
    {
        var (world, product) = await StartAsync();
        var freed = await product.BookAsync(new AnAppointment().At(Early));
        await product.BookAsync(new AnAppointment().At("2026-11-24T10:00"));
        var signing = await product.AskAsync(world, new ARequest("06 39 98 50 01", Signs: true));
        var other = await product.AskAsync(world, new ARequest("06 39 98 50 02", "Marcel Fictif"));
        await product.CancelAsync(freed);
        await product.DoChoresAsync();
        (await OffersAsync(product, signing)).ShouldBeEmpty();
        (await OffersAsync(product, other)).ShouldBe([(world.At(Early), 60)]);
    }

    [Fact]
    public async Task One_that_is_long_enough_is_kept_whole_and_books_long()
    {
        var (world, product) = await StartAsync();
        var freed = await product.BookAsync(new AnAppointment().At(Early));
        var signing = await product.AskAsync(world, new ARequest("06 39 98 51 01", Signs: true));
        await product.CancelAsync(freed);
        await product.DoChoresAsync();
        (await OffersAsync(product, signing)).ShouldBe([(world.At(Early), Longer)]);
        (await product.IsOfferedToAllAsync(world, "2026-11-24T10:00")).ShouldBeFalse("the end of it is kept too");
        var booked = (await product.ClaimAsync(signing)).Value.Appointment;
        (booked.Start, booked.Minutes, booked.Citizen.Needs).ShouldBe((world.At(Early), Longer, "Langue des signes"));
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task Who_has_a_long_one_and_would_come_earlier_is_told_of_a_long_one()
    {
        var (world, product) = await StartAsync();
        var tooShort = await product.BookAsync(new AnAppointment().At(Early));
        await product.BookAsync(new AnAppointment().At("2026-11-24T10:00"));
        var longEnough = await product.BookAsync(new AnAppointment().At("2026-11-25T09:00"));
        var odette = await product.BookAsync(new AnAppointment().At(Late).Signing());
        odette.Minutes.ShouldBe(Longer);
        var waiting = await product.AskForEarlierAsync(world, odette);

        await product.CancelAsync(tooShort);
        await product.DoChoresAsync();
        (await OffersAsync(product, waiting)).ShouldBeEmpty();
        await product.CancelAsync(longEnough);
        await product.DoChoresAsync();
        (await OffersAsync(product, waiting)).ShouldBe([(world.At("2026-11-25T09:00"), Longer)]);
        (await product.ClaimAsync((await product.WaitingAsync(waiting.Id))!)).Value.Appointment.Minutes.ShouldBe(Longer);
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task Of_hours_that_are_opened_they_have_those_that_are_long_enough()
    {
        var (world, product) = await StartAsync(fromHour: 8, toHour: 9);
        var signing = await product.AskAsync(world, new ARequest("06 39 98 52 01", Signs: true));
        var other = await product.AskAsync(world, new ARequest("06 39 98 52 02", "Marcel Fictif"));
        OpeningHours[] hours =
        [
            new([2], new LocalTime(14, 0), new LocalTime(15, 0), Directories.Place),
            new([3], new LocalTime(14, 0), new LocalTime(15, 30), Directories.Place),
        ];
        (await product.Get<ChangeOpeningHours>().ExecuteAsync(world.Territory, new AdvisorId("a1"), hours, TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
        await product.DoChoresAsync();
        var offered = (await OffersAsync(product, signing)).ShouldHaveSingleItem();
        (offered.Start.InZone(world.Territory.Zone).DayOfWeek, offered.Minutes).ShouldBe((IsoDayOfWeek.Wednesday, Longer));
        (await OffersAsync(product, other)).ShouldHaveSingleItem().Start.InZone(world.Territory.Zone).DayOfWeek.ShouldBe(IsoDayOfWeek.Tuesday);
    }

    private static async Task<IReadOnlyList<(Instant Start, int Minutes)>> OffersAsync(Product product, WaitingPerson person) =>
        [.. (await product.WaitingAsync(person.Id)).ShouldNotBeNull().Offers.Select(offer => (offer.Start, offer.Minutes))];
}
