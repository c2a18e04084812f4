using Microsoft.Extensions.DependencyInjection;
using Rdv.Local;
using Xunit;

namespace Rdv.Tests.Local;

/// <summary>Rdv.Local in this process, in memory, with the sample functions.</summary>
public sealed class SampleApp : IAsyncLifetime
{
    public LocalApp App { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public SampleLog Log { get; } = new();

    public static Task<LocalApp> StartAsync(SampleLog log, LocalOptions options, string everySecond = "0 0 6 1 1 *") =>
        LocalApp.StartAsync(
            options with
            {
                Url = new Uri("http://127.0.0.1:0"),
                Mail = false,
                FunctionTypes = [typeof(SampleFunctions), typeof(SampleTimers)],
                Settings = new Dictionary<string, string?> { ["Samples:Schedule"] = everySecond },
            },
            services => services.AddSingleton(log),
            TestContext.Current.CancellationToken);

    public async ValueTask InitializeAsync()
    {
        App = await StartAsync(Log, new LocalOptions());
        Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = App.BaseUrl };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
    }
}
