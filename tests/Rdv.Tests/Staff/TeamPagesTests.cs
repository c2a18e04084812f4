using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Rdv.Tests.Contract;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Staff;

/// <summary>The staff directory as administrators see it.</summary>
[Collection(SharedContractApp.Name)]
public sealed class TeamPagesTests(ContractApp app)
{
    private const string Team = "/gestion/equipe";

    [Theory]
    [InlineData("hotline")]
    [InlineData("advisor:69/aline-exemple")]
    [InlineData("structure:69/mediatheque-des-cerisiers")]
    public async Task It_is_for_administrators(string persona)
    {
        foreach (var address in new[] { Team, Team + "/import", Team + "/p0123456789ABCDEF" })
        {
            (await app.GetAsync(address, persona)).Status.ShouldBe(403, address);
            (await app.GetAsync(address)).Status.ShouldBe(303, address);
        }

        (await PostAsync(Team, "nom=Sans+Droit&adresse=sans.droit%40departement.example.fr&role0=admin", persona)).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Somebody_is_added_found_changed_and_ended()
    {
        var added = await PostAsync(Team, "nom=Wanda+Exemple&adresse=wanda%40departement.example.fr&role0=hotline&role1=advisor&lieu1=69%2Faline-exemple&au1=2030-06-30");
        added.Status.ShouldBe(303, added.Text);
        var address = added.Header("Location")!.Split('?')[0];
        var list = Page(await app.GetAsync(Team + "?q=wanda", "admin"));
        list.QuerySelector($"a[href='{address}']")!.TextContent.ShouldBe("Wanda Exemple");
        list.QuerySelector(".results")!.TextContent.ShouldContain("Conseiller 69/aline-exemple, jusqu'au dimanche 30 juin 2030");

        var shown = Page(await app.GetAsync(address, "admin"));
        shown.QuerySelectorAll("select").Select(select => select.QuerySelector("option[selected]")?.GetAttribute("value") ?? "").ShouldBe(["hotline", "advisor", ""]);
        shown.QuerySelector("[name=au1]")!.GetAttribute("value").ShouldBe("2030-06-30");
        var version = shown.QuerySelector("[name=version]")!.GetAttribute("value")!;
        var changed = $"version={Uri.EscapeDataString(version)}&nom=Wanda+Nouvelle&adresse=wanda%40departement.example.fr&role0=&role1=advisor&lieu1=69%2Faline-exemple";
        (await PostAsync(address, changed)).Header("Location").ShouldBe(address + "?fait=change");
        (await PostAsync(address, changed)).Status.ShouldBe(409, "another administrator has changed it meanwhile");
        Page(await app.GetAsync(Team + "?q=wanda", "admin")).QuerySelector(".results")!.TextContent.ShouldNotContain("téléphonique");

        (await PostAsync(address, "action=terminer")).Header("Location").ShouldBe(address + "?fait=termine");
        Page(await app.GetAsync(Team + "?q=wanda", "admin")).QuerySelector(".result .tag")!.TextContent.ShouldBe("Pas d'accès");
        (await PostAsync(address, "action=retirer")).Header("Location").ShouldBe(Team + "?fait=retire");
        (await app.GetAsync(address, "admin")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task What_is_wrong_stands_at_its_field_and_what_was_typed_stays()
    {
        var refused = await PostAsync(Team, "nom=&adresse=pas+une+adresse&role0=advisor&lieu0=69%2Fpersonne&du0=2026-12-02&au0=2026-12-01");
        refused.Status.ShouldBe(400);
        var page = Page(refused);
        page.QuerySelectorAll(".errors a").Select(link => link.GetAttribute("href")).ShouldBe(["#nom", "#adresse", "#au0"], ignoreOrder: true);
        page.QuerySelector("[name=lieu0]")!.GetAttribute("value").ShouldBe("69/personne");
        page.QuerySelector("#ajouter")!.HasAttribute("open").ShouldBeTrue();
        Page(await PostAsync(Team, "nom=Une+Personne&adresse=une%40departement.example.fr&role0=advisor&lieu0=69%2Fpersonne"))
            .QuerySelector("#lieu0")!.GetAttribute("aria-invalid").ShouldBe("true");
    }

    [Fact]
    public async Task An_account_is_bound_by_the_code_that_is_read_on_the_telephone()
    {
        var address = (await PostAsync(Team, "nom=Victor+Exemple&adresse=victor%40departement.example.fr&role0=hotline")).Header("Location")!.Split('?')[0];
        var wrong = await PostAsync(address, "action=lier&code=K7Q2");
        wrong.Status.ShouldBe(400);
        Page(wrong).QuerySelector("#code")!.GetAttribute("aria-invalid").ShouldBe("true");
        (await PostAsync(address, "action=lier&code=k7q2+9xm4+0h3d+v5za")).Header("Location").ShouldBe(address + "?fait=lie");
        Page(await app.GetAsync(address, "admin")).QuerySelector("main")!.TextContent.ShouldContain("K7Q2-9XM4-0H3D-V5ZA");
        (await PostAsync(address, "action=delier")).Header("Location").ShouldBe(address + "?fait=delie");
    }

    [Fact]
    public async Task A_file_is_checked_then_imported_as_it_was_checked()
    {
        const string File = "email,name,role,from,to\nulysse@departement.example.fr,Ulysse Exemple,hotline,,\nx,X,y,,\n";
        Page(await app.GetAsync(Team, "admin")).QuerySelector("a[href='/gestion/import?quoi=equipe']").ShouldNotBeNull();
        Page(await app.GetAsync("/gestion/import?quoi=equipe", "admin")).QuerySelector("option[selected]")!.GetAttribute("value").ShouldBe("equipe");
        var tried = await UploadAsync(File);
        tried.Status.ShouldBe(200);
        Page(tried).QuerySelector("main")!.TextContent.ShouldContain("Rien n'est encore écrit.");
        Page(tried).QuerySelectorAll("tbody tr").Length.ShouldBe(2, "the address and the role of the line that is wrong");
        Page(await app.GetAsync(Team + "?q=ulysse", "admin")).QuerySelector(".results").ShouldBeNull();
        using var kept = new MultipartFormDataContent
        {
            { new StringContent("equipe"), "quoi" },
            { new StringContent(Page(tried).QuerySelector("[name=contenu]")!.GetAttribute("value")!), "contenu" },
        };
        var done = Page(await app.SendAsync(HttpMethod.Post, "/gestion/import", kept, "admin"));
        done.QuerySelectorAll(".figures dd").Select(figure => figure.TextContent).ShouldBe(["2", "1", "0", "0", "1"]);
        Page(await app.GetAsync(Team + "?q=ulysse", "admin")).QuerySelectorAll(".result").Length.ShouldBe(1);
        (await UploadAsync("")).Status.ShouldBe(400);
        (await UploadAsync(File, ("Sec-Fetch-Site", "cross-site"))).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Another_site_changes_nothing()
    {
        foreach (var elsewhere in new[] { ("Sec-Fetch-Site", "cross-site"), ("Origin", "https://elsewhere.example") })
        {
            (await PostAsync(Team, "nom=Tiers+Exemple&adresse=tiers%40departement.example.fr&role0=admin", "admin", elsewhere)).Status.ShouldBe(400);
        }

        (await app.GetAsync("/api/admin/staff?q=tiers@", "admin")).Json.GetProperty("people").GetArrayLength().ShouldBe(0);
    }

    private Task<Reply> PostAsync(string address, string form, string persona = "admin", params (string, string)[] headers) =>
        app.SendAsync(HttpMethod.Post, address, ContractApp.Content(form, "application/x-www-form-urlencoded"), persona, null, headers);

    private async Task<Reply> UploadAsync(string file, params (string, string)[] headers)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("equipe"), "quoi" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(file)), "fichier", "equipe.csv" },
        };
        return await app.SendAsync(HttpMethod.Post, "/gestion/import", form, "admin", null, headers);
    }

    private static IDocument Page(Reply reply) => new HtmlParser().ParseDocument(reply.Text);
}
