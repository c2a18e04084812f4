using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Rdv.Pages.Shared;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>By telephone through each door: the API, the citizen's pages, the hotline's.</summary>
public sealed class ByPhoneTests : IAsyncLifetime
{
    private const string Slots = "/api/territories/{territory}/slots";
    private const string Own = "advisor:69/" + ContractApp.Advisor;
    private const string Hours = $"/api/advisors/69/{ContractApp.Advisor}/opening-hours";

    private static readonly string[] BothMeans = ["place", "phone"];

    private ContractApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await ContractApp.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task The_API_offers_keeps_books_and_moves_a_call_as_described()
    {
        await OfferPhoneAsync();
        var starts = await StartsAsync();
        var (first, second) = (starts[0], starts[4]);
        var hold = AnswersTests.Described(await PostAsync("/api/holds", Body(first)), "POST", "/api/holds", 201).GetProperty("hold").GetString();
        var booked = AnswersTests.Described(await PostAsync("/api/appointments", Body(first, hold)), "POST", "/api/appointments", 201);
        booked.GetProperty("means").GetString().ShouldBe("phone");
        var (reference, key) = (booked.GetProperty("reference").GetString(), booked.GetProperty("key").GetString());
        var moved = AnswersTests.Described(
            await PostAsync($"/api/appointments/{reference}/move", new { key, start = second }), "POST", "/api/appointments/{reference}/move", 200);
        moved.GetProperty("means").GetString().ShouldBe("phone");
        AnswersTests.Described(await _app.GetAsync($"/api/appointments/{reference}?key={key}"), "GET", "/api/appointments/{reference}", 200)
            .GetProperty("means").GetString().ShouldBe("phone");
        var file = (await _app.GetAsync($"/api/appointments/{reference}/calendar.ics?key={key}")).Text;
        file.ShouldContain("LOCATION:Par téléphone");
        file.Replace("\r\n ", "", StringComparison.Ordinal).ShouldContain("au numéro qui finit par 34");
        var agenda = AnswersTests.Described(
            await _app.GetAsync($"/api/advisors/69/{ContractApp.Advisor}/agenda?from={second[..10]}&days=1", Own), "GET", "/api/advisors/{territory}/{id}/agenda", 200);
        agenda.GetProperty("entries").EnumerateArray().Single(entry => entry.GetProperty("reference").GetString() == reference)
            .GetProperty("means").GetString().ShouldBe("phone");
    }

    [Fact]
    public async Task The_hotline_and_the_advisor_book_a_call_too_and_unknown_means_are_refused()
    {
        await OfferPhoneAsync();
        var starts = await StartsAsync();
        var byHotline = AnswersTests.Described(
            await _app.PostAsync("/api/hotline/appointments", Body(starts[0]), "hotline"), "POST", "/api/hotline/appointments", 201);
        byHotline.GetProperty("means").GetString().ShouldBe("phone");
        var visits = $"/api/advisors/69/{ContractApp.Advisor}/appointments";
        (await _app.PostAsync(visits, Body(starts[4]), Own)).Json.GetProperty("means").GetString().ShouldBe("phone");
        foreach (var (path, persona) in new[] { ("/api/holds", null), ("/api/appointments", null), ("/api/hotline/appointments", "hotline"), (visits, Own) })
        {
            var refused = await _app.PostAsync(path, Body(starts[8], means: "fax"), persona);
            (refused.Status, refused.Json.GetProperty("errors").TryGetProperty("means", out _)).ShouldBe((400, true), path);
        }

        (await _app.GetAsync($"/api/territories/69/slots?topic={ContractApp.Topic}&means=fax")).Status.ShouldBe(400);
        var asked = await _app.PostAsync("/api/callback-requests", new { territory = "69", topic = ContractApp.Topic, means = "phone", citizen = Person });
        AnswersTests.Described(asked, "POST", "/api/callback-requests", 201);
    }

    [Fact]
    public async Task Who_knows_nothing_of_means_reads_what_they_always_read()
    {
        await OfferPhoneAsync();
        (await _app.GetAsync($"/api/territories/69/slots?topic={ContractApp.Topic}&days=42")).Text.ShouldNotContain("means");
        var booked = await _app.BookAsync();
        booked.TryGetProperty("means", out _).ShouldBeFalse();
        (await _app.GetAsync("/api/advisors/69/bachir-modele/opening-hours", "advisor:69/bachir-modele")).Text.ShouldNotContain("means");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[\"fax\"]")]
    [InlineData("[null]")]
    public async Task Hours_with_means_that_there_are_not_are_refused(string means)
    {
        var put = await _app.SendAsync(
            HttpMethod.Put, Hours, ContractApp.Content($$"""[{ "days": [1], "from": "09:00", "to": "12:00", "placeId": "{{ContractApp.Place}}", "means": {{means}} }]"""), Own);
        (put.Status, put.Code).ShouldBe((400, "invalid"));
    }

    [Fact]
    public async Task A_citizen_chooses_it_on_the_pages_and_is_told_who_calls()
    {
        var before = await PageAsync($"/creneaux?commune=69256&sujet={ContractApp.Topic}");
        before.ShouldNotContain("Plutôt par téléphone");
        await OfferPhoneAsync();
        var start = (await StartsAsync())[0];
        (await PageAsync($"/creneaux?commune=69256&sujet={ContractApp.Topic}")).ShouldContain("Plutôt par téléphone");
        (await PageAsync($"/creneaux?commune=69256&sujet={ContractApp.Topic}&moyen=telephone&du={start[..10]}"))
            .ShouldSatisfyAllConditions(page => page.ShouldContain("Quand vous appeler"), page => page.ShouldContain("Un conseiller vous appelle"), page => page.ShouldContain(start[..16] + "@"));

        var chosen = await FormAsync("/reserver/heure", null, ("commune", "69256"), ("sujet", ContractApp.Topic), ("moyen", "telephone"), ("jeton", "n1"), ("creneau", $"{start[..16]}@{ContractApp.Place}"));
        var form = chosen.Header("Location").ShouldNotBeNull(chosen.Text);
        (await PageAsync(form)).ShouldContain("Qui appelons-nous");
        var draft = Uri.UnescapeDataString(form.Split("demande=")[1]);
        var booked = await FormAsync("/reserver", null, ("demande", draft), (PersonForm.NameField, "Odette Fictive"), (PersonForm.PhoneField, "06 39 98 12 34"));
        var page = await PageAsync(booked.Header("Location").ShouldNotBeNull(booked.Text));
        page.ShouldContain("Par téléphone");
        page.ShouldContain("votre conseiller vous appelle au numéro qui finit par 34");
        page.ShouldNotContain("06 39 98 12 34");
        page.ShouldNotContain("Pour entrer");
    }

    [Fact]
    public async Task The_hotline_chooses_it_for_a_caller_and_reads_who_calls()
    {
        await OfferPhoneAsync();
        var start = (await StartsAsync())[0];
        var list = WebUtility.HtmlDecode((await FormAsync("/hotline/creneaux", "hotline", ("territoire", "69"), ("sujet", ContractApp.Topic), ("autre-moyen", "telephone"), ("du", start[..10]))).Text);
        list.ShouldContain("Plutôt sur place");
        list.ShouldContain("· Par téléphone");
        var chosen = await FormAsync("/hotline/reserver/heure", "hotline", ("territoire", "69"), ("sujet", ContractApp.Topic), ("moyen", "telephone"), ("jeton", "n2"), ("creneau", $"{start[..16]}@{ContractApp.Place}"));
        var form = await new AngleSharp.Html.Parser.HtmlParser().ParseDocumentAsync(chosen.Text, TestContext.Current.CancellationToken);
        var draft = form.QuerySelector("input[name=demande]").ShouldNotBeNull(chosen.Text).GetAttribute("value")!;
        var booked = await FormAsync("/hotline/reserver", "hotline", ("demande", draft), (PersonForm.NameField, "Odette Fictive"), (PersonForm.PhoneField, "06 39 98 12 34"));
        (await PageAsync(booked.Header("Location").ShouldNotBeNull(booked.Text), "hotline"))
            .ShouldContain("votre conseiller vous appelle à cette heure, au 06 39 98 12 34");
    }

    private static object Person => new { name = "Odette Fictive", phone = "06 39 98 12 34" };

    private static object Body(string start, string? hold = null, string means = "phone") => new
    {
        territory = "69",
        topic = ContractApp.Topic,
        start,
        placeId = ContractApp.Place,
        advisorId = hold is null ? ContractApp.Advisor : null,
        hold,
        citizen = Person,
        means,
    };

    private Task<Reply> PostAsync(string path, object body) => _app.PostAsync(path, body);

    private Task<Reply> FormAsync(string path, string? persona, params (string Name, string Value)[] fields) => _app.SendAsync(
        HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))), persona);

    private async Task<string> PageAsync(string path, string? persona = null) => WebUtility.HtmlDecode((await _app.GetAsync(path, persona)).Text).Replace('\u00a0', ' ');

    /// <summary>The advisor's hours as they are, by telephone as well.</summary>
    private async Task OfferPhoneAsync()
    {
        var hours = (await _app.GetAsync(Hours, Own)).Json.EnumerateArray().Select(period =>
        {
            var changed = period.EnumerateObject().ToDictionary(property => property.Name, property => (object)property.Value);
            changed["means"] = BothMeans;
            return changed;
        }).ToArray();
        var put = await _app.SendAsync(HttpMethod.Put, Hours, JsonContent.Create(hours), Own);
        AnswersTests.Described(put, "PUT", "/api/advisors/{territory}/{id}/opening-hours", 200);
        AnswersTests.Described(await _app.GetAsync(Hours, Own), "GET", "/api/advisors/{territory}/{id}/opening-hours", 200)
            .EnumerateArray().ShouldAllBe(period => period.GetProperty("means").GetArrayLength() == 2);
    }

    private async Task<string[]> StartsAsync()
    {
        var found = AnswersTests.Described(
            await _app.GetAsync($"/api/territories/69/slots?topic={ContractApp.Topic}&place={ContractApp.Place}&days=42&means=phone"), "GET", Slots, 200);
        var slots = found.GetProperty("slots").EnumerateArray().ToArray();
        slots.ShouldAllBe(slot => slot.GetProperty("means").GetString() == "phone");
        return [.. slots.Where(slot => slot.GetProperty("start").GetString()![14..16] == "00").Skip(8).Select(slot => slot.GetProperty("start").GetString()!)];
    }
}
