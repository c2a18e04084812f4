using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;
using Rdv.Appointments;
using Rdv.Ids;
using Rdv.Local;
using Rdv.Local.Clock;
using Rdv.Local.Dev;
using Rdv.Local.Staff;
using Rdv.Territories;
using Rdv.Waiting;
using Shouldly;

namespace Rdv.Tests.Browser;

/// <summary>An appointment as the API answers it.</summary>
internal sealed record Booked(string Reference, string Key, OffsetDateTime Start)
{
    public string Address => $"/r/{Reference}/{Key}";
}

/// <summary>A workshop of Aline Exemple, at noon of a day.</summary>
internal sealed record Planned(string Id, LocalDate Day);

/// <summary>The whole product with the sample people and places, on a Monday at 9:00 in Paris.</summary>
internal sealed class RunningProduct : IAsyncDisposable
{
    public const string Advisor = "advisor:69/aline-exemple";
    public const string Structure = "structure:69/mediatheque-des-cerisiers";
    public const string Admin = "admin";
    public const string Hotline = "hotline";

    private static readonly Instant Monday = Instant.FromUtc(2026, 11, 16, 8, 0);

    private static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];

    private readonly LocalApp _app;
    private readonly HttpClient _client;

    private RunningProduct(LocalApp app)
    {
        _app = app;
        _client = new HttpClient { BaseAddress = app.BaseUrl };
    }

    public string Url => _app.BaseUrl.GetLeftPart(UriPartial.Authority);

    public IReadOnlyList<OutboxMessage> Messages => _app.Services.GetRequiredService<Outbox>().Messages;

    public static async Task<RunningProduct> StartAsync(CancellationToken cancellationToken) => new(await LocalApp.StartAsync(
        new LocalOptions { Url = new Uri("http://127.0.0.1:0"), Limits = false },
        services => services.AddSingleton(new MovableClock(new ClockFrom(Monday), path: null)),
        cancellationToken));

    public async Task RunTimerAsync(string name) => (await _client.PostAsJsonAsync($"/admin/functions/{name}", new { })).EnsureSuccessStatusCode();

    /// <summary>Moves the clock forward, and lets each timer run once then.</summary>
    public async Task GoToAsync(Instant now) =>
        (await _client.PostAsJsonAsync("/dev/clock", new { now = InstantPattern.ExtendedIso.Format(now) })).EnsureSuccessStatusCode();

    /// <summary>Goes on to the next morning of a working day, unless the hotline answers now: other tests have moved the clock.</summary>
    public async Task BeInWorkingHoursAsync()
    {
        var now = await NowAsync();
        var paris = Territory.Parse("75");
        var local = now.InZone(Paris).LocalDateTime;
        if (!HumaneHours.IsWorkingDay(paris, local.Date) || local.Hour is < 9 or >= 16)
        {
            await GoToAsync(HumaneHours.WorkingMorning(paris, now));
        }
    }

    /// <summary>Books the free time at this rank with Aline Exemple, as a program does.</summary>
    /// <param name="alone">Of the times at which nobody else is free at her place: what is taken then is taken for everybody.</param>
    public async Task<Booked> BookAsync(string name, string phone, int rank = 0, string topic = "premiers-pas", string? note = null, bool alone = false)
    {
        var hers = await SlotsAsync(topic, "&advisor=aline-exemple");
        var crowded = alone ? (await SlotsAsync(topic, "")).Where(one => one.GetProperty("free").GetInt32() > 1).Select(At).ToHashSet() : [];
        var slot = hers.Where(one => !crowded.Contains(At(one))).ElementAt(rank);
        var start = slot.GetProperty("start").GetString()!;
        using var response = await _client.PostAsJsonAsync(
            "/api/appointments",
            new { territory = "69", topic, start, placeId = slot.GetProperty("placeId").GetString(), advisorId = "aline-exemple", note, citizen = new { name, phone } });
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        ((int)response.StatusCode).ShouldBe(201, body.ToString());
        return new Booked(body.GetProperty("reference").GetString()!, body.GetProperty("key").GetString()!, OffsetDateTimePattern.ExtendedIso.Parse(start).Value);
    }

    private async Task<JsonElement[]> SlotsAsync(string topic, string query) =>
        [.. (await _client.GetFromJsonAsync<JsonElement>($"/api/territories/69/slots?topic={topic}&days=14{query}")).GetProperty("slots").EnumerateArray()];

    private static string At(JsonElement slot) => $"{slot.GetProperty("start")}@{slot.GetProperty("placeId")}";

    /// <summary>Posts to the API as someone of the staff.</summary>
    public async Task<JsonElement> PostAsync(string persona, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add(LocalStaffIdentity.Header, persona);
        using var response = await _client.SendAsync(request);
        return await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Today in Paris, by the clock of the product.</summary>
    public async Task<LocalDate> TodayAsync() => (await NowAsync()).InZone(Paris).Date;

    private async Task<Instant> NowAsync() =>
        OffsetDateTimePattern.ExtendedIso.Parse((await _client.GetFromJsonAsync<JsonElement>("/dev/clock")).GetProperty("now").GetString()!).Value.ToInstant();

    /// <summary>Plans a workshop of Aline Exemple at noon, when she has no appointments, on the next weekday that has none.</summary>
    public async Task<Planned> PlanWorkshopAsync(string title, int seats = 6)
    {
        var today = await TodayAsync();
        for (var day = today.PlusDays(3); day < today.PlusDays(41); day = day.PlusDays(1))
        {
            if (day.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday)
            {
                continue;
            }

            var start = Start(day);
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/advisors/69/aline-exemple/workshops")
            {
                Content = JsonContent.Create(new { title, topic = "internet", start, minutes = 120, placeId = "mediatheque-des-cerisiers", seats }),
            };
            request.Headers.Add(LocalStaffIdentity.Header, Advisor);
            using var response = await _client.SendAsync(request);
            if (response.StatusCode == HttpStatusCode.Created)
            {
                return new Planned((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!, day);
            }
        }

        throw new InvalidOperationException("No weekday is free at noon in six weeks.");
    }

    /// <summary>Moves a workshop to noon of another day.</summary>
    public Task MoveWorkshopAsync(Planned workshop, LocalDate day) =>
        PostAsync(Advisor, $"/api/advisors/69/aline-exemple/workshops/{workshop.Id}/move", new { start = Start(day) });

    /// <summary>Takes a seat, as a program does.</summary>
    public async Task<Booked> BookSeatAsync(Planned workshop, string name, string phone, string? note = null)
    {
        using var response = await _client.PostAsJsonAsync("/api/appointments", new { territory = "69", workshopId = workshop.Id, note, citizen = new { name, phone } });
        response.EnsureSuccessStatusCode();
        var booked = await response.Content.ReadFromJsonAsync<JsonElement>();
        return new Booked(
            booked.GetProperty("reference").GetString()!,
            booked.GetProperty("key").GetString()!,
            OffsetDateTimePattern.ExtendedIso.Parse(booked.GetProperty("start").GetString()!).Value);
    }

    /// <summary>Puts someone on the waiting list, and offers them a place that somebody gives back.</summary>
    public async Task<(string Id, string Address)> AskToBeCalledAsync(string name, string phone)
    {
        using var response = await _client.PostAsJsonAsync(
            "/api/callback-requests", new { territory = "69", topic = "premiers-pas", insee = "69256", citizen = new { name, phone } });
        var id = (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        WaitingId.TryParse(id, out var parsed).ShouldBeTrue();
        var booked = await BookAsync("Renée Fictive", "06 39 98 10 22", rank: 24);
        await PostAsync(Hotline, $"/api/hotline/appointments/{booked.Reference}/cancel", new { });
        await RunTimerAsync("DoChores");
        return (id, WaitingLink.PathOf(parsed, _app.Services.GetRequiredService<Links>().KeyOf(parsed.Subject, 1)));
    }

    /// <summary>Offers what other tests gave back to those who wait since then, and crosses these off: the next slot is for who asks next.</summary>
    public async Task ClearWaitingAsync()
    {
        await RunTimerAsync("DoChores");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/hotline/callbacks?until=2100-01-01T00:00:00Z");
        request.Headers.Add(LocalStaffIdentity.Header, Hotline);
        using var response = await _client.SendAsync(request);
        foreach (var call in (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).EnumerateArray())
        {
            if (call.GetProperty("reason").GetString() is "request" or "freed")
            {
                await PostAsync(Hotline, $"/api/hotline/callbacks/{call.GetProperty("id").GetString()}", new { outcome = "done" });
            }
        }
    }

    /// <summary>Imports structures, as an administrator does.</summary>
    public async Task ImportAsync(string csv)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/admin/import/structures") { Content = new StringContent(csv, System.Text.Encoding.UTF8, "text/csv") };
        request.Headers.Add(LocalStaffIdentity.Header, "admin");
        using var response = await _client.SendAsync(request);
        (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("refused").GetInt32().ShouldBe(0);
    }

    /// <summary>How many appointments the hotline finds under a number.</summary>
    public async Task<int> CountAsync(string phone) =>
        (await PostAsync(Hotline, "/api/hotline/search", new { phone })).GetProperty("appointments").GetArrayLength();

    /// <summary>Reads the value of a button of a free time: <c>2026-11-24T09:00@place</c>.</summary>
    public static Instant InstantOf(string slot) =>
        LocalDateTimePattern.Create("uuuu-MM-dd'T'HH:mm", CultureInfo.InvariantCulture).Parse(slot.Split('@')[0]).Value
            .InZoneStrictly(Paris).ToInstant();

    private static string Start(LocalDate day) =>
        OffsetDateTimePattern.Rfc3339.Format(day.At(LocalTime.Noon).InZoneStrictly(Paris).ToOffsetDateTime());

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }
}
