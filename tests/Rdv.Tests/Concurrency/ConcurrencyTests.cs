using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Concurrency;

/// <summary>Nobody is ever booked twice, and nothing that was answered is lost: at random, with faults and kills.</summary>
public sealed partial class ConcurrencyTests(TableStorage storage, ITestOutputHelper output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Whatever_runs_at_once_and_whatever_fails(int seed)
    {
        var report = await RunAsync(new RunOptions(seed));
        report.Violations.ShouldBeEmpty();
        // A run in which nothing was done and nothing went wrong would prove nothing.
        report.Calls.Count(call => call.Answered is Answered.Appointment { Created: true }).ShouldBeGreaterThan(10);
        report.Calls.Count(call => call.Answered is Answered.Refused { Code: "slot-taken" }).ShouldBeGreaterThan(10);
        report.Calls.ShouldContain(call => call.Asked is Asked.Enrol);
        report.Calls.ShouldContain(call => call.Asked is Asked.Link);
        report.Calls.ShouldContain(call => call.Asked is Asked.Plan);
        report.Calls.ShouldContain(call => call.Asked is Asked.MoveWorkshop);
        report.Calls.ShouldContain(call => call.Answered is Answered.Listed);
        report.Calls.ShouldContain(call => call.Asked is Asked.Dispatch);
        report.Checked.Undecided.ShouldBeNull();
        report.Faults.ShouldBeGreaterThan(20);
        report.Kills.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Writes_that_are_not_checked_are_noticed()
    {
        var report = await RunAsync(new RunOptions(3, Rewrite: body => IfMatch().Replace(body, "If-Match: *")));
        report.Violations.ShouldNotBeEmpty();
    }

    /// <summary>For minutes, by hand: CONTRIBUTING.md says how.</summary>
    [Fact]
    public async Task For_as_long_as_asked()
    {
        var minutes = double.Parse(Environment.GetEnvironmentVariable("RDV_CHECK_MINUTES") ?? "0", CultureInfo.InvariantCulture);
        Assert.SkipWhen(minutes == 0, "RDV_CHECK_MINUTES is not set.");
        var seed = int.Parse(Environment.GetEnvironmentVariable("RDV_CHECK_SEED") ?? "1000", CultureInfo.InvariantCulture);
        var failed = new List<string>();
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromMinutes(minutes); seed++)
        {
            // Two or three advisors, six to ten clients.
            var report = await RunAsync(new RunOptions(seed, Clients: 6 + (seed % 5), Advisors: 2 + (seed % 2)));
            failed.AddRange(report.Violations.Append(report.Checked.Undecided).OfType<string>().Select(violation => $"seed {seed}: {violation}"));
        }

        failed.ShouldBeEmpty();
    }

    private async Task<RunReport> RunAsync(RunOptions options)
    {
        var report = await Run.ExecuteAsync(storage, options);
        output.WriteLine(report.ToString());
        if (report.Violations.Count > 0 || report.Checked.Undecided is not null)
        {
            var file = Path.Combine(AppContext.BaseDirectory, "TestResults", $"history-{options.Seed}.txt");
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllLinesAsync(file, [report.ToString(), .. report.Violations, report.Checked.Undecided ?? "", .. report.Calls.Select(call => call.ToString()), "", report.Stored.ToString()]);
            output.WriteLine($"The history is in {file}");
        }

        return report;
    }

    [GeneratedRegex(@"If-Match: [^\r\n]+")]
    private static partial Regex IfMatch();
}
