using System.IO.Compression;
using NodaTime;
using NodaTime.Text;
using Rdv.Tests.Contract;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Load;

/// <summary>The pages of a structure and of who steers, as their people meet them.</summary>
public sealed class StructurePagesTests : IAsyncLifetime
{
    private const string Structure = "structure:69/" + ContractApp.Structure;

    private ContractApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await ContractApp.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task A_page_answers_with_a_sentence_and_the_files_that_go_with_it()
    {
        var page = await _app.GetAsync("/structure", Structure);
        page.Status.ShouldBe(200);
        Said(page).ShouldContain("Le jeudi après-midi est");
        Said(page).ShouldContain("Le lundi matin, une place sur");
        var hours = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(page.Text).QuerySelector("a[href^='/advisor/heures?']").ShouldNotBeNull().GetAttribute("href")!;
        (await _app.GetAsync(hours, Structure)).Status.ShouldBe(200);
        var book = await _app.GetAsync($"/api/structures/69/{ContractApp.Structure}/load?format=xlsx", Structure);
        book.MediaType.ShouldBe("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        using var zip = new ZipArchive(new MemoryStream(book.Bytes));
        using var sheet = new StreamReader(zip.GetEntry("xl/worksheets/sheet2.xml")!.Open());
        var cells = await sheet.ReadToEndAsync(TestContext.Current.CancellationToken);

        // A day is a number of days with a style, a figure a number, a name a text.
        cells.ShouldMatch("<row r=\"2\"><c s=\"\\d+\"><v>4\\d{4}</v></c><c t=\"inlineStr\"><is><t>[^<]+</t></is></c><c s=\"\\d+\"><v>[0-9.]+</v></c>");
    }

    [Theory]
    [InlineData("du=2026-02-31&au=x")]
    [InlineData("du=2026-12-01&au=2026-01-01")]
    [InlineData("du=1900-01-01&au=2999-12-31")]
    [InlineData("du=2025-12-01&au=2026-11-30")]
    public async Task Whatever_period_is_asked_for_is_a_page(string query)
    {
        (await _app.GetAsync("/structure?" + query, Structure)).Status.ShouldBe(200);
        (await _app.GetAsync("/structure?" + query, "territory:69")).Status.ShouldBe(200);
        (await _app.GetAsync("/structure/france?" + query, "admin")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("/structure", "territory:69", 200)]
    [InlineData("/structure?departement=67", "territory:69", 403)]
    [InlineData("/structure/france", "territory:69", 403)]
    [InlineData("/structure/france", Structure, 403)]
    [InlineData("/structure/france", "admin", 200)]
    [InlineData("/structure", "admin", 303)]
    [InlineData("/structure?departement=69", "admin", 200)]
    [InlineData("/structure?departement=69&structure=mediatheque-des-cerisiers", "admin", 200)]
    [InlineData("/structure/accueil", "territory:69", 403)]
    [InlineData("/structure/fermetures", "territory:69", 403)]
    [InlineData("/structure/accueil?departement=69&structure=mediatheque-des-cerisiers", "admin", 200)]
    [InlineData("/structure", "hotline", 403)]
    public async Task Each_reads_their_own(string path, string persona, int status) => (await _app.GetAsync(path, persona)).Status.ShouldBe(status);

    [Fact]
    public async Task Who_comes_today_is_read_at_the_desk_without_a_number_and_the_page_renews_itself()
    {
        var booked = await _app.BookAsync("06 39 98 61 01");
        await _app.MoveClockAsync(OffsetDateTimePattern.ExtendedIso.Parse(booked.GetProperty("start").GetString()!).Value.ToInstant() - Duration.FromHours(1));
        var page = await _app.GetAsync("/structure/accueil", Structure);
        Said(page).ShouldContain("Odette Fictive");
        Said(page).ShouldContain("Aline Exemple");
        Said(page).ShouldContain("Médiathèque des Cerisiers");
        Said(page).ShouldNotContain("98 61 01");
        Said(page).ShouldNotContain("639986101");
        page.Header("Refresh").ShouldBe("60");
    }

    [Fact]
    public async Task A_structure_closes_sees_first_who_is_concerned_and_takes_it_back()
    {
        var booked = await _app.BookAsync("06 39 98 61 02");
        var day = booked.GetProperty("start").GetString()![..10];
        (string, string)[] form = [("from", day), ("to", day), ("reason", "Travaux"), ("inside", "annuler"), ("jeton", "j1")];
        var asked = await PostAsync("/structure/fermetures", form);
        asked.Status.ShouldBe(200);
        Said(asked).ShouldMatch("(lundi|mardi|mercredi|jeudi|vendredi|samedi) [0-9er]+ \\w+ à [0-9]+ h[^:]*: Odette Fictive\\. Annulé\\.");
        (await StatusAsync(booked)).ShouldBe("booked", "nothing is done before it was seen");

        var seen = System.Text.RegularExpressions.Regex.Match(asked.Text, "name=\"vu\" value=\"([^\"]+)\"").Groups[1].Value;
        (await PostAsync("/structure/fermetures", [.. form, ("vu", seen)])).Status.ShouldBe(303);
        (await StatusAsync(booked)).ShouldBe("cancelled");
        var page = await _app.GetAsync("/structure/fermetures", Structure);
        Said(page).ShouldContain("Travaux");

        var take = System.Text.RegularExpressions.Regex.Match(page.Text, "action=\"(/structure/fermetures/[^\"]+)\"").Groups[1].Value;
        (await PostAsync(take)).Status.ShouldBe(303);
        Said(await _app.GetAsync("/structure/fermetures", Structure)).ShouldNotContain("Travaux");
    }

    [Fact]
    public async Task A_closure_that_is_refused_says_who_is_there_and_one_that_is_no_period_says_so()
    {
        var booked = await _app.BookAsync("06 39 98 61 03");
        var day = booked.GetProperty("start").GetString()![..10];
        var refused = await PostAsync("/structure/fermetures", ("from", day), ("to", ""), ("inside", "refuser"), ("jeton", "j2"));
        refused.Status.ShouldBe(409);
        Said(refused).ShouldContain("Odette Fictive");
        var wrong = await PostAsync("/structure/fermetures", ("from", "2026-12-24"), ("to", "2026-12-01"), ("inside", "annuler"), ("jeton", "j3"));
        wrong.Status.ShouldBe(400);
        Said(wrong).ShouldContain("Le dernier jour est avant le premier.");
        Said(await PostAsync("/structure/fermetures", ("from", "demain"), ("jeton", "j4"))).ShouldContain("Indiquez le premier jour.");
    }

    [Fact]
    public async Task A_holiday_is_worked_and_not_after_all()
    {
        (await PostAsync("/structure/jours-feries", ("date", "2026-12-25"), ("ouvert", "oui"))).Header("Location").ShouldBe("/structure/fermetures?fait=travaille");
        Said(await _app.GetAsync("/structure/fermetures", Structure)).ShouldContain("Nous sommes fermés");
        (await PostAsync("/structure/jours-feries", ("date", "2026-12-25"), ("ouvert", "non"))).Header("Location").ShouldBe("/structure/fermetures?fait=ferie");
        Said(await _app.GetAsync("/structure/fermetures", Structure)).ShouldNotContain("Nous sommes fermés");
        (await PostAsync("/structure/jours-feries", ("date", "2026-12-24"), ("ouvert", "oui"))).Status.ShouldBe(400);
    }

    private static string Said(Reply page) => System.Net.WebUtility.HtmlDecode(page.Text).Replace('\u00a0', ' ');

    private async Task<string?> StatusAsync(System.Text.Json.JsonElement booked) => (await _app.GetAsync(
        $"/api/appointments/{booked.GetProperty("reference").GetString()}?key={booked.GetProperty("key").GetString()}")).Json.GetProperty("status").GetString();

    private Task<Reply> PostAsync(string path, params (string Name, string Value)[] fields) => _app.SendAsync(
        HttpMethod.Post,
        path,
        new FormUrlEncodedContent(fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value))),
        Structure);
}
