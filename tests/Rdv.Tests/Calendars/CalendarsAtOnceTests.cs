using Rdv.Calendars;
using Rdv.Ids;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Calendars;

/// <summary>An advisor links a calendar in two tabs, or several at once: no calendar is linked twice, and there are three at most.</summary>
public sealed class CalendarsAtOnceTests(TableStorage storage) : ProductTest(storage)
{
    [Theory]
    [InlineData(true, true, 1)]
    [InlineData(true, false, 1)]
    [InlineData(false, true, 3)]
    [InlineData(false, false, 3)]
    public async Task As_many_are_linked_as_may_be(bool isSame, bool isBusy, int expected)
    {
        await using var server = await CalendarServer.StartAsync();
        server.Calendar = CalendarFiles.Wrap("Google", isBusy ? CalendarFiles.In("Europe/Paris", "20261124T090000", "20261124T100000") : "");
        for (var round = 0; round < 5; round++)
        {
            var (world, _) = await StartAsync();
            world.Calendars = server.Network;
            var product = world.Start();
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => Task.Run(() => product.Get<AddCalendar>().ExecuteAsync(
                new CalendarRequest(world.Territory, new AdvisorId("a1"), server.Address + (isSame ? "" : $"?{number}"), RequestIdentity.Of("calendar", null, $"{number}")),
                TestContext.Current.CancellationToken))));
            outcomes.Count(outcome => outcome.Refusal is null).ShouldBe(expected);
            (await world.RowsAsync("cal|")).Count.ShouldBe(expected);
        }
    }
}
