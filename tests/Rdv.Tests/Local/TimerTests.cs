using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Rdv.Local;
using Rdv.Local.Timers;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Local;

public sealed class TimerTests
{
    [Fact]
    public async Task A_jump_runs_each_timer_once_at_the_new_time_and_answers_after()
    {
        await using var sample = new SampleApp();
        await sample.InitializeAsync();
        using var response = await sample.Client.PostAsJsonAsync("/dev/clock", new { now = "2031-06-15T10:00:00+02:00" }, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);

        sample.Log.StartingWith("yearly").ShouldHaveSingleItem().ShouldStartWith("yearly 2031-06-15T08:00:0");
        sample.Log.StartingWith("slow").Length.ShouldBe(1);
        sample.Log.StartingWith("failing").ShouldBe(["failing 2032-01-01T04:00:00.0000000Z"]);
    }

    [Fact]
    public async Task A_timer_runs_by_hand_one_run_at_a_time()
    {
        await using var sample = new SampleApp();
        await sample.InitializeAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => RunAsync(sample, "sampleslow")));
        answers.ShouldAllBe(status => status == HttpStatusCode.Accepted);
        sample.Log.StartingWith("slow").Length.ShouldBe(5);
        sample.Log.MostInside.ShouldBe(1);
        (await RunAsync(sample, "SampleFailing")).ShouldBe(HttpStatusCode.Accepted);
        (await RunAsync(sample, "SampleRoot")).ShouldBe(HttpStatusCode.NotFound);
        (await RunAsync(sample, "Unknown")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_timer_runs_at_its_occurrences_before_and_after_a_jump()
    {
        var log = new SampleLog();
        await using var app = await SampleApp.StartAsync(log, new LocalOptions(), everySecond: "* * * * * *");
        await Eventually.IsTrueAsync(() => log.StartingWith("second").Length >= 2, "the timer ran twice");
        app.Services.GetRequiredService<Rdv.Local.Clock.MovableClock>().TryMoveTo(Instant.FromUtc(2040, 5, 5, 0, 0)).ShouldBeTrue();
        var before = log.StartingWith("second").Length;
        await Eventually.IsTrueAsync(() => log.StartingWith("second").Length >= before + 2, "the timer ran again");
    }

    [Fact]
    public async Task What_was_missed_while_nothing_ran_is_caught_up_once()
    {
        using var directory = new TemporaryDirectory();
        var options = new LocalOptions { DataDirectory = directory.Path };
        await using (await SampleApp.StartAsync(new SampleLog(), options))
        {
        }

        await File.WriteAllTextAsync(
            directory.FileNamed("timers.json"), """{"SampleYearly":"2020-02-02T00:00:00Z"}""", TestContext.Current.CancellationToken);
        var log = new SampleLog();
        await using (await SampleApp.StartAsync(log, options))
        {
            await Eventually.IsTrueAsync(() => log.StartingWith("yearly").Length > 0, "the missed occurrence ran");
        }

        log.StartingWith("yearly").ShouldHaveSingleItem().ShouldEndWith("past due True");
        new LastRuns(directory.FileNamed("timers.json")).Of("SampleYearly")!.Value.ShouldBeGreaterThan(Instant.FromUtc(2026, 1, 1, 0, 0));
    }

    [Fact]
    public async Task A_run_under_way_ends_before_the_stop()
    {
        var log = new SampleLog();
        var app = await SampleApp.StartAsync(log, new LocalOptions());
        var run = app.Services.GetRequiredService<TimerScheduler>().TryRunAsync("SampleSlow");
        await Eventually.IsTrueAsync(() => log.MostInside == 1, "the run has begun");
        await app.DisposeAsync();
        log.StartingWith("slow").Length.ShouldBe(1);
        (await run).ShouldBeTrue();
    }

    private static async Task<HttpStatusCode> RunAsync(SampleApp sample, string name)
    {
        using var response = await sample.Client.PostAsJsonAsync($"/admin/functions/{name}", new { input = "" }, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
