using System.Net;
using Rdv.Local;
using Shouldly;
using Xunit;

namespace Rdv.Tests.WorkerHost;

/// <summary>The published worker as in Azure, where it is told where telemetry goes.</summary>
public sealed class ExportingWorkerTests
{
    [Fact]
    public async Task It_starts_and_answers_though_nobody_takes_what_it_exports()
    {
        var options = new LocalOptions
        {
            Settings = new Dictionary<string, string?>
            {
                ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = "InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint=https://127.0.0.1:9/",
            },
        };
        await using var worker = await RunningWorker.StartAsync(TestContext.Current.CancellationToken, options);
        worker.Functions.Count.ShouldBeGreaterThan(100);
        using var client = new HttpClient { BaseAddress = worker.BaseUrl };
        using var answer = await client.GetAsync(new Uri("/api/topics", UriKind.Relative), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
