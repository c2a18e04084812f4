using System.Net;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>The pages that a public site owes, and the links that a town hall puts on its own.</summary>
public sealed class InfoPagesTests(ContractApp app) : IClassFixture<ContractApp>
{
    [Theory]
    [InlineData("/accessibilite", "Accessibilité : non conforme")]
    [InlineData("/mentions-legales", "Qui publie ce site")]
    [InlineData("/donnees-personnelles", "Ce que nous gardons")]
    [InlineData("/facile", "Un conseiller peut vous aider.")]
    [InlineData("/plan", "Où passe le conseiller")]
    [InlineData("/lieux", "Votre commune, ou votre département")]
    [InlineData("/lieux?ou=69120", "Médiathèque des Cerisiers")]
    [InlineData("/lieux?ou=Rh%C3%B4ne", "Prendre rendez-vous ici")]
    [InlineData("/chez/69/mediatheque-des-cerisiers/affiche", "Un conseiller numérique vous aide ici")]
    [InlineData("/lieux?ou=Loz%C3%A8re", "Aucun conseiller ne reçoit encore")]
    public async Task It_is_there_for_everyone(string address, string said)
    {
        var page = await app.GetAsync(address);
        page.Status.ShouldBe(200);
        Read(page).ShouldContain(said);
        Read(page).ShouldContain("du lundi au vendredi, de 9 h à 17 h");
        (await app.SendAsync(HttpMethod.Head, address, null)).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("/lieux?ou=nulle+part+du+tout", 404)]
    [InlineData("/chez/69/personne-ici", 404)]
    [InlineData("/chez/xx/mediatheque-des-cerisiers", 404)]
    [InlineData("/chez/69/personne-ici/affiche", 404)]
    [InlineData("/avec/69/personne-ici", 404)]
    [InlineData("/avec/xx/aline-exemple", 404)]
    [InlineData("/avec/01/aline-exemple", 404)]
    [InlineData("/chez/xx/mediatheque-des-cerisiers/affiche", 404)]
    [InlineData("/une-page-qui-nexiste-pas", 404)]
    public async Task What_is_not_there_says_so_in_French(string address, int status)
    {
        var page = await app.GetAsync(address);
        page.Status.ShouldBe(status);
        page.Text.ShouldContain("<html lang=\"fr\">");
    }

    [Theory]
    [InlineData("saint maurice", "(67")]
    [InlineData("vaulx", "(69")]
    public async Task At_the_hotline_too(string typed, string first)
    {
        var reply = await app.SendAsync(
            HttpMethod.Post, "/hotline", new FormUrlEncodedContent([KeyValuePair.Create(Rdv.Pages.Hotline.HotlineView.QueryField, typed)]), "hotline",
            headers: ("Origin", app.App.BaseUrl.GetLeftPart(UriPartial.Authority)));
        var page = await new AngleSharp.Html.Parser.HtmlParser().ParseDocumentAsync(reply.Text, TestContext.Current.CancellationToken);
        var choices = page.QuerySelectorAll($"button[name={Rdv.Pages.Hotline.CallerForm.ChangeField}]");
        choices.Length.ShouldBeGreaterThan(1, reply.Text);
        choices[0].TextContent.ShouldContain(first);
    }

    /// <summary>The number of a département begins the postcode of its largest town, and does not mean it.</summary>
    [Theory]
    [InlineData("59", "Aniche")]
    [InlineData("Nord", "Aniche")]
    [InlineData("Lille", "Lille")]
    [InlineData("59000", "Lille")]
    public async Task Places_of_a_departement_are_in_the_order_of_its_towns_and_those_around_a_town_begin_there(string asked, string first)
    {
        foreach (var (file, lines) in new[]
        {
            ("structures", "id,nom,commune,code_postal,code_insee,adresse\naniche,Mairie d'Aniche,Aniche,59580,59008,6 rue Barbusse\nlille,Mairie de Lille,Lille,59000,59350,place Laurent"),
            ("advisors", "id,structure_id,first_name,last_name,email,phone,topics,opening_hours\nn1,aniche,Ana,Fictive,,,,lun-ven 09:00-12:00\nn2,lille,Luc,Fictif,,,,lun-ven 09:00-12:00"),
        })
        {
            (await app.SendAsync(HttpMethod.Post, $"/api/admin/import/{file}", ContractApp.Content(lines, "text/csv"), "admin")).Status.ShouldBe(200);
        }

        var page = await new AngleSharp.Html.Parser.HtmlParser().ParseDocumentAsync((await app.GetAsync("/lieux?ou=" + Uri.EscapeDataString(asked))).Text, TestContext.Current.CancellationToken);
        page.QuerySelectorAll("main h2").Select(title => title.TextContent).Where(title => title is "Aniche" or "Lille").First().ShouldBe(first);
    }

    /// <summary>The Saint-Maurice of Val-de-Marne is forty times as large as that of Bas-Rhin, where an advisor receives.</summary>
    [Theory]
    [InlineData("saint maurice", "Bas-Rhin")]
    [InlineData("Saint-Martin", "Bas-Rhin")]
    [InlineData("marcy", "Rhône")]
    [InlineData("vaulx", "Rhône")]
    public async Task Of_towns_of_one_name_those_that_are_served_come_first(string typed, string first)
    {
        var page = await new AngleSharp.Html.Parser.HtmlParser().ParseDocumentAsync((await app.GetAsync("/commune?q=" + Uri.EscapeDataString(typed))).Text, TestContext.Current.CancellationToken);
        page.QuerySelectorAll(".choices a").Length.ShouldBeGreaterThan(1);
        page.QuerySelector(".choices a span")!.TextContent.ShouldEndWith(first);
    }

    [Theory]
    [InlineData("/chez/69/mediatheque-des-cerisiers", "/sujet?commune=69256&lieu=mediatheque-des-cerisiers")]
    [InlineData("/chez/69/mediatheque-des-cerisiers?sujet=courriels", "/creneaux?commune=69256&sujet=courriels&lieu=mediatheque-des-cerisiers")]
    [InlineData("/avec/69/aline-exemple", "/sujet?commune=69256&conseiller=aline-exemple")]
    [InlineData("/avec/69/camille-essai?sujet=paiement", "/creneaux?commune=69266&sujet=paiement&conseiller=camille-essai")]
    [InlineData("/chez/69/mediatheque-des-cerisiers?sujet=cuisine", "/sujet?commune=69256&lieu=mediatheque-des-cerisiers")]
    public async Task The_link_of_a_place_opens_at_the_right_step(string address, string step)
    {
        (await app.GetAsync(address)).Header("Location").ShouldBe(step);
        var page = await app.GetAsync(step);
        page.Status.ShouldBe(200);
        Read(page).ShouldContain(step.Contains("conseiller=aline-exemple", StringComparison.Ordinal) ? "&conseiller=aline-exemple"
            : step.Contains("conseiller", StringComparison.Ordinal) ? "Camille Essai"
            : step.StartsWith("/sujet", StringComparison.Ordinal) ? "&lieu=mediatheque-des-cerisiers" : "Médiathèque des Cerisiers");
    }

    /// <summary>Two advisors receive there on a Tuesday, from 9:00 to 12:00 and from 9:30 to 12:30.</summary>
    [Fact]
    public async Task A_poster_says_when_somebody_is_there_whoever_it_is()
    {
        var page = Read(await app.GetAsync("/chez/69/mediatheque-des-cerisiers/affiche"));
        page.ShouldContain("<dt>mardi</dt><dd>de 9 h à 12 h 30, de 14 h à 17 h</dd>");
        page.ShouldContain("/chez/69/mediatheque-des-cerisiers");
    }

    /// <summary>A Sunday, then a Monday at ten: the clock of the product only goes forward.</summary>
    [Fact]
    public async Task While_nobody_answers_the_pages_say_when_to_call_and_offer_to_call_back()
    {
        await using var closed = await ContractApp.StartAsync();
        var sunday = (await closed.NowAsync()).InUtc().Date.Next(NodaTime.IsoDayOfWeek.Sunday);
        await closed.MoveClockAsync(sunday.At(new NodaTime.LocalTime(10, 0)).InUtc().ToInstant());
        const string Slots = "/creneaux?commune=69256&sujet=premiers-pas";
        Read(await closed.GetAsync(Slots)).ShouldContain("Personne ne répond en ce moment.</strong> Appelez demain à 9 h.");
        Read(await closed.GetAsync(Slots)).ShouldContain("href=\"#rappel\"");
        Read(await closed.GetAsync("/lien")).ShouldContain("Appelez demain à 9 h.");
        await closed.MoveClockAsync(sunday.PlusDays(1).At(new NodaTime.LocalTime(10, 0)).InUtc().ToInstant());
        Read(await closed.GetAsync(Slots)).ShouldNotContain("Personne ne répond");
    }

    private static string Read(Reply page) => WebUtility.HtmlDecode(page.Text).Replace('\u00a0', ' ');
}
