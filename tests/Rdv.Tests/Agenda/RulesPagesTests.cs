using Rdv.Tests.Contract;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Agenda;

/// <summary>The forms by which an advisor sets a pause, and a structure keeps hours for the telephone; and an earlier time by the API.</summary>
public sealed class RulesPagesTests : IAsyncLifetime
{
    private const string Advisor = "advisor:69/" + ContractApp.Advisor;
    private const string Structure = "structure:69/" + ContractApp.Structure;
    private const string Rules = $"/api/advisors/69/{ContractApp.Advisor}/booking-rules";

    private ContractApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await ContractApp.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task An_advisor_sets_a_pause_and_a_number_a_day_and_reads_them_back()
    {
        var week = Day(await _app.NowAsync());
        (await _app.GetAsync($"/advisor?du={week}", Advisor)).Text.ShouldContain("Mon rythme");
        var set = await PostAsync($"/advisor/rythme?du={week}", Advisor, ("pause", "15"), ("parjour", "4"));
        (set.Status, set.Header("Location")).ShouldBe((303, $"/advisor?du={week}&fait=rythme&dehors=0"), set.ToString());
        var rules = (await _app.GetAsync(Rules, Advisor)).Json;
        (rules.GetProperty("pauseMinutes").GetInt32(), rules.GetProperty("appointmentsPerDay").GetInt32()).ShouldBe((15, 4));
        var page = (await _app.GetAsync($"/advisor?du={week}&fait=rythme&dehors=2", Advisor)).Text;
        page.ShouldContain("<option value=\"15\" selected");
        System.Net.WebUtility.HtmlDecode(page).ShouldContain("2 rendez-vous déjà pris ne suivent pas ce rythme");

        (await PostAsync($"/advisor/rythme?du={week}", Advisor, ("pause", "7"), ("parjour", ""))).Status.ShouldBe(400);
        (await PostAsync($"/advisor/rythme?du={week}", Advisor, ("pause", "x"), ("parjour", ""))).Status.ShouldBe(400);
        (await PostAsync($"/advisor/rythme?du={week}", "hotline", ("pause", "0"), ("parjour", ""))).Status.ShouldBe(403);
        (await _app.GetAsync(Rules, Advisor)).Json.GetProperty("pauseMinutes").GetInt32().ShouldBe(15);
        (await PostAsync($"/advisor/rythme?du={week}", Advisor, ("pause", "0"), ("parjour", ""))).Status.ShouldBe(303);
    }

    [Fact]
    public async Task A_page_behind_the_back_button_does_not_say_that_it_has_closed_what_was_opened_since()
    {
        var day = Day(await _app.NowAsync() + NodaTime.Duration.FromDays(6));
        (string, string)[] form = [("jeton", "une-page"), ("date", day), ("from", "03:00"), ("to", "04:00"), ("inside", "refuse")];
        var closed = await PostAsync($"/advisor/absences?du={day}", Advisor, form);
        closed.Header("Location").ShouldNotBeNull(closed.ToString()).ShouldContain("fait=ferme");
        var absences = System.Text.RegularExpressions.Regex.Matches((await _app.GetAsync($"/advisor?du={day}", Advisor)).Text, "/advisor/absences/([0-9A-Za-z-]+)");
        absences.Count.ShouldBeGreaterThan(0);
        foreach (System.Text.RegularExpressions.Match absence in absences)
        {
            (await PostAsync($"/advisor/absences/{absence.Groups[1].Value}?du={day}", Advisor)).Header("Location").ShouldNotBeNull().ShouldContain("fait=rouvert");
        }

        var again = await PostAsync($"/advisor/absences?du={day}", Advisor, form);
        (again.Status, again.Header("Location")).ShouldBe((303, $"/advisor?du={day}"));
    }

    [Fact]
    public async Task Hours_that_a_structure_keeps_are_not_on_the_web_and_the_hotline_sees_and_books_them()
    {
        var from = Day(await _app.NowAsync() + NodaTime.Duration.FromDays(5));
        var slots = $"/api/territories/69/slots?topic=premiers-pas&days=7&from={from}&structure={ContractApp.Structure}";
        var before = (await _app.GetAsync(slots)).Json.GetProperty("slots").GetArrayLength();
        before.ShouldBeGreaterThan(0);
        var set = await PostAsync("/structure/telephone", Structure, ("part", "100"));
        set.Status.ShouldBe(303, set.ToString());
        (await _app.GetAsync(set.Header("Location")!, Structure)).Text.ShouldContain("C'est enregistr");

        (await _app.GetAsync(slots)).Json.GetProperty("slots").GetArrayLength().ShouldBe(0);
        var seen = (await _app.GetAsync(slots.Replace("/api/", "/api/hotline/", StringComparison.Ordinal), "hotline")).Json.GetProperty("slots");
        seen.GetArrayLength().ShouldBe(before);
        var body = new
        {
            territory = "69",
            topic = "premiers-pas",
            start = seen[0].GetProperty("start").GetString(),
            placeId = seen[0].GetProperty("placeId").GetString(),
            citizen = new { name = "Odette Fictive", phone = "06 39 98 44 01" },
        };
        var web = await _app.PostAsync("/api/appointments", body);
        (web.Status, web.Code).ShouldBe((409, "slot-taken"), web.ToString());
        (await _app.PostAsync("/api/hotline/appointments", body, "hotline")).Status.ShouldBe(201);
        (await PostAsync("/structure/telephone", Structure, ("part", "101"))).Status.ShouldBe(400);
        (await PostAsync("/structure/telephone", "hotline", ("part", "0"))).Status.ShouldBe(403);
        (await PostAsync("/structure/telephone", Structure, ("part", "0"))).Status.ShouldBe(303);
        (await _app.GetAsync(slots)).Json.GetProperty("slots").GetArrayLength().ShouldBeGreaterThan(0);
    }

    private static string Day(NodaTime.Instant instant) => NodaTime.Text.LocalDatePattern.Iso.Format(instant.InUtc().Date);

    private async Task<Reply> PostAsync(string path, string persona, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value)));
        return await _app.SendAsync(HttpMethod.Post, path, form, persona);
    }
}
