using System.Net;
using System.Text.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using NodaTime;
using NodaTime.Text;
using Rdv.Pages.Advisors;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>An advisor's week, edited by page: looked at before it is saved, and never over another's change.</summary>
public sealed class HoursPageTests : IAsyncLifetime
{
    private const string Page = "/advisor/heures";
    private const string Own = "advisor:69/" + ContractApp.Advisor;
    private const string Hours = "/api/advisors/69/" + ContractApp.Advisor + "/opening-hours";

    private ContractApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await ContractApp.StartAsync();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task What_is_looked_at_changes_nothing_and_what_is_saved_is_what_was_looked_at()
    {
        var before = (await _app.GetAsync(Hours, Own)).Text;
        var form = Read(await _app.GetAsync(Page, Own));
        form["p0.de"].ShouldBe("09:00");
        form["p0.lieu"].ShouldBe(ContractApp.Place);
        Set(form, 0, "10:00", "12:00", "lun", "jeu");
        form["p0.telephone"] = "oui";
        form.Remove("p1.de");

        var seen = await PostAsync(form, HoursForm.Look);
        seen.Status.ShouldBe(200, seen.Text);
        var text = Text(seen);
        text.ShouldContain("Rien n'est encore changé.");
        text.ShouldContain("de 10 h à 12 h, Médiathèque des Cerisiers (aussi par téléphone)");
        (await _app.GetAsync(Hours, Own)).Text.ShouldBe(before);

        // Typed otherwise since: it is shown again, and not saved.
        var other = Read(seen);
        other["p0.a"] = "11:00";
        Text(await PostAsync(other, HoursForm.Save)).ShouldContain("de 10 h à 11 h");
        (await _app.GetAsync(Hours, Own)).Text.ShouldBe(before);

        (await PostAsync(Read(seen), HoursForm.Save)).Header("Location").ShouldBe("/advisor?fait=heures&dehors=0");
        var saved = (await _app.GetAsync(Hours, Own)).Json;
        saved.GetArrayLength().ShouldBe(1);
        saved[0].GetProperty("days").EnumerateArray().Select(day => day.GetInt32()).ShouldBe([1, 4]);
        saved[0].GetProperty("from").GetString().ShouldBe("10:00");
        saved[0].GetProperty("means").EnumerateArray().Select(means => means.GetString()).ShouldBe(["place", "phone"]);
        Text(await _app.GetAsync("/advisor?fait=heures&dehors=1", Own)).ShouldContain("Un rendez-vous déjà pris ne suit pas ces heures : il reste.");
    }

    [Fact]
    public async Task Who_falls_outside_is_named_before_and_stays()
    {
        var start = await _app.DrawStartAsync();
        var booked = await _app.PostAsync("/api/appointments", new
        {
            territory = "69",
            topic = ContractApp.Topic,
            start,
            placeId = ContractApp.Place,
            advisorId = ContractApp.Advisor,
            citizen = new { name = "Simone Dehors", phone = _app.DrawPhone() },
        });
        booked.Status.ShouldBe(201, booked.Text);
        var form = Read(await _app.GetAsync(Page, Own));
        form.Keys.Where(name => name.StartsWith('p')).ToList().ForEach(name => form.Remove(name));
        Text(await PostAsync(form, HoursForm.Look)).ShouldContain("Simone Dehors");
        Text(await PostAsync(form, HoursForm.Look)).ShouldContain("Rien n'est proposé dans les deux semaines");
        (await _app.GetAsync("/api/appointments/" + booked.Json.GetProperty("reference").GetString() + "?key=" + booked.Json.GetProperty("key").GetString())).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Two_who_change_the_same_week_do_not_lose_each_other_s_change()
    {
        var mine = Read(await _app.GetAsync(Page, Own));
        var theirs = Read(await _app.GetAsync(Page + "?departement=69&conseiller=" + ContractApp.Advisor, "structure:69/" + ContractApp.Structure));
        Set(theirs, 0, "09:00", "10:00", "mar");
        var address = Page + "?departement=69&conseiller=" + ContractApp.Advisor;
        var structure = "structure:69/" + ContractApp.Structure;
        (await PostAsync(Read(await PostAsync(theirs, HoursForm.Look, address, structure)), HoursForm.Save, address, structure)).Status.ShouldBe(303);

        Set(mine, 0, "07:00", "08:00", "mer");
        var told = await PostAsync(mine, HoursForm.Look);
        told.Status.ShouldBe(409);
        Text(told).ShouldContain("changées par quelqu'un d'autre");
        var kept = Read(told);
        kept["p0.de"].ShouldBe("07:00", "what was typed is not lost");
        (await _app.GetAsync(Hours, Own)).Json[0].GetProperty("from").GetString().ShouldBe("09:00");
        (await PostAsync(Read(await PostAsync(kept, HoursForm.Look)), HoursForm.Save)).Status.ShouldBe(303);
        (await _app.GetAsync(Hours, Own)).Json[0].GetProperty("from").GetString().ShouldBe("07:00");
    }

    [Theory]
    [InlineData("p0.de", "", "p0-de", "Indiquez l'heure")]
    [InlineData("p0.de", "9h", "p0-de", "Indiquez l'heure")]
    [InlineData("p0.de", "09:02", "p0-de", "5 en 5 minutes")]
    [InlineData("p0.a", "08:00", "p0-de", "la fin doit venir après le début")]
    [InlineData("p0.lieu", "nulle-part", "p0-lieu", "n'existe pas dans ce département")]
    [InlineData("p0.lieu", "", "p0-lieu", "Choisissez un lieu")]
    [InlineData("p0.rythme", "2", "p0-de", "demande une date de début")]
    [InlineData("p0.rythme", "x", "p0-rythme", "Choisissez un rythme")]
    [InlineData("p0.du", "demain", "p0-du", "Ce jour ne se lit pas")]
    [InlineData("p0.au", "2020-01-01", "p0-de", "")]
    [InlineData("p1.de", "10:00", null, "couvrent le même moment")]
    public async Task What_is_wrong_is_told_where_it_was_typed(string field, string value, string? at, string said)
    {
        var form = Read(await _app.GetAsync(Page, Own));
        Set(form, 0, "09:00", "12:00", "lun", "mar", "mer");
        Set(form, 1, "14:00", "17:00", "lun", "mar", "mer");
        form[field] = value;
        var page = await PostAsync(form, HoursForm.Look);
        if (said.Length == 0)
        {
            // A period that is over is no error: it is kept, and says nothing any more.
            page.Status.ShouldBe(200, page.Text);
            return;
        }

        page.Status.ShouldBe(400, page.Text);
        var errors = new HtmlParser().ParseDocument(page.Text).QuerySelector(".errors")!;
        errors.TextContent.ShouldContain(said);
        errors.QuerySelector("a")?.GetAttribute("href").ShouldBe(at is null ? null : "#" + at);
        if (value != "nulle-part")
        {
            Read(page)[field].ShouldBe(value, "what was typed stays");
        }
    }

    [Fact]
    public async Task Days_and_ways_that_are_not_ticked_are_told()
    {
        var form = Read(await _app.GetAsync(Page, Own));
        Set(form, 0, "09:00", "12:00");
        form.Remove("p0.sur-place");
        var text = Text(await PostAsync(form, HoursForm.Look));
        text.ShouldContain("Cochez au moins un jour.");
        text.ShouldContain("Dites comment vous recevez.");
    }

    [Fact]
    public async Task Lines_come_and_go_and_nothing_that_was_typed_is_lost()
    {
        var form = Read(await _app.GetAsync(Page, Own));
        Set(form, 0, "09:05", "12:00", "sam");
        var more = Read(await PostAsync(form, HoursForm.More));
        (more["p0.de"], more["p2.de"]).ShouldBe(("09:05", ""));
        Set(more, 2, "13:00", "14:00", "dim");
        var fewer = Read(await PostAsync(more, HoursForm.Remove + "0"));
        fewer.ContainsKey("p0.de").ShouldBeFalse();
        (fewer["p2.de"], fewer["p2.dim"]).ShouldBe(("13:00", "oui"));

        // A line that stayed empty is as if it were not there.
        Text(await PostAsync(Read(await PostAsync(fewer, HoursForm.More)), HoursForm.Look)).ShouldContain("de 13 h à 14 h");
    }

    [Fact]
    public async Task A_period_is_for_the_topics_that_are_ticked_and_for_all_when_none_is()
    {
        var form = Read(await _app.GetAsync(Page, Own));
        form.Remove("p1.de");
        (form["p0.courriels"], form["p0.paiement"]) = ("oui", "oui");
        var seen = await PostAsync(form, HoursForm.Look);
        Text(seen).ShouldContain("Seulement : Gérer les courriels, Payer en ligne");

        // Ticked otherwise since: it is shown again, and not saved.
        var other = Read(seen);
        other.Remove("p0.paiement");
        Text(await PostAsync(other, HoursForm.Save)).ShouldContain("Seulement : Gérer les courriels");
        (await _app.GetAsync(Hours, Own)).Json[0].TryGetProperty("topics", out var none).ShouldBe(none.ValueKind is JsonValueKind.Null);

        (await PostAsync(Read(seen), HoursForm.Save)).Status.ShouldBe(303);
        (await _app.GetAsync(Hours, Own)).Json[0].GetProperty("topics").EnumerateArray().Select(topic => topic.GetString()).ShouldBe(["courriels", "paiement"]);
        var again = Read(await _app.GetAsync(Page, Own));
        again["p0.courriels"].ShouldBe("oui");
        again.Remove("p0.courriels");
        again.Remove("p0.paiement");
        (await PostAsync(Read(await PostAsync(again, HoursForm.Look)), HoursForm.Save)).Status.ShouldBe(303);
        (await _app.GetAsync($"/api/territories/69/slots?topic=equipement&advisor={ContractApp.Advisor}")).Json.GetProperty("slots").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task What_the_form_does_not_show_is_kept()
    {
        var today = (await _app.NowAsync()).InUtc().Date;
        var ended = LocalDatePattern.Iso.Format(today.PlusDays(-10));
        var put = await _app.SendAsync(HttpMethod.Put, Hours, ContractApp.Content($$"""
            [
              { "days": [2], "from": "09:00", "to": "12:00", "placeId": "{{ContractApp.Place}}", "topics": ["{{ContractApp.Topic}}"] },
              { "days": [3], "from": "09:00", "to": "12:00", "placeId": "{{ContractApp.Place}}", "endsOn": "{{ended}}" },
              { "days": [4], "from": "09:00", "to": "12:00", "placeId": "{{ContractApp.Place}}", "everyWeeks": 3, "startsOn": "{{LocalDatePattern.Iso.Format(today)}}" }
            ]
            """, "application/json"), Own);
        put.Status.ShouldBe(200, put.Text);
        var form = Read(await _app.GetAsync(Page, Own));
        form.ContainsKey("p2.de").ShouldBeFalse("what is over is not shown");
        form["p1.rythme"].ShouldBe("3");
        form["p0.de"] = "10:00";
        (await PostAsync(Read(await PostAsync(form, HoursForm.Look)), HoursForm.Save)).Status.ShouldBe(303);
        var saved = (await _app.GetAsync(Hours, Own)).Json.EnumerateArray().ToList();
        saved.Count.ShouldBe(3);
        saved.ShouldContain(hours => hours.GetProperty("endsOn").GetString() == ended);
        saved.Single(hours => hours.GetProperty("days")[0].GetInt32() == 2).GetProperty("topics")[0].GetString().ShouldBe(ContractApp.Topic);
        saved.Single(hours => hours.GetProperty("days")[0].GetInt32() == 4).GetProperty("everyWeeks").GetInt32().ShouldBe(3);
    }

    [Theory]
    [InlineData("hotline", "?departement=69&conseiller=aline-exemple")]
    [InlineData("structure:69/tiers-lieu-la-passerelle", "?departement=69&conseiller=aline-exemple")]
    [InlineData("structure:67/maison-de-quartier-des-tilleuls", "?departement=69&conseiller=aline-exemple")]
    [InlineData("structure:69/mediatheque-des-cerisiers", "")]
    [InlineData("territory:69", "?departement=69&conseiller=aline-exemple")]
    [InlineData("admin", "?departement=69&conseiller=personne")]
    public async Task Others_do_not_see_nor_change_them(string persona, string query)
    {
        (await _app.GetAsync(Page + query, persona)).Status.ShouldBe(403);
        (await PostAsync(new Dictionary<string, string> { [HoursForm.VersionField] = "1" }, HoursForm.Save, Page + query, persona)).Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_form_of_another_site_or_that_is_none_is_refused()
    {
        var form = Read(await _app.GetAsync(Page, Own));
        form[HoursForm.DoField] = HoursForm.Save;
        (await _app.SendAsync(HttpMethod.Post, Page, new FormUrlEncodedContent(form), Own, null, ("Origin", "https://ailleurs.example"))).Status.ShouldBe(400);
        (await PostAsync([], HoursForm.Look)).Status.ShouldBe(400);
    }

    private static void Set(Dictionary<string, string> form, int line, string from, string to, params string[] days)
    {
        foreach (var (_, what, _) in HoursLine.Week)
        {
            form.Remove($"p{line}.{what}");
        }

        foreach (var day in days)
        {
            form[$"p{line}.{day}"] = "oui";
        }

        (form[$"p{line}.de"], form[$"p{line}.a"]) = (from, to);
        form.TryAdd($"p{line}.lieu", ContractApp.Place);
        form.TryAdd($"p{line}.rythme", "1");
        form.TryAdd($"p{line}.sur-place", "oui");
    }

    private Task<Reply> PostAsync(Dictionary<string, string> form, string what, string address = Page, string persona = Own) =>
        _app.SendAsync(HttpMethod.Post, address, new FormUrlEncodedContent(new Dictionary<string, string>(form) { [HoursForm.DoField] = what }), persona);

    /// <summary>What a browser would send of the form.</summary>
    private static Dictionary<string, string> Read(Reply page)
    {
        var form = (IHtmlFormElement)new HtmlParser().ParseDocument(page.Text).QuerySelector("form#heures").ShouldNotBeNull(page.Text);
        return form.Elements.Select(element => element switch
        {
            IHtmlInputElement { Type: "checkbox", IsChecked: false } => default,
            IHtmlInputElement input => KeyValuePair.Create(input.Name!, input.Value),
            IHtmlSelectElement select => KeyValuePair.Create(select.Name!, select.Value ?? ""),
            _ => default,
        }).Where(field => field.Key is not null).ToDictionary();
    }

    private static string Text(Reply page) => WebUtility.HtmlDecode(page.Text).Replace('\u00a0', ' ');
}
