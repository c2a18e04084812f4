using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Rdv.Calendars;
using Rdv.Territories;
using Rdv.Tests.Contract;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Calendars;

/// <summary>An advisor takes up their own calendar: on the page, and by the API.</summary>
public sealed class CalendarPagesTests : IAsyncLifetime
{
    private const string Address = "https://agenda.example/secret-6f1d/agenda-de-aline.ics";
    private const string Api = $"/api/advisors/69/{ContractApp.Advisor}/calendars";
    private const string Own = "advisor:69/" + ContractApp.Advisor;

    private readonly PublishedCalendar _published = new();
    private ContractApp _app = null!;
    private LocalDate _day;

    public async ValueTask InitializeAsync()
    {
        _app = await ContractApp.StartAsync(configure: services => services.AddSingleton<ICalendarSource>(_published));
        _day = (await _app.NowAsync()).InZone(DateTimeZoneProviders.Tzdb["Europe/Paris"]).Date.PlusDays(2);

        // At night, when nobody has anything else.
        _published.Start = _day.At(new LocalTime(5, 0)).InUtc().ToInstant();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task The_page_takes_it_up_says_what_it_blocks_and_forgets_it()
    {
        (await PageAsync()).ShouldContain("Mon propre agenda");
        var wrong = await PostAsync("agendas", "http://agenda.example/a.ics");
        wrong.Status.ShouldBe(400);
        System.Net.WebUtility.HtmlDecode(wrong.Text).ShouldContain("pas protégée");
        _published.Start.ShouldNotBeNull();

        (await PostAsync("agendas", Address)).Status.ShouldBe(303);
        var page = await PageAsync();
        page.ShouldContain("agenda.example");
        page.ShouldContain("1 heure occupée");
        page.ShouldContain("Occupé (votre agenda)");
        page.ShouldNotContain("secret-6f1d");
        (await PageAsync("hotline", $"&departement=69&conseiller={ContractApp.Advisor}")).ShouldContain("Occupé (son agenda)");

        var id = (await _app.GetAsync(Api, Own)).Json[0].GetProperty("id").GetString();
        _published.Start = null;
        var calendar = (await Store.ListAsync(Territory.Parse("69"), TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
        await _app.App.Services.GetRequiredService<ReadCalendar>().ExecuteAsync(calendar, calendar.CheckedAt + OwnCalendar.Interval, TestContext.Current.CancellationToken);
        page = await PageAsync();
        page.ShouldContain("ne se lit plus");
        page.ShouldContain("Vos heures restent");

        (await PostAsync("agendas/" + id, "")).Status.ShouldBe(303);
        page = await PageAsync();
        page.ShouldNotContain("agenda.example");
        page.ShouldNotContain("Occupé (votre agenda)");
        (await PostAsync("agendas/" + id, "")).Status.ShouldBe(303);
        (await PostAsync("agendas/x", "")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task The_API_takes_it_up_once_and_never_gives_its_address_back()
    {
        var dry = await _app.PostAsync(Api + "?dryRun=true", new { address = Address }, Own);
        (dry.Status, dry.Json.GetProperty("busyHours").GetDouble()).ShouldBe((200, 1.0), dry.Text);
        (await _app.GetAsync(Api, Own)).Json.GetArrayLength().ShouldBe(0);

        var added = await _app.PostAsync(Api, new { address = Address }, Own, idempotencyKey: "one");
        added.Status.ShouldBe(201, added.Text);
        (await _app.PostAsync(Api, new { address = Address }, Own, idempotencyKey: "one")).Status.ShouldBe(200);
        (await _app.PostAsync(Api, new { address = Address + "?2" }, Own, idempotencyKey: "one")).Code.ShouldBe("idempotency-mismatch");
        var listed = await _app.GetAsync(Api, "admin");
        listed.Json.GetArrayLength().ShouldBe(1);
        listed.Json[0].GetProperty("host").GetString().ShouldBe("agenda.example");
        listed.Json[0].GetProperty("state").GetString().ShouldBe("read");

        var agenda = await _app.GetAsync($"/api/advisors/69/{ContractApp.Advisor}/agenda?from={_day:uuuu-MM-dd}&days=1", "hotline");
        var entry = agenda.Json.GetProperty("entries").EnumerateArray().Single(entry => entry.GetProperty("kind").GetString() == "calendar");
        entry.EnumerateObject().Where(property => property.Value.ValueKind != System.Text.Json.JsonValueKind.Null).Select(property => property.Name)
            .ShouldBe(["kind", "start", "end"], ignoreOrder: true);
        foreach (var reply in new[] { dry, added, listed, agenda })
        {
            reply.Text.ShouldNotContain("secret-6f1d");
        }

        (await _app.SendAsync(HttpMethod.Delete, $"{Api}/{listed.Json[0].GetProperty("id").GetString()}", null, Own)).Status.ShouldBe(204);
        (await _app.GetAsync(Api, Own)).Json.GetArrayLength().ShouldBe(0);
        _published.Start = null;
        var failed = await _app.PostAsync(Api, new { address = Address }, Own);
        (failed.Status, failed.Code).ShouldBe((400, "invalid"));
        failed.Text.ShouldContain("ne répond pas");
    }

    private ICalendarStore Store => _app.App.Services.GetRequiredService<ICalendarStore>();

    private async Task<string> PageAsync(string persona = Own, string query = "") =>
        System.Net.WebUtility.HtmlDecode((await _app.GetAsync($"/advisor?du={_day:uuuu-MM-dd}{query}", persona)).Text).Replace('\u00a0', ' ');

    private async Task<Reply> PostAsync(string what, string address)
    {
        using var form = new FormUrlEncodedContent([new("jeton", Guid.NewGuid().ToString("N")), new(Rdv.Pages.Advisors.CalendarForm.AddressField, address)]);
        return await _app.SendAsync(HttpMethod.Post, $"/advisor/{what}?du={_day:uuuu-MM-dd}", form, Own);
    }
}
