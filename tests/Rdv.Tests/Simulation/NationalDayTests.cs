using Rdv.Tests.Infrastructure;
using Xunit;

namespace Rdv.Tests.Simulation;

/// <summary>What the benchmark <c>day</c> runs for the whole country, at a hundredth of it.</summary>
public sealed class NationalDayTests(TableStorage storage)
{
    [Fact]
    public async Task A_hundredth_of_a_day_of_the_programme_keeps_what_was_promised() =>
        TestContext.Current.TestOutputHelper?.WriteLine(await new NationalDay(storage, scale: 0.01, hours: 4).RunAsync());
}
