using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using NodaTime;
using NodaTime.Text;
using Rdv.Appointments;
using Rdv.Azure.Tables;
using Rdv.Directory.Import;
using Rdv.Functions.Http;
using Rdv.Ids;
using Rdv.Local;
using Rdv.Messages;
using Rdv.People;
using Rdv.Territories;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Simulation;

/// <summary>
/// People who book, move and cancel for three weeks, at hours drawn once and for all, over HTTP, under Rdv.Local whose clock is moved from
/// one thing that happens to the next.
/// </summary>
internal sealed class Weeks : IAsyncDisposable
{
    private static readonly Duration Retry = Duration.FromMinutes(10);

    private readonly LocalApp _app;
    private readonly HttpClient _client;
    private readonly Random _random;
    private readonly PriorityQueue<Func<Task>, Instant> _script = new();
    private readonly List<Life> _lives = [];
    private int _phones;

    private Weeks(LocalApp app, int seed)
    {
        _app = app;
        _client = new HttpClient { BaseAddress = app.BaseUrl, Timeout = TimeSpan.FromMinutes(2) };
        _random = new Random(seed);
    }

    public IReadOnlyList<Life> Lives => _lives;

    public Instant Now => _app.Services.GetRequiredService<IClock>().GetCurrentInstant();

    public int Jumps { get; private set; }

    private TableClient Table => _app.Services.GetRequiredService<RdvTable>().Client;

    public static async Task<Weeks> StartAsync(IReadOnlyList<Territory> territories, ISmsGateway sms, IClock clock, int seed)
    {
        var app = await LocalApp.StartAsync(
            new LocalOptions { Url = new Uri("http://127.0.0.1:0"), Mail = false, Demo = false, Limits = false },
            services =>
            {
                // A provider on bad days fills the log.
                services.RemoveAll<ILoggerProvider>();
                services.AddSingleton(sms);
                services.AddSingleton<IMailGateway>(new Mailboxes());
            },
            TestContext.Current.CancellationToken);
        foreach (var territory in territories)
        {
            await Directories.FillAsync(app.Services.GetRequiredService<WriteDirectory>(), territory, advisors: 3);
        }

        ((Relay)clock).Behind = app.Services.GetRequiredService<IClock>();
        return new Weeks(app, seed);
    }

    /// <summary>Draws who books what and when, and what becomes of it.</summary>
    public void Plan(Territory territory, LocalDate first, int days, int bookings)
    {
        for (var i = 0; i < bookings; i++)
        {
            var at = Wall(territory, first.PlusDays(_random.Next(days)).At(new LocalTime(_random.Next(7, 22), _random.Next(60))));
            // One in eight is for the same day.
            var start = at.InZone(territory.Zone).Date.PlusDays(_random.Next(8) == 0 ? 0 : _random.Next(1, 10)).At(new LocalTime(_random.Next(8, 20), 0));
            Do(at, () => BookAsync(territory, start));
        }
    }

    /// <summary>Moves the clock to each thing that happens, and to each message that falls due, until the end.</summary>
    public async Task RunAsync(Instant from, Instant to, IReadOnlyList<Territory> territories)
    {
        await JumpAsync(from);
        while (await NextAsync(territories) is { } next && next <= to)
        {
            await JumpAsync(next);
            while (_script.TryPeek(out _, out var at) && at <= Now)
            {
                await _script.Dequeue()();
            }
        }

        await JumpAsync(to);
    }

    /// <summary>The rows of a family in a territory.</summary>
    public async Task<IReadOnlyList<TableEntity>> RowsAsync(Territory territory, string prefix) =>
        await Table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter(
            $"PartitionKey eq {territory.Code} and RowKey ge {prefix} and RowKey lt {prefix + "~"}")).ToListAsync();

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    private static Instant Wall(Territory territory, LocalDateTime time) => time.InZoneLeniently(territory.Zone).ToInstant();

    private void Do(Instant at, Func<Task> what) => _script.Enqueue(what, at);

    private async Task<Instant?> NextAsync(IReadOnlyList<Territory> territories)
    {
        Instant? next = _script.TryPeek(out _, out var at) ? at : null;
        foreach (var territory in territories)
        {
            foreach (var channel in new[] { "sms", "mail", "chore" })
            {
                var row = await Table.QueryAsync<TableEntity>(
                    TableClient.CreateQueryFilter($"PartitionKey eq {territory.Code} and RowKey ge {$"due|{channel}|"} and RowKey lt {$"due|{channel}|~"}"),
                    maxPerPage: 1,
                    select: ["RowKey"]).FirstOrDefaultAsync();
                if (row is not null)
                {
                    var due = InstantPattern.ExtendedIso.Parse(row.RowKey.Split('|')[2]).Value;
                    due = due <= Now ? Now + Retry : due;
                    next = next is null ? due : Instant.Min(next.Value, due);
                }
            }
        }

        return next;
    }

    private async Task JumpAsync(Instant to)
    {
        // The clock goes on between two jumps, and only forward.
        to = Instant.Max(to, Now + Duration.FromSeconds(2));
        using var answer = await _client.PostAsJsonAsync("/dev/clock", new { now = InstantPattern.ExtendedIso.Format(to) });
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        Jumps++;
    }

    private async Task BookAsync(Territory territory, LocalDateTime start)
    {
        var number = _phones++;
        var landline = number % 10 == 9;
        var phone = landline
            ? $"01 99 00 {number / 100 % 100:00} {number % 100:00}"
            : $"06 39 98 {number / 100 % 100:00} {number % 100:00}";
        var twoHours = number % 6 == 0;
        var helper = number % 8 == 1 ? new { name = "Aline Fictive", phone = $"06 39 98 9{number % 10} {number % 100:00}", consent = true } : null;
        var asked = Now;
        var booked = await PostAsync("/api/hotline/appointments", new
        {
            territory = territory.Code,
            topic = "premiers-pas",
            start = Values.Format(start, territory),
            placeId = Directories.Place.Value,
            citizen = new { name = "Odette Fictive", phone, reminderTwoHours = twoHours },
            helper,
        });
        // Another one had that hour, or it was too late for it.
        if (booked is null || !AppointmentReference.TryParse(booked.Value.GetProperty("reference").GetString(), out var reference)
            || !PhoneNumber.TryParse(phone, territory, out var parsed))
        {
            return;
        }

        var life = new Life(reference, parsed.E164, _app.Services.GetRequiredService<Links>().IndexOf(parsed).Hash, twoHours);
        life.Add(new Truth(asked, Wall(territory, start), IsCancelled: false));
        _lives.Add(life);
        var wait = life.Last.Start - Now;
        switch (_random.Next(10))
        {
            case 0 or 1:
                Do(Now + (wait * _random.NextDouble()), () => MoveAsync(life));
                break;
            case 2 or 3:
                Do(Now + (wait * _random.NextDouble()), () => CancelAsync(life));
                break;
            case 4:
                // Second thoughts, within minutes.
                Do(Now + Duration.FromSeconds(30), () => MoveAsync(life));
                Do(Now + Duration.FromSeconds(70), () => MoveAsync(life));
                Do(Now + (wait * _random.NextDouble()), () => CancelAsync(life));
                break;
        }
    }

    private async Task MoveAsync(Life life)
    {
        var to = life.Last.Start.InZone(life.Territory.Zone).LocalDateTime.PlusDays(_random.Next(1, 4)).Date.At(new LocalTime(_random.Next(8, 20), 0));
        var asked = Now;
        if (await PostAsync($"/api/hotline/appointments/{life.Reference}/move", new { start = Values.Format(to, life.Territory) }) is not null
            && Wall(life.Territory, to) != life.Last.Start)
        {
            life.Add(new Truth(asked, Wall(life.Territory, to), IsCancelled: false));
        }
    }

    private async Task CancelAsync(Life life)
    {
        var asked = Now;
        if (!life.Last.IsCancelled && await PostAsync($"/api/hotline/appointments/{life.Reference}/cancel", new { reason = "Malade" }) is not null)
        {
            life.Add(life.Last with { Since = asked, IsCancelled = true });
        }
    }

    /// <returns>Null when it was refused as it may be: the hour is taken, or it is too late.</returns>
    private async Task<JsonElement?> PostAsync(string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("X-Rdv-Persona", "hotline");
        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)response.StatusCode).ShouldBeOneOf([200, 201, 400, 409], $"{path}: {text}");
        return response.IsSuccessStatusCode ? JsonDocument.Parse(text).RootElement.Clone() : null;
    }

    /// <summary>The clock of an app that is not there yet when its gateway is made.</summary>
    internal sealed class Relay : IClock
    {
        public IClock? Behind { get; set; }

        public Instant GetCurrentInstant() => Behind!.GetCurrentInstant();
    }

    private sealed class Mailboxes : IMailGateway
    {
        public Task<SendResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken) => Task.FromResult<SendResult>(new SendResult.Sent(null));
    }
}
