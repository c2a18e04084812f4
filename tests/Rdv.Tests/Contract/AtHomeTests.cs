using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rdv.Pages.Advisors;
using Rdv.Pages.Shared;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>At home through each door: the API, the citizen's pages, the hotline's, the advisor's.</summary>
public sealed class AtHomeTests : IAsyncLifetime
{
    private const string Own = "advisor:69/" + ContractApp.Advisor;
    private const string Hours = $"/api/advisors/69/{ContractApp.Advisor}/opening-hours";
    private const string Rules = $"/api/advisors/69/{ContractApp.Advisor}/booking-rules";
    private const string Street = "12 impasse des Pervenches";
    private const string Commune = "69256";

    private static readonly string[] AllMeans = ["place", "home"];

    private readonly Written _log = new();

    private ContractApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await ContractApp.StartAsync(configure: services => services
        .AddSingleton<ILoggerProvider>(_log)
        .PostConfigure<LoggerFilterOptions>(filter =>
        {
            filter.Rules.Clear();
            filter.MinLevel = LogLevel.Trace;
        }));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task The_API_offers_keeps_books_and_moves_a_visit_as_described()
    {
        await OfferAsync();
        var starts = await StartsAsync();
        var hold = AnswersTests.Described(await _app.PostAsync("/api/holds", Body(starts[0], new { insee = Commune })), "POST", "/api/holds", 201).GetProperty("hold").GetString();
        var booked = AnswersTests.Described(
            await _app.PostAsync("/api/appointments", Body(starts[0], new { address = Street, insee = Commune }, hold)), "POST", "/api/appointments", 201);
        booked.GetProperty("means").GetString().ShouldBe("home");
        booked.GetProperty("home").TryGetProperty("address", out _).ShouldBeFalse("who has the link is not told where they live");
        booked.GetProperty("home").GetProperty("insee").GetString().ShouldBe(Commune);
        var (reference, key) = (booked.GetProperty("reference").GetString(), booked.GetProperty("key").GetString());
        AnswersTests.Described(
            await _app.PostAsync($"/api/appointments/{reference}/move", new { key, start = starts[4] }), "POST", "/api/appointments/{reference}/move", 200)
            .GetProperty("means").GetString().ShouldBe("home");
        var file = (await _app.GetAsync($"/api/appointments/{reference}/calendar.ics?key={key}")).Text;
        file.ShouldContain("LOCATION:Chez vous");
        file.ShouldNotContain("Pervenches");
        var found = AnswersTests.Described(await _app.PostAsync("/api/hotline/search", new { reference }, "hotline"), "POST", "/api/hotline/search", 200);
        found.GetProperty("appointments")[0].GetProperty("home").GetProperty("address").GetString().ShouldBe(Street);
        var agenda = AnswersTests.Described(
            await _app.GetAsync($"/api/advisors/69/{ContractApp.Advisor}/agenda?from={starts[4][..10]}&days=1", Own), "GET", "/api/advisors/{territory}/{id}/agenda", 200);
        agenda.GetProperty("entries").EnumerateArray().Single(entry => entry.GetProperty("reference").GetString() == reference)
            .GetProperty("home").GetProperty("address").GetString().ShouldBe(Street);
        (await PageAsync($"/advisor?du={starts[4][..10]}", Own)).ShouldContain($"À domicile : {Street}");
        var cancelled = AnswersTests.Described(
            await _app.PostAsync($"/api/appointments/{reference}/cancel", new { key }), "POST", "/api/appointments/{reference}/cancel", 200);
        cancelled.TryGetProperty("home", out _).ShouldBeFalse("it is forgotten at once");
    }

    [Fact]
    public async Task Where_nobody_goes_is_refused_in_words_and_so_is_a_home_without_a_street()
    {
        await OfferAsync();
        var start = (await StartsAsync())[0];
        foreach (var (path, persona) in new[] { ("/api/appointments", null), ("/api/hotline/appointments", "hotline"), ($"/api/advisors/69/{ContractApp.Advisor}/appointments", Own) })
        {
            var far = AnswersTests.Described(
                await _app.PostAsync(path, Body(start, new { address = Street, insee = "13055" }), persona), "POST", path.Replace("69/" + ContractApp.Advisor, "{territory}/{id}", StringComparison.Ordinal), 400);
            far.GetProperty("errors").GetProperty("home.insee")[0].GetString().ShouldNotBeNull().ShouldContain("ne se déplace à domicile jusqu'à Marseille");
            (await _app.PostAsync(path, Body(start, new { insee = Commune }), persona)).Json.GetProperty("errors").TryGetProperty("home.address", out _).ShouldBeTrue(path);
        }

        (await _app.GetAsync($"/api/territories/69/slots?topic={ContractApp.Topic}&means=home")).Status.ShouldBe(400);
        var waits = new { territory = "69", topic = ContractApp.Topic, means = "home", insee = Commune, home = new { address = Street, insee = Commune }, citizen = Person };
        AnswersTests.Described(await _app.PostAsync("/api/callback-requests", waits), "POST", "/api/callback-requests", 201);
    }

    [Fact]
    public async Task The_why_of_an_hour_says_that_a_home_is_too_far()
    {
        await OfferAsync();
        var why = AnswersTests.Described(
            await _app.GetAsync($"/api/advisors/69/{ContractApp.Advisor}/why?means=home&insee=13055&date={(await StartsAsync())[0][..10]}", Own),
            "GET", "/api/advisors/{territory}/{id}/why", 200);
        why.GetProperty("days").EnumerateArray().SelectMany(day => day.GetProperty("halfHours").EnumerateArray())
            .Select(half => half.GetProperty("reason").GetString()).ShouldContain("too-far");
        (await _app.GetAsync($"/api/advisors/69/{ContractApp.Advisor}/why?means=fax", Own)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_citizen_chooses_it_on_the_pages_and_gives_the_address()
    {
        await OfferAsync();
        var start = (await StartsAsync())[0];
        (await PageAsync($"/creneaux?commune={Commune}&sujet={ContractApp.Topic}")).ShouldContain("Plutôt à domicile");
        (await PageAsync($"/creneaux?commune={Commune}&sujet={ContractApp.Topic}&moyen=domicile&du={start[..10]}"))
            .ShouldSatisfyAllConditions(list => list.ShouldContain("Quand venir chez vous"), list => list.ShouldContain(start[..16] + "@"));
        (await PageAsync($"/creneaux?commune=13055&sujet={ContractApp.Topic}&moyen=domicile")).ShouldContain("Aucun conseiller ne peut venir à domicile à Marseille");
        var chosen = await FormAsync(
            "/reserver/heure", null, ("commune", Commune), ("sujet", ContractApp.Topic), ("moyen", "domicile"), ("jeton", "d1"), ("creneau", $"{start[..16]}@{ContractApp.Place}"));
        var form = chosen.Header("Location").ShouldNotBeNull(chosen.Text);
        (await PageAsync(form)).ShouldSatisfyAllConditions(details => details.ShouldContain("Chez qui venons-nous"), details => details.ShouldContain("Votre adresse"));
        var draft = Uri.UnescapeDataString(form.Split("demande=")[1]);
        var without = await FormAsync("/reserver", null, ("demande", draft), (PersonForm.NameField, "Odette Fictive"), (PersonForm.PhoneField, "06 39 98 12 34"));
        without.Status.ShouldBe(400);
        WebUtility.HtmlDecode(without.Text).ShouldContain("Indiquez le numéro et la rue");
        var booked = await FormAsync(
            "/reserver", null, ("demande", draft), (PersonForm.NameField, "Odette Fictive"), (PersonForm.PhoneField, "06 39 98 12 34"), (PersonForm.AddressField, Street));
        var page = await PageAsync(booked.Header("Location").ShouldNotBeNull(booked.Text));
        page.ShouldContain("Votre conseiller vient chez vous, à Vaulx-en-Velin");
        page.ShouldNotContain("Pervenches");
    }

    [Fact]
    public async Task The_hotline_chooses_it_for_a_caller_and_reads_the_address_back()
    {
        await OfferAsync();
        var start = (await StartsAsync())[0];
        (await FormAsync("/hotline/creneaux", "hotline", ("territoire", "69"), ("sujet", ContractApp.Topic), ("du", start[..10]))).Text.ShouldNotContain("value=\"domicile\"", customMessage: "the commune is not known");
        var list = WebUtility.HtmlDecode((await FormAsync(
            "/hotline/creneaux", "hotline", ("territoire", "69"), ("commune", Commune), ("sujet", ContractApp.Topic), ("autre-moyen", "domicile"), ("du", start[..10]))).Text);
        list.ShouldContain("· À domicile");
        var chosen = await FormAsync(
            "/hotline/reserver/heure", "hotline", ("territoire", "69"), ("commune", Commune), ("sujet", ContractApp.Topic), ("moyen", "domicile"), ("jeton", "d2"), ("creneau", $"{start[..16]}@{ContractApp.Place}"));
        var form = await new AngleSharp.Html.Parser.HtmlParser().ParseDocumentAsync(chosen.Text, TestContext.Current.CancellationToken);
        form.QuerySelector($"input[name='{PersonForm.AddressField}']").ShouldNotBeNull(chosen.Text);
        var draft = form.QuerySelector("input[name=demande]").ShouldNotBeNull().GetAttribute("value")!;
        var booked = await FormAsync(
            "/hotline/reserver", "hotline", ("demande", draft), (PersonForm.NameField, "Odette Fictive"), (PersonForm.PhoneField, "06 39 98 12 34"), (PersonForm.AddressField, Street));
        (await PageAsync(booked.Header("Location").ShouldNotBeNull(booked.Text), "hotline")).ShouldContain($"C'est à domicile : le conseiller vient à cette heure, {Street}, Vaulx-en-Velin");
    }

    [Fact]
    public async Task The_advisor_says_on_their_page_how_far_they_go()
    {
        var saved = await FormAsync("/advisor/rythme?du=2026-11-23", Own, (RulesForm.PauseField, "0"), (RulesForm.PerDayField, ""), (RulesForm.KilometresField, "15"));
        saved.Status.ShouldBe(303);
        (await _app.GetAsync(Rules, Own)).Json.GetProperty("homeKilometres").GetInt32().ShouldBe(15);
        AnswersTests.Described(
            await _app.SendAsync(HttpMethod.Put, Rules, JsonContent.Create(new { pauseMinutes = 0, homeKilometres = 51 }), Own), "PUT", "/api/advisors/{territory}/{id}/booking-rules", 400)
            .GetProperty("errors").TryGetProperty("homeKilometres", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Where_somebody_lives_is_in_no_line_of_any_log()
    {
        await OfferAsync();
        var starts = await StartsAsync();
        var booked = await _app.PostAsync("/api/appointments", Body(starts[0], new { address = Street, insee = Commune }));
        booked.Status.ShouldBe(201, booked.Text);
        await _app.PostAsync("/api/appointments", Body(starts[1], new { address = Street, insee = "13055" }));
        await _app.PostAsync("/api/callback-requests", new { territory = "69", topic = ContractApp.Topic, means = "home", home = new { address = Street, insee = Commune }, citizen = Person });
        await _app.RunTimerAsync("SendSms");
        await _app.RunTimerAsync("SendInvites");
        await _app.PostAsync($"/api/appointments/{booked.Json.GetProperty("reference").GetString()}/cancel", new { key = booked.Json.GetProperty("key").GetString() });
        _log.Lines.ShouldNotBeEmpty();
        _log.Lines.ShouldAllBe(line => !line.Contains("Pervenches", StringComparison.OrdinalIgnoreCase));
    }

    private static object Person => new { name = "Odette Fictive", phone = "06 39 98 12 34" };

    private static object Body(string start, object home, string? hold = null) => new
    {
        territory = "69",
        topic = ContractApp.Topic,
        start,
        placeId = ContractApp.Place,
        advisorId = hold is null ? ContractApp.Advisor : null,
        hold,
        citizen = Person,
        means = "home",
        home,
    };

    private Task<Reply> FormAsync(string path, string? persona, params (string Name, string Value)[] fields) => _app.SendAsync(
        HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))), persona);

    private async Task<string> PageAsync(string path, string? persona = null) => WebUtility.HtmlDecode((await _app.GetAsync(path, persona)).Text).Replace('\u00a0', ' ');

    /// <summary>The advisor's hours as they are, at home as well.</summary>
    private async Task OfferAsync()
    {
        var hours = (await _app.GetAsync(Hours, Own)).Json.EnumerateArray().Select(period =>
        {
            var changed = period.EnumerateObject().ToDictionary(property => property.Name, property => (object)property.Value);
            changed["means"] = AllMeans;
            return changed;
        }).ToArray();
        AnswersTests.Described(await _app.SendAsync(HttpMethod.Put, Hours, JsonContent.Create(hours), Own), "PUT", "/api/advisors/{territory}/{id}/opening-hours", 200);
        AnswersTests.Described(
            await _app.SendAsync(HttpMethod.Put, Rules, JsonContent.Create(new { pauseMinutes = 0, homeKilometres = 10 }), Own),
            "PUT", "/api/advisors/{territory}/{id}/booking-rules", 200);
    }

    private async Task<string[]> StartsAsync()
    {
        var found = AnswersTests.Described(
            await _app.GetAsync($"/api/territories/69/slots?topic={ContractApp.Topic}&place={ContractApp.Place}&days=42&means=home&insee={Commune}"), "GET", "/api/territories/{territory}/slots", 200);
        return [.. found.GetProperty("slots").EnumerateArray().Where(slot => slot.GetProperty("start").GetString()![14..16] == "00").Skip(8).Select(slot => slot.GetProperty("start").GetString()!)];
    }

    /// <summary>All that is logged, at every level.</summary>
    private sealed class Written : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Lines.Enqueue(state.ToString() ?? "");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
