using Rdv.Functions.Operations;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Operations;

/// <summary>Anyone may ask for health, as often as they like.</summary>
public sealed class HealthReportTests(TableStorage storage) : ProductTest(storage)
{
    [Fact]
    public async Task A_hundred_who_ask_in_five_seconds_cost_what_one_costs()
    {
        var (_, product) = await StartAsync();
        product.Time.Stop();
        var report = product.Get<HealthReport>();
        var once = await product.Storage.DuringAsync(() => report.GetAsync(default));
        once.ShouldNotBeEmpty();
        (await product.Storage.DuringAsync(() => Task.WhenAll(Enumerable.Range(0, 100).Select(_ => report.GetAsync(default))))).ShouldBeEmpty();

        product.Time.Skip(HealthReport.MaxAge);
        (await product.Storage.DuringAsync(() => Task.WhenAll(Enumerable.Range(0, 100).Select(_ => report.GetAsync(default))))).Length.ShouldBe(once.Length);
    }

    [Fact]
    public async Task Who_stops_waiting_takes_nothing_from_the_others()
    {
        var (_, product) = await StartAsync();
        var answer = new TaskCompletionSource();
        product.Storage.Meanwhile = _ => answer.Task;
        var report = product.Get<HealthReport>();
        using var gone = new CancellationTokenSource();
        var first = report.GetAsync(gone.Token);
        var second = report.GetAsync(default);
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        answer.SetResult();
        (await second).ShouldNotBeNull();
    }
}
