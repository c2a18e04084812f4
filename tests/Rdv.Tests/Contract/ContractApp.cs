using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using NodaTime;
using NodaTime.Text;
using Rdv.Appointments;
using Rdv.Ids;
using Rdv.Local;
using Rdv.Local.Timers;
using Rdv.Messages;
using Rdv.Tests.Infrastructure;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>The product over HTTP, with the sample people and places, in memory and without limits.</summary>
public sealed class ContractApp(TableStorage emulator) : IAsyncLifetime
{
    public const string Place = "mediatheque-des-cerisiers";
    public const string Structure = "mediatheque-des-cerisiers";
    public const string Advisor = "aline-exemple";
    public const string Topic = "premiers-pas";

    private readonly ConcurrentDictionary<string, HttpClient> _clients = new();
    private readonly SemaphoreSlim _drawing = new(1);
    private Queue<string>? _starts;
    private int _phones;

    public LocalApp App { get; private set; } = null!;

    public TableClient Table => App.Services.GetRequiredService<Rdv.Azure.Tables.RdvTable>().Client;

    public static async Task<ContractApp> StartAsync(bool limits = false, Action<IServiceCollection>? configure = null, LocalOptions? options = null)
    {
        var app = new ContractApp((await TestContext.Current.GetFixture<TableStorage>())!);
        await app.StartOnAsync(limits, configure, options ?? new LocalOptions());
        return app;
    }

    public async ValueTask InitializeAsync() => await StartOnAsync(limits: false, configure: null, new LocalOptions());

    private async Task StartOnAsync(bool limits, Action<IServiceCollection>? configure, LocalOptions options) => App = await LocalApp.StartAsync(
        // One emulator for all, unless somebody wants theirs to do what others do not.
        options with { Url = new Uri("http://127.0.0.1:0"), Mail = false, Limits = limits, Storage = options.Hostility is null ? await emulator.Services : null },
        services =>
        {
            services.AddSingleton<IMailGateway, MailThatIsTaken>();
            services.RemoveAll<ILoggerProvider>();
            configure?.Invoke(services);
        },
        TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }

        _drawing.Dispose();
        // By a client of its own: that of the app may have been told to fail.
        var table = new TableClient(App.Services.GetRequiredService<IConfiguration>()["Tables:ConnectionString"], Table.Name);
        await App.DisposeAsync();
        await table.DeleteAsync(CancellationToken.None);
    }

    /// <param name="from">The client's address: any of 127.0.0.0/8.</param>
    public async Task<Reply> SendAsync(
        HttpMethod method, string path, HttpContent? content = null, string? persona = null, string? from = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(App.BaseUrl, path)) { Content = content };
        if (persona is not null)
        {
            request.Headers.Add("X-Rdv-Persona", persona);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var response = await _clients.GetOrAdd(from ?? "", ClientFrom).SendAsync(request, TestContext.Current.CancellationToken);
        return new Reply(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.MediaType,
            await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken),
            response);
    }

    public Task<Reply> GetAsync(string path, string? persona = null, string? from = null) => SendAsync(HttpMethod.Get, path, null, persona, from);

    public Task<Reply> PostAsync(string path, object body, string? persona = null, string? from = null, string? idempotencyKey = null) => SendAsync(
        HttpMethod.Post, path, JsonContent.Create(body), persona, from, idempotencyKey is null ? [] : [("Idempotency-Key", idempotencyKey)]);

    public static HttpContent Content(byte[] bytes, string mediaType = "application/json")
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        return content;
    }

    public static HttpContent Content(string text, string mediaType = "application/json") => Content(Encoding.UTF8.GetBytes(text), mediaType);

    /// <summary>An hour that no other test takes, at which one advisor alone receives in the sample library: what is given once is then taken.</summary>
    public async Task<string> DrawStartAsync()
    {
        await _drawing.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (_starts is null)
            {
                // Every other start of the half-hours: appointments of an hour do not overlap.
                _starts = new Queue<string>((await AloneAsync((await NowAsync()).InUtc().Date.PlusDays(2), days: 38)).Where(start => start[14..16] == "00"));
            }

            // A test that books whatever is free first may have taken the one that comes next.
            while (true)
            {
                var start = _starts.Dequeue();
                if ((await AloneAsync(LocalDatePattern.Iso.Parse(start[..10]).Value, days: 1)).Contains(start))
                {
                    return start;
                }
            }
        }
        finally
        {
            _drawing.Release();
        }
    }

    private async Task<List<string>> AloneAsync(LocalDate from, int days)
    {
        var slots = $"/api/territories/69/slots?topic={Topic}&place={Place}&from={LocalDatePattern.Iso.Format(from)}&days={days}";
        var alone = await StartsAsync(slots);
        return [.. (await StartsAsync($"{slots}&advisor={Advisor}")).Where(alone.Contains)];
    }

    /// <summary>When one advisor of those that are asked for is free, and no second.</summary>
    private async Task<HashSet<string>> StartsAsync(string slots) =>
        // Of a day that is over nothing is asked any more.
        [.. ((await GetAsync(slots)) is { Status: 200 } reply ? reply.Json.GetProperty("slots").EnumerateArray() : default)
            .Where(slot => slot.GetProperty("free").GetInt32() == 1)
            .Select(slot => slot.GetProperty("start").GetString()!)];

    /// <summary>A mobile number kept for fiction, another one each time.</summary>
    public string DrawPhone()
    {
        var number = Interlocked.Increment(ref _phones);
        return $"06 39 98 {number / 100:D2} {number % 100:D2}";
    }

    public object Booking(string start, string? phone = null, string name = "Odette Fictive", string? advisor = Advisor) => new
    {
        territory = "69",
        topic = Topic,
        start,
        placeId = Place,
        advisorId = advisor,
        citizen = new { name, phone = phone ?? DrawPhone() },
    };

    public async Task<JsonElement> BookAsync(string? phone = null)
    {
        var reply = await PostAsync("/api/appointments", Booking(await DrawStartAsync(), phone));
        return reply.Status == 201 ? reply.Json : throw new InvalidOperationException($"Not booked: {reply}");
    }

    /// <summary>Puts someone on the waiting list.</summary>
    /// <returns>The id, and the key of the link that an SMS will carry.</returns>
    public async Task<(string Id, string Key)> AskToBeCalledAsync(string? phone = null, string? note = null, bool signs = false)
    {
        var reply = await PostAsync("/api/callback-requests", new
        {
            territory = "69",
            topic = Topic,
            insee = "69256",
            citizen = new { name = "Odette Fictive", phone = phone ?? DrawPhone(), email = "odette@exemple.example", business = "Chez Odette", needs = "Malentendante" },
            note,
            signLanguage = signs,
        });
        return reply.Status == 201 && reply.Json.GetProperty("id").GetString() is { } id && WaitingId.TryParse(id, out var parsed)
            ? (id, App.Services.GetRequiredService<Links>().KeyOf(parsed.Subject, 1))
            : throw new InvalidOperationException($"Not on the list: {reply}");
    }

    public async Task<Instant> NowAsync() =>
        OffsetDateTimePattern.ExtendedIso.Parse((await GetAsync("/dev/clock")).Json.GetProperty("now").GetString()!).Value.ToInstant();

    public async Task MoveClockAsync(Instant now)
    {
        var reply = await PostAsync("/dev/clock", new { now = InstantPattern.ExtendedIso.Format(now) });
        if (reply.Status != 200)
        {
            throw new InvalidOperationException($"The clock did not move: {reply}");
        }
    }

    public async Task RunTimerAsync(string name) => await SendAsync(HttpMethod.Post, $"/admin/functions/{name}", Content("{}"));

    /// <summary>No timer runs any more: what is in the table then changes by requests alone. Each run leaves a heartbeat, at least.</summary>
    public Task StopTimersAsync() => App.Services.GetRequiredService<TimerScheduler>().StopAsync(TestContext.Current.CancellationToken);

    private static HttpClient ClientFrom(string address) => LoopbackClient.From(address.Length > 0 ? IPAddress.Parse(address) : null);
}

internal sealed class MailThatIsTaken : IMailGateway
{
    public Task<SendResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken) =>
        Task.FromResult<SendResult>(new SendResult.Sent(null));
}

[CollectionDefinition(Name)]
public sealed class SharedContractApp : ICollectionFixture<ContractApp>
{
    public const string Name = "contract";
}
