using System.Globalization;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Testing;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Azure.Tables;
using Rdv.Directory.Import;
using Rdv.Functions.Dispatch;
using Rdv.Functions.Http;
using Rdv.Local;
using Rdv.Territories;
using Xunit;

namespace Rdv.Tests.Infrastructure;

/// <summary>Tests that share the product over HTTP, and its faults: one at a time.</summary>
[CollectionDefinition(Name)]
public sealed class OverHttp : ICollectionFixture<HttpProduct>
{
    public const string Name = "over HTTP";
}

/// <summary>An answer of the API.</summary>
internal sealed record ApiAnswer(int Status, JsonElement Body, string? RetryAfter)
{
    public string Code => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("code", out var code) ? code.GetString()! : "";

    public string Reference => Text("reference");

    public string Text(string property) => Body.GetProperty(property).GetString()!;

    public override string ToString() => $"{Status} {Code}";
}

/// <summary>The product over HTTP, with storage that can be made to fail. Timers do not run by themselves; limits are lifted.</summary>
public sealed class HttpProduct : IAsyncLifetime
{
    private int _territories;
    private LocalApp _app = null!;
    private HttpClient _client = null!;

    // The clock moves with each look at it: two requests are never made at the same instant.
    internal FakeClock Clock { get; } = new(World.Monday, Duration.FromTicks(1));

    internal StorageLine Storage { get; } = new();

    internal TableClient Table => _app.Services.GetRequiredService<RdvTable>().Client;

    public async ValueTask InitializeAsync()
    {
        _app = await LocalApp.StartAsync(
            new LocalOptions
            {
                Url = new Uri("http://127.0.0.1:0"),
                Mail = false,
                Demo = false,
                Limits = false,
                FunctionTypes = [.. Assembly.Load("Rdv.Functions").GetTypes().Where(type => type != typeof(DispatchTimers))],
                Settings = new Dictionary<string, string?>
                {
                    ["Booking:AppointmentsPerPhone"] = int.MaxValue.ToString(CultureInfo.InvariantCulture),
                },
            },
            services =>
            {
                services.AddSingleton<IClock>(Clock);
                services.AddSingleton<TableClientOptions>(_ => Storage.ToOptions());
            },
            TestContext.Current.CancellationToken);
        _client = new HttpClient { BaseAddress = _app.BaseUrl };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    /// <summary>A territory that no other test uses.</summary>
    internal async Task<Territory> NewTerritoryAsync(int advisors = 1, int fromHour = 8, int toHour = 20)
    {
        Storage.Mend();
        Territory territory;
        while (!Territory.TryParse(Interlocked.Increment(ref _territories).ToString("00", CultureInfo.InvariantCulture), out territory))
        {
            // 20 is no département any more.
        }

        await Directories.FillAsync(_app.Services.GetRequiredService<WriteDirectory>(), territory, advisors, fromHour, toHour);
        return territory;
    }

    internal Task<IReadOnlyList<Appointment>> ConsistentAsync(Territory territory) => Consistency.ShouldHoldAsync(
        Table, territory, _app.Services.GetRequiredService<IAgendaStore>());

    internal Task<ApiAnswer> BookAsync(Territory territory, LocalDateTime start, string? advisor = null, string? key = null, string name = "Odette Fictive") =>
        PostAsync("/api/appointments", key, new
        {
            territory = territory.Code,
            topic = "premiers-pas",
            start = Format(territory, start),
            placeId = Directories.Place.Value,
            advisorId = advisor,
            citizen = new { name, phone = "06 39 98 12 34" },
        });

    internal Task<ApiAnswer> HoldAsync(Territory territory, LocalDateTime start, string? key = null) => PostAsync("/api/holds", key, new
    {
        territory = territory.Code,
        topic = "premiers-pas",
        start = Format(territory, start),
        placeId = Directories.Place.Value,
    });

    internal Task<ApiAnswer> CancelAsync(ApiAnswer booked) =>
        PostAsync($"/api/appointments/{booked.Reference}/cancel", null, new { key = booked.Text("key") });

    internal Task<ApiAnswer> MoveAsync(Territory territory, ApiAnswer booked, LocalDateTime start) =>
        PostAsync($"/api/appointments/{booked.Reference}/move", null, new { key = booked.Text("key"), start = Format(territory, start), version = 1 });

    private async Task<ApiAnswer> PostAsync(string path, string? key, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (key is not null)
        {
            request.Headers.Add(IdempotencyKey.Header, key);
        }

        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new ApiAnswer(
            (int)response.StatusCode,
            text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone(),
            response.Headers.RetryAfter?.ToString());
    }

    private static string Format(Territory territory, LocalDateTime start) => Values.Format(start, territory);
}
