using System.Net;
using System.Net.Http.Json;
using Rdv.Pages.Advisors;
using Rdv.Pages.Shared;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>By video through each door: the API, the citizen's pages, the hotline's, the advisor's.</summary>
public sealed class ByVideoTests : IAsyncLifetime
{
    private const string Own = "advisor:69/" + ContractApp.Advisor;
    private const string Hours = $"/api/advisors/69/{ContractApp.Advisor}/opening-hours";
    private const string Rules = $"/api/advisors/69/{ContractApp.Advisor}/booking-rules";
    private const string Room = "https://visio.example.fr/aline";

    private static readonly string[] AllMeans = ["place", "video"];

    private ContractApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await ContractApp.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task The_API_offers_keeps_books_and_moves_a_video_as_described()
    {
        await OfferAsync();
        var starts = await StartsAsync();
        var hold = AnswersTests.Described(await _app.PostAsync("/api/holds", Body(starts[0])), "POST", "/api/holds", 201).GetProperty("hold").GetString();
        var booked = AnswersTests.Described(await _app.PostAsync("/api/appointments", Body(starts[0], hold)), "POST", "/api/appointments", 201);
        booked.GetProperty("means").GetString().ShouldBe("video");
        booked.TryGetProperty("videoLink", out _).ShouldBeFalse("it is told the day before");
        var (reference, key) = (booked.GetProperty("reference").GetString(), booked.GetProperty("key").GetString());
        AnswersTests.Described(
            await _app.PostAsync($"/api/appointments/{reference}/move", new { key, start = starts[4] }), "POST", "/api/appointments/{reference}/move", 200)
            .GetProperty("means").GetString().ShouldBe("video");
        var file = (await _app.GetAsync($"/api/appointments/{reference}/calendar.ics?key={key}")).Text;
        file.ShouldContain("LOCATION:En vidéo");
        file.ShouldNotContain("visio.example.fr");
        var found = AnswersTests.Described(
            await _app.PostAsync("/api/hotline/search", new { reference }, "hotline"), "POST", "/api/hotline/search", 200);
        found.GetProperty("appointments")[0].GetProperty("videoLink").GetString().ShouldBe(Room);
    }

    [Fact]
    public async Task The_link_is_refused_where_it_is_none_and_kept_by_the_rules()
    {
        AnswersTests.Described(
            await _app.SendAsync(HttpMethod.Put, Rules, JsonContent.Create(new { pauseMinutes = 0, videoLink = "http://visio.example.fr" }), Own),
            "PUT", "/api/advisors/{territory}/{id}/booking-rules", 400).GetProperty("errors").TryGetProperty("videoLink", out _).ShouldBeTrue();
        await OfferAsync();
        AnswersTests.Described(await _app.GetAsync(Rules, Own), "GET", "/api/advisors/{territory}/{id}/booking-rules", 200)
            .GetProperty("videoLink").GetString().ShouldBe(Room);
    }

    [Fact]
    public async Task The_advisor_gives_the_link_on_their_page_and_is_told_what_is_wrong_with_another()
    {
        var page = "/advisor/rythme?du=2026-11-23";
        var refused = await FormAsync(page, Own, (RulesForm.PauseField, "0"), (RulesForm.PerDayField, ""), (RulesForm.VideoField, "visio.example.fr"));
        refused.Status.ShouldBe(400);
        WebUtility.HtmlDecode(refused.Text).ShouldContain("commence par https://, sans espace");
        (await FormAsync(page, Own, (RulesForm.PauseField, "0"), (RulesForm.PerDayField, ""), (RulesForm.VideoField, Room))).Status.ShouldBe(303);
        (await _app.GetAsync(Rules, Own)).Json.GetProperty("videoLink").GetString().ShouldBe(Room);
        (await PageAsync("/advisor", Own)).ShouldContain(Room);
    }

    [Fact]
    public async Task A_citizen_chooses_it_on_the_pages_and_is_told_of_the_link()
    {
        await OfferAsync();
        var start = (await StartsAsync())[0];
        (await PageAsync($"/creneaux?commune=69256&sujet={ContractApp.Topic}")).ShouldContain("Plutôt en vidéo");
        (await PageAsync($"/creneaux?commune=69256&sujet={ContractApp.Topic}&moyen=video&du={start[..10]}"))
            .ShouldSatisfyAllConditions(page => page.ShouldContain("Quand vous voir en vidéo"), page => page.ShouldContain("Plutôt sur place"), page => page.ShouldContain(start[..16] + "@"));
        var chosen = await FormAsync(
            "/reserver/heure", null, ("commune", "69256"), ("sujet", ContractApp.Topic), ("moyen", "video"), ("jeton", "v1"), ("creneau", $"{start[..16]}@{ContractApp.Place}"));
        var form = chosen.Header("Location").ShouldNotBeNull(chosen.Text);
        (await PageAsync(form)).ShouldContain("Qui voyons-nous");
        var draft = Uri.UnescapeDataString(form.Split("demande=")[1]);
        var booked = await FormAsync("/reserver", null, ("demande", draft), (PersonForm.NameField, "Odette Fictive"), (PersonForm.PhoneField, "06 39 98 12 34"));
        var page = await PageAsync(booked.Header("Location").ShouldNotBeNull(booked.Text));
        page.ShouldContain("En vidéo");
        page.ShouldContain("Le lien est sur cette page la veille");
        page.ShouldNotContain("visio.example.fr");
        page.ShouldNotContain("Pour entrer");
    }

    [Fact]
    public async Task The_hotline_chooses_it_for_a_caller_and_reads_how_it_goes()
    {
        await OfferAsync();
        var start = (await StartsAsync())[0];
        var list = WebUtility.HtmlDecode((await FormAsync("/hotline/creneaux", "hotline", ("territoire", "69"), ("sujet", ContractApp.Topic), ("autre-moyen", "video"), ("du", start[..10]))).Text);
        list.ShouldContain("· En vidéo");
        var chosen = await FormAsync("/hotline/reserver/heure", "hotline", ("territoire", "69"), ("sujet", ContractApp.Topic), ("moyen", "video"), ("jeton", "v2"), ("creneau", $"{start[..16]}@{ContractApp.Place}"));
        var form = await new AngleSharp.Html.Parser.HtmlParser().ParseDocumentAsync(chosen.Text, TestContext.Current.CancellationToken);
        var draft = form.QuerySelector("input[name=demande]").ShouldNotBeNull(chosen.Text).GetAttribute("value")!;
        var booked = await FormAsync("/hotline/reserver", "hotline", ("demande", draft), (PersonForm.NameField, "Odette Fictive"), (PersonForm.PhoneField, "06 39 98 12 34"));
        (await PageAsync(booked.Header("Location").ShouldNotBeNull(booked.Text), "hotline")).ShouldContain("C'est en vidéo : vous recevez le lien par SMS la veille");
    }

    private static object Body(string start, string? hold = null) => new
    {
        territory = "69",
        topic = ContractApp.Topic,
        start,
        placeId = ContractApp.Place,
        advisorId = hold is null ? ContractApp.Advisor : null,
        hold,
        citizen = new { name = "Odette Fictive", phone = "06 39 98 12 34" },
        means = "video",
    };

    private Task<Reply> FormAsync(string path, string? persona, params (string Name, string Value)[] fields) => _app.SendAsync(
        HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))), persona);

    private async Task<string> PageAsync(string path, string? persona = null) => WebUtility.HtmlDecode((await _app.GetAsync(path, persona)).Text).Replace('\u00a0', ' ');

    /// <summary>The advisor's hours as they are, by video as well.</summary>
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
            await _app.SendAsync(HttpMethod.Put, Rules, JsonContent.Create(new { pauseMinutes = 0, videoLink = Room }), Own),
            "PUT", "/api/advisors/{territory}/{id}/booking-rules", 200);
    }

    private async Task<string[]> StartsAsync()
    {
        var found = AnswersTests.Described(
            await _app.GetAsync($"/api/territories/69/slots?topic={ContractApp.Topic}&place={ContractApp.Place}&days=42&means=video"), "GET", "/api/territories/{territory}/slots", 200);
        return [.. found.GetProperty("slots").EnumerateArray().Where(slot => slot.GetProperty("start").GetString()![14..16] == "00").Skip(8).Select(slot => slot.GetProperty("start").GetString()!)];
    }
}
