using System.Net;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Azure.Data.Tables;
using Rdv.Directory;
using Rdv.Pages.Shared;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>A longer hour for who speaks sign language, through each door: the API, the citizen's pages, the hotline's, the advisor's; and it stays long.</summary>
public sealed class SignLanguageTests : IAsyncLifetime
{
    private const string Own = "advisor:69/" + ContractApp.Advisor;
    private const int Usual = 60;
    private const int Longer = 90;

    private ContractApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await ContractApp.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData(60, 90)]
    [InlineData(30, 45)]
    [InlineData(45, 70)]
    [InlineData(5, 10)]
    public void It_lasts_half_as_long_again_on_the_grid_of_a_day(int usual, int longer)
    {
        var topic = Topics.All[0] with { Minutes = usual };
        (topic.MinutesFor(signs: false), topic.MinutesFor(signs: true)).ShouldBe((usual, longer));
    }

    [Fact]
    public async Task The_API_offers_only_what_is_long_enough_and_what_was_booked_stays_long_when_it_moves()
    {
        var (usual, longer) = (await SlotsAsync(""), await SlotsAsync("&signLanguage=true"));
        longer.Select(slot => slot.Minutes).Distinct().ShouldBe([Longer]);
        longer.Count.ShouldBeLessThan(usual.Count);

        // Half past ten is the last hour and a half of a morning that ends at noon; eleven is the last hour.
        // Not of the first day, of which the morning may be over.
        var day = longer.First(slot => slot.Start[..10] != longer[0].Start[..10]).Start[..10];
        (usual.Any(slot => slot.Start.StartsWith($"{day}T11:00", StringComparison.Ordinal)), longer.Any(slot => slot.Start.StartsWith($"{day}T11:00", StringComparison.Ordinal))).ShouldBe((true, false));

        var hold = AnswersTests.Described(await _app.PostAsync("/api/holds", Body(longer[0].Start)), "POST", "/api/holds", 201).GetProperty("hold").GetString();
        var booked = AnswersTests.Described(await _app.PostAsync("/api/appointments", Body(longer[0].Start, hold)), "POST", "/api/appointments", 201);
        booked.GetProperty("minutes").GetInt32().ShouldBe(Longer);
        (await NeedsAsync(longer[0].Start)).ShouldBe("Langue des signes");

        var (reference, key) = (booked.GetProperty("reference").GetString(), booked.GetProperty("key").GetString());
        var tooLate = usual.First(slot => !longer.Any(other => other.Start == slot.Start) && slot.Start[..10] != day).Start;
        (await _app.PostAsync($"/api/appointments/{reference}/move", new { key, start = tooLate, advisorId = ContractApp.Advisor })).Code.ShouldBe("slot-taken");
        var moved = await _app.PostAsync($"/api/appointments/{reference}/move", new { key, start = longer[^1].Start, advisorId = ContractApp.Advisor });
        moved.Json.GetProperty("minutes").GetInt32().ShouldBe(Longer);
        (await SlotsAsync("")).Select(slot => slot.Start).ShouldNotContain(longer[^1].Start);
    }

    [Fact]
    public async Task What_is_offered_in_place_of_a_long_hour_that_is_taken_is_long_too()
    {
        var start = (await SlotsAsync("&signLanguage=true"))[0].Start;
        (await _app.PostAsync("/api/appointments", Body(start))).Status.ShouldBe(201);
        var refused = await _app.PostAsync("/api/appointments", Body(start));
        refused.Code.ShouldBe("slot-taken");
        refused.Json.GetProperty("alternatives").EnumerateArray().Select(slot => slot.GetProperty("minutes").GetInt32()).Distinct().ShouldBe([Longer]);
    }

    [Fact]
    public async Task The_hotline_and_the_advisor_book_it_too_and_words_of_ones_own_stay()
    {
        var longer = await SlotsAsync("&signLanguage=true");
        var byHotline = await _app.PostAsync("/api/hotline/appointments", Body(longer[0].Start, needs: "LSF, avec ma sœur"), "hotline");
        byHotline.Json.GetProperty("minutes").GetInt32().ShouldBe(Longer);
        (await NeedsAsync(longer[0].Start)).ShouldBe("LSF, avec ma sœur");
        var other = longer.First(slot => slot.Start[..10] != longer[0].Start[..10]).Start;
        (await _app.PostAsync($"/api/advisors/69/{ContractApp.Advisor}/appointments", Body(other), Own)).Json.GetProperty("minutes").GetInt32().ShouldBe(Longer);
    }

    [Fact]
    public async Task A_citizen_asks_for_it_on_the_page_of_the_hours()
    {
        var usual = await PageAsync($"/creneaux?commune=69256&sujet={ContractApp.Topic}&conseiller={ContractApp.Advisor}");
        var link = new HtmlParser().ParseDocument(usual).QuerySelectorAll("a").Single(a => a.TextContent.Contains("langue des signes", StringComparison.Ordinal)).GetAttribute("href")!;
        var page = new HtmlParser().ParseDocument(await PageAsync(link));
        page.QuerySelector(".recall")!.TextContent.ShouldContain("l'heure est plus longue");
        page.QuerySelector(".recall")!.TextContent.ShouldContain("Aline Exemple");
        var fields = page.QuerySelectorAll("form[action='/reserver/heure'] input[type=hidden]")
            .Select(input => (input.GetAttribute("name")!, input.GetAttribute("value") ?? "")).Append(("creneau", page.QuerySelector("button[name=creneau]")!.GetAttribute("value")!));
        var form = (await FormAsync("/reserver/heure", null, [.. fields])).Header("Location").ShouldNotBeNull();
        var details = await PageAsync(form);
        details.ShouldContain("1 heure 30");
        details.ShouldContain(">Langue des signes</textarea>");
        var draft = Uri.UnescapeDataString(form.Split("demande=")[1]);
        var booked = await FormAsync(
            "/reserver", null, ("demande", draft), (PersonForm.NameField, "Odette Fictive"), (PersonForm.PhoneField, "06 39 98 12 34"), (PersonForm.NeedsField, "Langue des signes"));
        (await PageAsync(booked.Header("Location").ShouldNotBeNull(booked.Text))).ShouldContain("1 heure 30");
    }

    [Fact]
    public async Task An_operator_filters_by_it_and_reads_why_it_is_longer()
    {
        var desk = (await FormAsync("/hotline", "hotline", ("territoire", "69"), ("commune", "69256"), ("sujet", ContractApp.Topic))).Text;
        var filter = new HtmlParser().ParseDocument(desk).QuerySelectorAll(".filters button").Single(button => button.TextContent.Contains("Langue des signes", StringComparison.Ordinal));
        var filtered = new HtmlParser().ParseDocument(
            (await FormAsync("/hotline", "hotline", ("territoire", "69"), ("commune", "69256"), ("sujet", ContractApp.Topic), (filter.GetAttribute("name")!, filter.GetAttribute("value")!))).Text);
        var proposal = filtered.QuerySelector(".proposals button")!.GetAttribute("value")!;
        filtered.QuerySelector("input[name=lsf]")!.GetAttribute("value").ShouldBe("oui");
        var chosen = WebUtility.HtmlDecode((await FormAsync(
            "/hotline/reserver/heure", "hotline", ("territoire", "69"), ("sujet", ContractApp.Topic), ("lsf", "oui"), ("jeton", "n3"), ("creneau", proposal))).Text);
        chosen.ShouldContain("L'heure est plus longue, pour la langue des signes\u00a0: 1\u00a0heure\u00a030.");
    }

    [Fact]
    public async Task Who_waits_for_one_waits_for_a_long_one_by_each_door()
    {
        var citizen = new { name = "Odette Fictive", phone = "06 39 98 55 01" };
        (await _app.PostAsync("/api/callback-requests", new { territory = "69", topic = ContractApp.Topic, insee = "69256", signLanguage = true, citizen })).Status.ShouldBe(201);
        (await FormAsync(
            "/rappel", null, ("commune", "69256"), ("sujet", ContractApp.Topic), ("lsf", "oui"), (PersonForm.NameField, "Odette Fictive"), (PersonForm.PhoneField, "06 39 98 55 02"))).Status.ShouldBe(303);
        (await FormAsync(
            "/hotline/attente", "hotline", ("territoire", "69"), ("commune", "69256"), ("sujet", ContractApp.Topic), ("lsf", "oui"), (PersonForm.NameField, "Odette Fictive"), (PersonForm.PhoneField, "06 39 98 55 03"))).Status.ShouldBe(303);
        (await FormAsync("/rappel", null, ("commune", "69256"), ("sujet", ContractApp.Topic), ("lsf", "oui"), (PersonForm.NameField, ""), (PersonForm.PhoneField, "06 39 98 55 04"))).Text
            .ShouldContain("name=\"lsf\" value=\"oui\"", Case.Sensitive, "a form that comes back has what was wished");
        var minutes = new List<int?>();
        await foreach (var row in _app.Table.QueryAsync<TableEntity>("PartitionKey eq '69' and RowKey ge 'wait|' and RowKey lt 'wait}'", cancellationToken: TestContext.Current.CancellationToken))
        {
            minutes.Add(row.GetInt32("Minutes"));
        }

        minutes.ShouldBe([Longer, Longer, Longer]);
    }

    private async Task<List<(string Start, int Minutes)>> SlotsAsync(string query) =>
        [.. (await _app.GetAsync($"/api/territories/69/slots?topic={ContractApp.Topic}&advisor={ContractApp.Advisor}&place={ContractApp.Place}&days=14{query}"))
            .Json.GetProperty("slots").EnumerateArray().Select(slot => (slot.GetProperty("start").GetString()!, slot.GetProperty("minutes").GetInt32()))];

    private async Task<string?> NeedsAsync(string start) =>
        (await _app.GetAsync($"/api/advisors/69/{ContractApp.Advisor}/agenda?from={start[..10]}&days=1", Own)).Json.GetProperty("entries").EnumerateArray()
            .Single(entry => entry.GetProperty("kind").GetString() == "appointment" && entry.GetProperty("start").GetString() == start).GetProperty("needs").GetString();

    private object Body(string start, string? hold = null, string? needs = null) => new
    {
        territory = "69",
        topic = ContractApp.Topic,
        start,
        placeId = ContractApp.Place,
        advisorId = ContractApp.Advisor,
        hold,
        signLanguage = true,
        citizen = new { name = "Odette Fictive", phone = _app.DrawPhone(), needs },
    };

    private async Task<string> PageAsync(string address) => WebUtility.HtmlDecode((await _app.GetAsync(address)).Text).Replace('\u00a0', ' ');

    private Task<Reply> FormAsync(string address, string? persona, params (string Name, string Value)[] fields) => _app.SendAsync(
        HttpMethod.Post,
        address,
        new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        persona,
        headers: ("Origin", _app.App.BaseUrl.GetLeftPart(UriPartial.Authority)));
}
