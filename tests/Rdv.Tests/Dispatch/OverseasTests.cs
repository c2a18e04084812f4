using Rdv.People;
using Rdv.Territories;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Dispatch;

/// <summary>Numbers that an SMS may not reach, and those that it cannot.</summary>
public sealed class OverseasTests(TableStorage storage) : ProductTest(storage)
{
    private const string Reunion = "0692 12 34 56";

    [Theory]
    [InlineData("06 39 98 12 34", "69", true, false)]
    [InlineData("0692 12 34 56", "974", true, true)]
    [InlineData("0692 12 34 56", "69", true, true)]
    [InlineData("0690 30 12 34", "971", true, true)]
    [InlineData("0694 20 12 34", "973", true, true)]
    [InlineData("0696 20 12 34", "972", true, true)]
    [InlineData("+689 87 12 34 56", "987", true, true)]
    [InlineData("04 78 00 00 00", "69", false, false)]
    [InlineData("0262 20 12 34", "974", false, false)]
    [InlineData("+32 470 12 34 56", "59", false, false)]
    [InlineData("+41 78 123 45 67", "01", false, false)]
    public void A_number_tells_what_it_gets(string text, string territory, bool canReceive, bool mayNotArrive)
    {
        PhoneNumber.TryParse(text, Territory.Parse(territory), out var number).ShouldBeTrue();
        (number.CanReceiveSms, number.SmsMayNotArrive).ShouldBe((canReceive, mayNotArrive));
        (PhoneNumber.FromE164(number.E164).CanReceiveSms, PhoneNumber.FromE164(number.E164).SmsMayNotArrive).ShouldBe((canReceive, mayNotArrive));
    }

    [Fact]
    public async Task A_reminder_overseas_that_nobody_confirms_is_called_two_hours_later()
    {
        var (world, product) = await StartAsync(territory: "974");
        await product.BookAsync(new AnAppointment().Calling(Reunion));
        await product.DispatchAsync();
        world.Sms.Kinds.ShouldBe(["confirmation"]);
        (await world.CallsAsync()).ShouldBeEmpty();
        world.GoTo("2026-11-23T11:30");
        await product.DispatchAsync();
        world.Sms.Kinds.ShouldBe(["confirmation", "reminder"]);
        (await CallsNowAsync(world, product)).ShouldBe(0);
        world.GoTo("2026-11-23T14:30");
        (await CallsNowAsync(world, product)).ShouldBe(1);
        (await world.CallsAsync()).ShouldBe(["unknown reminder"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_report_says_whether_anyone_calls(bool delivered)
    {
        var (world, product) = await StartAsync(territory: "974");
        await product.BookAsync(new AnAppointment().Calling(Reunion));
        world.GoTo("2026-11-23T11:30");
        await product.DispatchAsync();
        await product.ReportAsync(world.Sms.Delivered.Single(sms => sms.Kind == "reminder"), delivered);
        (await world.CallsAsync()).ShouldBe(delivered ? [] : ["undelivered reminder"]);
    }

    [Fact]
    public async Task One_in_metropolitan_France_is_not_waited_for()
    {
        var (world, product) = await StartAsync(territory: "974");
        await product.BookAsync(new AnAppointment());
        world.GoTo("2026-11-23T11:30");
        await product.DispatchAsync();
        (await world.CallsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_foreign_number_gets_a_call_from_the_start()
    {
        var (world, product) = await StartAsync(territory: "974");
        await product.BookAsync(new AnAppointment().Calling("+32 470 12 34 56").BookedBy(Rdv.People.Actor.Hotline));
        (await world.CallsAsync()).ShouldBe(["landline reminder"]);
        await product.DispatchAsync();
        world.Sms.Asked.ShouldBeEmpty();
    }

    private static async Task<int> CallsNowAsync(World world, Product product) =>
        (await product.Get<Rdv.Calls.ListCalls>().ExecuteAsync(world.Territory, null, CancellationToken.None)).Sheets.Count;
}
