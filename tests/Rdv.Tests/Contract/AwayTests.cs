using System.Net;
using Rdv.Pages.Advisors;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>« Je suis absent » and « Une semaine pas comme les autres », on the page of the advisor and by the API.</summary>
public sealed class AwayTests : IAsyncLifetime
{
    private const string Own = "advisor:69/" + ContractApp.Advisor;
    private const string Hours = $"/api/advisors/69/{ContractApp.Advisor}/opening-hours";
    private const string Colleague = "bachir-modele";

    private ContractApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await ContractApp.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task The_page_lists_the_colleagues_who_could_and_says_who_goes_to_the_one_that_is_named()
    {
        var start = await SharedStartAsync();
        var booked = await BookAsync(start);
        var page = await PageAsync($"/advisor?du={start[..10]}");
        page.ShouldContain("<option value=\"" + Colleague + "\"");
        page.ShouldNotContain("<option value=\"frieda-echantillon\"", customMessage: "she receives elsewhere");
        var asked = await CloseAsync(start, "confier", Colleague);
        asked.Text.ShouldContain("Confié à Bachir Modèle");
        var seen = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(asked.Text).QuerySelector($"input[name='{CloseForm.SeenField}']").ShouldNotBeNull().GetAttribute("value")!;
        (await CloseAsync(start, "confier", Colleague, seen)).Header("Location").ShouldNotBeNull().ShouldContain("confies=1");
        (await AdvisorOfAsync(booked)).ShouldBe(Colleague);
    }

    [Fact]
    public async Task A_named_colleague_who_is_not_there_is_refused_in_words_and_one_who_is_not_free_is_told_before()
    {
        var start = await SharedStartAsync();
        await BookAsync(start);
        (await CloseAsync(start, "confier", "personne")).Text.ShouldContain("Ce conseiller n'existe pas");
        var taken = await _app.PostAsync("/api/hotline/appointments", _app.Booking(start, advisor: Colleague), "hotline");
        taken.Status.ShouldBe(201, taken.Text);
        (await CloseAsync(start, "confier", Colleague)).Text.ShouldContain("Annulé. La personne est prévenue par SMS");

        // What is chosen beside another answer says nothing.
        (await CloseAsync(start, "annuler", "personne")).Text.ShouldContain("Annulé. La personne est prévenue par SMS");
    }

    [Fact]
    public async Task The_hotline_calls_back_whom_the_advisor_cannot_receive()
    {
        var start = await SharedStartAsync();
        var booked = await BookAsync(start);
        var asked = await CloseAsync(start, "rappeler");
        asked.Text.ShouldContain("Annulé. La personne est prévenue par SMS. La hotline la rappelle.");
        var seen = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(asked.Text).QuerySelector($"input[name='{CloseForm.SeenField}']").ShouldNotBeNull().GetAttribute("value")!;
        (await CloseAsync(start, "rappeler", seen: seen)).Header("Location").ShouldNotBeNull().ShouldContain("annules=1");
        var calls = (await _app.GetAsync("/api/hotline/callbacks?territory=69&until=2099-01-01T00:00:00Z", "hotline")).Json.EnumerateArray()
            .Where(call => call.GetProperty("reference").GetString() == booked).ToList();
        calls.ShouldHaveSingleItem().GetProperty("sentence").GetString().ShouldNotBeNull().ShouldContain("Voulez-vous que nous en cherchions un autre ensemble");
    }

    [Fact]
    public async Task The_API_knows_the_call_back_too()
    {
        var start = await SharedStartAsync();
        var booked = await BookAsync(start);
        var closed = AnswersTests.Described(
            await _app.PostAsync($"/api/advisors/69/{ContractApp.Advisor}/absences", new { from = start[..10], to = start[..10], inside = "callback" }, Own),
            "POST", "/api/advisors/{territory}/{id}/absences", 201);
        closed.GetProperty("cancelled").EnumerateArray().Select(reference => reference.GetString()).ShouldContain(booked);
    }

    [Fact]
    public async Task Holidays_are_closed_in_one_go_with_the_day_of_each_who_is_told()
    {
        var start = await SharedStartAsync();
        await BookAsync(start);
        var first = NodaTime.Text.LocalDatePattern.Iso.Parse(start[..10]).Value.PlusDays(-1);
        var asked = await DaysAsync(first, first.PlusDays(13), "", "");
        Read(asked).ShouldContain("Odette Fictive");
        Read(asked).ShouldMatch("(lundi|mardi|mercredi|jeudi|vendredi) .* à [0-9]+ h.*Odette Fictive");
        var seen = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(asked.Text).QuerySelector($"input[name='{CloseForm.SeenField}']").ShouldNotBeNull().GetAttribute("value")!;
        (await DaysAsync(first, first.PlusDays(13), "", "", seen)).Header("Location").ShouldNotBeNull().ShouldContain("annules=1");
        var agenda = await _app.GetAsync($"/api/advisors/69/{ContractApp.Advisor}/agenda?from={Text(first)}&days=14", Own);
        var absence = agenda.Json.GetProperty("entries").EnumerateArray().Where(entry => entry.GetProperty("kind").GetString() == "absence").ToList();
        absence.Select(entry => entry.GetProperty("start").GetString()![..10]).ShouldContain(Text(first.PlusDays(13)));
        (await _app.GetAsync($"/api/territories/69/slots?topic={ContractApp.Topic}&from={Text(first)}&days=14&advisor={ContractApp.Advisor}")).Text.ShouldNotContain($"\"advisorId\":\"{ContractApp.Advisor}\"");
    }

    [Fact]
    public async Task What_cannot_be_a_period_is_told_at_its_field()
    {
        var day = (await _app.NowAsync()).InUtc().Date.PlusDays(7);
        Read(await DaysAsync(day, day.PlusDays(-1), "", "")).ShouldContain("href=\"#until\"");
        Read(await DaysAsync(day, null, "09:00", "")).ShouldContain("href=\"#to\"");
        Read(await DaysAsync(day, null, "", "12:00")).ShouldContain("href=\"#from\"");
        Read(await DaysAsync(null, day, "", "")).ShouldContain("href=\"#date\"");
    }

    [Fact]
    public async Task A_week_gets_the_hours_of_another_by_the_API_and_on_the_page()
    {
        var today = (await _app.NowAsync()).InUtc().Date;
        var monday = today.PlusDays(15 - (int)today.DayOfWeek);
        var (week, like) = (Text(monday), Text(monday.PlusWeeks(1)));
        var only = new[] { new { days = new[] { 1 }, from = "10:00", to = "12:00", placeId = ContractApp.Place, startsOn = (string?)like, endsOn = (string?)Text(monday.PlusWeeks(1).PlusDays(6)) },
            new { days = new[] { 2 }, from = "10:00", to = "12:00", placeId = ContractApp.Place, startsOn = (string?)null, endsOn = (string?)Text(monday.PlusDays(6)) } };
        (await _app.SendAsync(HttpMethod.Put, Hours, System.Net.Http.Json.JsonContent.Create(only), Own)).Status.ShouldBe(200);
        const string Route = "/api/advisors/{territory}/{id}/opening-hours/weeks";
        var before = (await _app.GetAsync(Hours, Own)).Text;
        AnswersTests.Described(await _app.PostAsync(Hours + "/weeks?dryRun=true", new { week, like }, Own), "POST", Route, 200);
        (await _app.GetAsync(Hours, Own)).Text.ShouldBe(before);
        AnswersTests.Described(await _app.PostAsync(Hours + "/weeks", new { week, like }, Own), "POST", Route, 200);
        var hours = (await _app.GetAsync(Hours, Own)).Json.EnumerateArray().ToList();
        hours.Single(period => period.GetProperty("startsOn").GetString() == week).GetProperty("days")[0].GetInt32().ShouldBe(1);
        hours.Single(period => period.GetProperty("days")[0].GetInt32() == 2).GetProperty("endsOn").GetString().ShouldBe(Text(monday.PlusDays(-1)));
        foreach (var (body, field) in new (object, string)[] { (new { week, like = week }, "like"), (new { week = "2020-01-06", like }, "week"), (new { week = "x", like }, "week") })
        {
            (await _app.PostAsync(Hours + "/weeks", body, Own)).Json.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(field);
        }

        var page = $"/advisor/semaine?du={week}";
        (await FormAsync(page, (WeekForm.WeekField, Text(monday.PlusWeeks(2))), (WeekForm.LikeField, like))).Header("Location").ShouldNotBeNull().ShouldContain("fait=semaine");
        (await _app.GetAsync(Hours, Own)).Json.EnumerateArray().ShouldContain(period => period.GetProperty("startsOn").GetString() == Text(monday.PlusWeeks(2)));
        var wrong = await FormAsync(page, (WeekForm.WeekField, ""), (WeekForm.LikeField, like));
        wrong.Status.ShouldBe(400);
        WebUtility.HtmlDecode(wrong.Text).ShouldContain("Choisissez une semaine qui n'est pas passée");
    }

    [Fact]
    public async Task A_newcomer_finds_an_advisor_who_calls_and_meets_by_video_among_the_samples()
    {
        var page = WebUtility.HtmlDecode((await _app.GetAsync("/creneaux?commune=69256&sujet=emploi")).Text);
        page.ShouldContain("Plutôt par téléphone");
        page.ShouldContain("Plutôt en vidéo");
        page.ShouldContain("Plutôt à domicile");
    }

    private static string Text(NodaTime.LocalDate date) => NodaTime.Text.LocalDatePattern.Iso.Format(date);

    /// <summary>An hour that both advisors of the place have free.</summary>
    private async Task<string> SharedStartAsync()
    {
        var from = Text((await _app.NowAsync()).InUtc().Date.PlusDays(3));
        return (await _app.GetAsync($"/api/territories/69/slots?topic={ContractApp.Topic}&place={ContractApp.Place}&from={from}&days=38")).Json.GetProperty("slots").EnumerateArray()
            .First(slot => slot.GetProperty("free").GetInt32() == 2).GetProperty("start").GetString()!;
    }

    private async Task<string> BookAsync(string start)
    {
        var booked = await _app.PostAsync("/api/hotline/appointments", _app.Booking(start, advisor: ContractApp.Advisor), "hotline");
        booked.Status.ShouldBe(201, booked.Text);
        return booked.Json.GetProperty("reference").GetString()!;
    }

    private async Task<string?> AdvisorOfAsync(string reference) =>
        (await _app.PostAsync("/api/hotline/search", new { reference }, "hotline")).Json.GetProperty("appointments")[0].GetProperty("advisor").GetProperty("id").GetString();

    private async Task<Reply> CloseAsync(string start, string inside, string? colleague = null, string? seen = null)
    {
        var hour = int.Parse(start[11..13], System.Globalization.CultureInfo.InvariantCulture);
        var reply = await FormAsync(
            $"/advisor/absences?du={start[..10]}",
            ("jeton", "une-page"), (CloseForm.DateField, start[..10]), (CloseForm.FromField, start[11..16]), (CloseForm.ToField, $"{hour + 1:00}:{start[14..16]}"),
            (CloseForm.InsideField, inside), (CloseForm.ColleagueField, colleague ?? ""), (CloseForm.SeenField, seen ?? ""));
        return reply with { Bytes = System.Text.Encoding.UTF8.GetBytes(WebUtility.HtmlDecode(reply.Text).Replace('\u00a0', ' ')) };
    }

    private Task<Reply> FormAsync(string path, params (string Name, string Value)[] fields) => _app.SendAsync(
        HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))), Own);

    private Task<Reply> DaysAsync(NodaTime.LocalDate? from, NodaTime.LocalDate? until, string hour, string to, string seen = "") => FormAsync(
        $"/advisor/absences?du={Text(from ?? until!.Value)}",
        (CloseForm.DateField, from is { } first ? Text(first) : ""),
        (CloseForm.UntilField, until is { } last ? Text(last) : ""),
        (CloseForm.FromField, hour),
        (CloseForm.ToField, to),
        (CloseForm.InsideField, "annuler"),
        (CloseForm.SeenField, seen),
        ("jeton", "vacances"));

    private static string Read(Reply page) => WebUtility.HtmlDecode(page.Text).Replace('\u00a0', ' ');

    private async Task<string> PageAsync(string path) => WebUtility.HtmlDecode((await _app.GetAsync(path, Own)).Text).Replace('\u00a0', ' ');
}
