using System.IO.Compression;
using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Rdv.Pages.Admin;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>What an administrator does by pages: what was only an API before.</summary>
public sealed class AdminPagesTests(ContractApp app) : IClassFixture<ContractApp>
{
    private const string Columns = "id,structure_id,first_name,last_name,email,phone,topics,opening_hours\n";

    [Theory]
    [InlineData("GET", "/gestion")]
    [InlineData("POST", "/gestion/envois")]
    [InlineData("GET", "/gestion/import")]
    [InlineData("POST", "/gestion/import")]
    [InlineData("GET", "/gestion/personne")]
    [InlineData("POST", "/gestion/personne")]
    [InlineData("POST", "/gestion/personne/fichier")]
    [InlineData("POST", "/gestion/personne/effacer")]
    public async Task They_are_an_administrator_s_alone(string method, string path)
    {
        foreach (var persona in new[] { "hotline", "advisor:69/" + ContractApp.Advisor, "structure:69/" + ContractApp.Structure, "territory:69" })
        {
            (await app.SendAsync(new HttpMethod(method), path, method == "POST" ? Fields() : null, persona)).Status.ShouldBe(403, persona);
        }

        (await app.SendAsync(new HttpMethod(method), path, method == "POST" ? Fields() : null)).Status.ShouldBe(303, "a visitor signs in first");
        if (method == "POST")
        {
            (await app.SendAsync(HttpMethod.Post, path, Fields(), "admin", null, ("Origin", "https://ailleurs.example"))).Status.ShouldBe(400, "another site has sent it");
        }
    }

    [Fact]
    public async Task Messages_are_stopped_and_sent_again_and_the_page_says_which()
    {
        Read(await app.GetAsync("/gestion", "admin")).ShouldMatch("Les SMS partent : [0-9]+ aujourd'hui\\.");
        (await PostAsync("/gestion/envois", ("quoi", "sms"), ("faire", "arreter"))).Header("Location").ShouldBe("/gestion?fait=arreter");
        var stopped = Read(await app.GetAsync("/gestion", "admin"));
        stopped.ShouldContain("L'envoi est arrêté depuis le ");
        stopped.ShouldContain("Les courriels partent.");
        (await app.GetAsync("/api/admin/dispatch", "admin")).Json.GetProperty("sms").GetString().ShouldBe("paused");

        (await PostAsync("/gestion/envois", ("quoi", "courriels"), ("faire", "arreter"))).Status.ShouldBe(303);
        (await app.GetAsync("/api/admin/dispatch", "admin")).Json.GetProperty("sms").GetString().ShouldBe("paused", "the other is left as it is");
        (await PostAsync("/gestion/envois", ("quoi", "sms"), ("faire", "reprendre"))).Status.ShouldBe(303);
        (await PostAsync("/gestion/envois", ("quoi", "courriels"), ("faire", "reprendre"))).Status.ShouldBe(303);
        (await app.GetAsync("/api/admin/dispatch", "admin")).Json.GetProperty("mail").GetString().ShouldBe("running");
        (await PostAsync("/gestion/envois", ("quoi", "pigeons"), ("faire", "arreter"))).Status.ShouldBe(400);
        (await PostAsync("/gestion/envois", ("quoi", "sms"))).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_file_is_checked_before_it_is_imported_and_imported_as_it_was_checked()
    {
        var csv = Columns
            + $"zoe-page,{ContractApp.Structure},Zoé,Verifiee,zoe@example.org,,{ContractApp.Topic},lun-ven 09:00-12:00\n"
            + "xavier-page,nulle-part,Xavier,Perdu,x@example.org,,,\n";
        var seen = await UploadAsync(ImportView.Advisors, Encoding.UTF8.GetBytes(csv));
        seen.Status.ShouldBe(200, seen.Text);
        Read(seen).ShouldContain("Rien n'est encore écrit.");
        var checkedPage = Page(seen);
        checkedPage.QuerySelectorAll(".figures dd").Select(figure => figure.TextContent).ShouldBe(["2", "1", "0", "0", "1"]);
        checkedPage.QuerySelector("table tbody th")!.TextContent.ShouldBe("3", "the line of the file");
        (await app.GetAsync("/gestion?nom=verifiee", "admin")).Text.ShouldContain("Rien ne porte ce nom");

        var content = ((IHtmlInputElement)checkedPage.QuerySelector($"input[name={ImportView.ContentField}]")!).Value;
        var done = await ImportAsync(ImportView.Advisors, content);
        Read(done).ShouldContain("C'est importé");
        Page(done).QuerySelectorAll(".figures dd").Select(figure => figure.TextContent).ShouldBe(["2", "1", "0", "0", "1"]);
        Read(await app.GetAsync("/gestion?nom=ZOE+verif", "admin")).ShouldContain("Zoé Verifiee");

        // The button pressed twice, and the file chosen again.
        Page(await ImportAsync(ImportView.Advisors, content)).QuerySelectorAll(".figures dd").Select(figure => figure.TextContent).ShouldBe(["2", "0", "0", "1", "1"]);
        Read(await UploadAsync(ImportView.Advisors, Encoding.UTF8.GetBytes(csv))).ShouldContain("Il n'y a rien à importer.");
    }

    public static TheoryData<string, byte[], string> WrongFiles => new()
    {
        { ImportView.Advisors, [], "Choisissez un fichier." },
        { ImportView.Structures, "pas,les,colonnes\n1,2,3\n"u8.ToArray(), "nom" },
        { ImportView.Advisors, [0xFF, 0xFE, 0x41, 0x00], "UTF-16" },
        { ImportView.Structures, new byte[21 * 1024 * 1024], "Mo" },
    };

    [Theory]
    [MemberData(nameof(WrongFiles))]
    public async Task A_file_that_is_none_says_why_where_it_is_chosen(string kind, byte[] file, string why)
    {
        var page = await UploadAsync(kind, file);
        page.Status.ShouldBe(400, page.Text);
        var form = Page(page);
        form.QuerySelector(".errors a[href='#fichier']")!.TextContent.ShouldContain(why);
        ((IHtmlSelectElement)form.QuerySelector("select")!).Value.ShouldBe(kind, "what was chosen stays");
    }

    [Fact]
    public async Task What_our_page_has_not_packed_is_refused()
    {
        (await ImportAsync(ImportView.Structures, "ceci n'est pas un fichier")).Status.ShouldBe(400);
        (await ImportAsync(ImportView.Structures, Convert.ToBase64String("ceci non plus"u8))).Status.ShouldBe(400);
        (await ImportAsync("recettes", ImportView.Pack("a,b\n"u8))).Status.ShouldBe(400);

        // A small text that unpacks to much more than any file.
        using var bomb = new MemoryStream();
        await using (var zip = new GZipStream(bomb, CompressionLevel.Fastest, leaveOpen: true))
        {
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i < 200; i++)
            {
                await zip.WriteAsync(zeros, TestContext.Current.CancellationToken);
            }
        }

        var page = await ImportAsync(ImportView.Structures, Convert.ToBase64String(bomb.ToArray()));
        (page.Status, Read(page).Contains("dépasse 20 Mo", StringComparison.Ordinal)).ShouldBe((400, true));
    }

    [Theory]
    [InlineData("cerisiers", "Médiathèque des Cerisiers")]
    [InlineData("VAULX aline", "Médiathèque des Cerisiers")]
    [InlineData("rhône", "Médiathèque des Cerisiers")]
    [InlineData("69", "Médiathèque des Cerisiers")]
    [InlineData("zzz", "Rien ne porte ce nom")]
    [InlineData("'", "Rien ne porte ce nom")]
    public async Task A_structure_is_found_by_its_name_its_town_and_its_people(string typed, string said)
    {
        var page = Read(await app.GetAsync("/gestion?nom=" + Uri.EscapeDataString(typed), "admin"));
        page.ShouldContain(said);
        if (said.StartsWith("Méd", StringComparison.Ordinal))
        {
            page.ShouldContain("/advisor?departement=69&conseiller=aline-exemple");
        }
    }

    [Fact]
    public async Task A_person_is_shown_taken_away_as_a_file_and_erased()
    {
        var phone = app.DrawPhone();
        var booked = await app.PostAsync("/api/appointments", new
        {
            territory = "69",
            topic = ContractApp.Topic,
            start = await app.DrawStartAsync(),
            placeId = ContractApp.Place,
            advisorId = ContractApp.Advisor,
            citizen = new { name = "Paulette Effacée", phone },
        });
        booked.Status.ShouldBe(201, booked.Text);

        Read(await PostAsync("/gestion/personne", (PersonDataView.PhoneField, phone))).ShouldContain("Paulette Effacée");
        var file = await PostAsync("/gestion/personne/fichier", (PersonDataView.PhoneField, phone));
        file.Header("Content-Disposition").ShouldNotBeNull().ShouldContain("donnees-personnelles-");
        file.Header("Cache-Control").ShouldBe("no-store");
        file.Text.ShouldContain("Paulette Effacée");

        var kept = await PostAsync("/gestion/personne/effacer", (PersonDataView.PhoneField, phone));
        (kept.Status, Read(kept).Contains("rendez-vous à venir", StringComparison.Ordinal)).ShouldBe((409, true));
        Read(await PostAsync("/gestion/personne/effacer", (PersonDataView.PhoneField, phone), (PersonDataView.CancelField, "oui"))).ShouldContain("Rendez-vous annulés : 1.");
        Read(await PostAsync("/gestion/personne/effacer", (PersonDataView.PhoneField, phone))).ShouldContain("C'est effacé");
        Read(await PostAsync("/gestion/personne", (PersonDataView.PhoneField, phone))).ShouldContain("Nous ne gardons rien sous ce numéro.");
    }

    [Theory]
    [InlineData("12", "", "phone")]
    [InlineData("06 39 98 12 34", "99", "territory")]
    [InlineData("", "", "phone")]
    public async Task A_number_that_is_none_is_told_at_its_field(string phone, string territory, string field)
    {
        foreach (var path in new[] { "/gestion/personne", "/gestion/personne/fichier", "/gestion/personne/effacer" })
        {
            var page = await PostAsync(path, (PersonDataView.PhoneField, phone), (PersonDataView.TerritoryField, territory));
            page.Status.ShouldBe(400, path);
            Page(page).QuerySelector($".errors a[href='#{field}']").ShouldNotBeNull(page.Text);
        }
    }

    private static FormUrlEncodedContent Fields(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    private Task<Reply> PostAsync(string path, params (string Name, string Value)[] fields) => app.SendAsync(HttpMethod.Post, path, Fields(fields), "admin");

    private async Task<Reply> UploadAsync(string kind, byte[] file)
    {
        using var form = new MultipartFormDataContent { { new StringContent(kind), ImportView.KindField }, { new ByteArrayContent(file), ImportView.FileField, "conseillers.csv" } };
        return await app.SendAsync(HttpMethod.Post, ImportView.Address, form, "admin");
    }

    private async Task<Reply> ImportAsync(string kind, string content)
    {
        using var form = new MultipartFormDataContent { { new StringContent(kind), ImportView.KindField }, { new StringContent(content), ImportView.ContentField } };
        return await app.SendAsync(HttpMethod.Post, ImportView.Address, form, "admin");
    }

    private static IHtmlDocument Page(Reply page) => new HtmlParser().ParseDocument(page.Text);

    private static string Read(Reply page) => WebUtility.HtmlDecode(page.Text).Replace('\u00a0', ' ');
}
