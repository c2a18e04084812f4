using System.Text;
using System.Text.Json;
using AngleSharp;
using AngleSharp.Dom;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Rdv.Functions.Staff;
using Rdv.Ids;
using Rdv.Local;
using Rdv.Staff;
using Rdv.Tests.Contract;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Staff;

/// <summary>The product with the sign-in of the platform in front of it.</summary>
public sealed class PlatformApp : IAsyncLifetime
{
    public const string Issuer = "https://proconnect.example.fr";

    private int _people;

    internal StorageLine Storage { get; } = new();

    internal ContractApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await ContractApp.StartAsync(
        configure: services => services.AddSingleton<IStaffIdentity, PlatformStaffIdentity>().AddSingleton<TableClientOptions>(_ => Storage.ToOptions()),
        options: new LocalOptions
        {
            Settings = new Dictionary<string, string?>
            {
                ["WEBSITE_AUTH_ENABLED"] = "true",
                ["SignIn:OpenIdName"] = "proconnect",
                ["SignIn:OpenIdLabel"] = "ProConnect",
                ["SignIn:OpenIdIssuer"] = Issuer,
            },
        });

    public ValueTask DisposeAsync() => App.DisposeAsync();

    /// <summary>Somebody of the staff who has signed in already; their header.</summary>
    internal async Task<(string Name, string Value)> HiredAsync(params string[] roles)
    {
        var address = $"person{Interlocked.Increment(ref _people)}@departement.example.fr";
        (await App.App.Services.GetRequiredService<ChangeStaff>().AddAsync(
            new StaffForm("Nadia Exemple", address, [.. roles.Select(role => new StaffGrantForm(role))]), RequestIdentity.Of("staff", null, ""), TestContext.Current.CancellationToken))
            .Refusal.ShouldBeNull();
        return Principal("proconnect", ("sub", address), ("email", address), ("email_verified", "true"));
    }

    internal static (string Name, string Value) Principal(string provider, params (string Type, string Value)[] claims) => (
        "X-MS-CLIENT-PRINCIPAL",
        Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(
            new { auth_typ = provider, name_typ = "name", role_typ = "roles", claims = claims.Select(claim => new { typ = claim.Type, val = claim.Value }) }))));
}

/// <summary>Signing in, having no role, having several, and signing out: what people meet.</summary>
public sealed class SignInPagesTests(PlatformApp platform) : IClassFixture<PlatformApp>
{
    private static readonly (string Name, string Value) Html = ("Accept", "text/html");

    private ContractApp App => platform.App;

    [Fact]
    public async Task Who_has_signed_in_without_a_role_reads_so_and_is_not_sent_round()
    {
        var stranger = PlatformApp.Principal("proconnect", ("sub", "stranger"), ("iss", PlatformApp.Issuer));
        foreach (var address in new[] { "/hotline", "/advisor", "/structure", "/hotline/appels", "/compte" })
        {
            var reply = await App.SendAsync(HttpMethod.Get, address, null, null, null, stranger, Html);
            reply.Status.ShouldBe(403, address);
            var page = await Read(reply);
            page.QuerySelector("h1")!.TextContent.ShouldBe("Vous n'avez pas encore d'accès");
            page.QuerySelector("a[href='/sortir']").ShouldNotBeNull();
            page.QuerySelector(".code")!.TextContent.ShouldBe(SignInCode.Of("proconnect", PlatformApp.Issuer, "stranger").ToString());
        }

        var call = await App.SendAsync(HttpMethod.Get, "/api/hotline/callbacks", null, null, null, stranger);
        (call.Status, call.Code).ShouldBe((403, "forbidden"));
        var visitor = await App.GetAsync("/api/hotline/callbacks");
        (visitor.Status, visitor.Code).ShouldBe((401, "unauthenticated"));
    }

    [Theory]
    [InlineData("email_verified", "false", "n'a pas vérifié")]
    [InlineData("email_verified", "true", "n'est pas dans la liste")]
    public async Task The_page_says_why(string type, string value, string why)
    {
        var reply = await App.SendAsync(
            HttpMethod.Get, "/hotline", null, null, null,
            PlatformApp.Principal("proconnect", ("sub", "why-" + value), ("email", "nobody@departement.example.fr"), (type, value)), Html);
        (await Read(reply)).QuerySelector("main")!.TextContent.ShouldContain(why);
    }

    [Fact]
    public async Task A_visitor_chooses_where_to_sign_in_and_comes_back()
    {
        var reply = await App.SendAsync(HttpMethod.Get, "/hotline/appels?fait=oui", null, null, null, Html);
        (reply.Status, reply.Header("Location")).ShouldBe((303, "/connexion?retour=%2Fhotline%2Fappels%3Ffait%3Doui"));
        var page = await Read(await App.GetAsync(reply.Header("Location")!));
        page.QuerySelectorAll("main a.button").Select(link => $"{link.TextContent} {link.GetAttribute("href")}").ShouldBe(
        [
            "Se connecter avec ProConnect /.auth/login/proconnect?post_login_redirect_uri=%2Fhotline%2Fappels%3Ffait%3Doui",
            "Se connecter avec Microsoft /.auth/login/aad?post_login_redirect_uri=%2Fhotline%2Fappels%3Ffait%3Doui",
        ]);
    }

    /// <summary>The platform says who has signed in and we do not believe it: it would send them straight back, for ever.</summary>
    [Fact]
    public async Task Who_comes_back_from_signing_in_and_is_not_known_reads_so()
    {
        var signedIn = PlatformApp.Principal("aad", ("oid", "whoever"), ("tid", "tenant"));
        await using var one = await ContractApp.StartAsync(configure: services => services.AddSingleton<IStaffIdentity, PlatformStaffIdentity>());
        (await one.SendAsync(HttpMethod.Get, "/hotline", null, null, null, Html)).Header("Location").ShouldBe("/.auth/login/aad?post_login_redirect_uri=%2Fhotline");
        var reply = await one.SendAsync(HttpMethod.Get, "/hotline", null, null, null, Html, signedIn);
        (reply.Status, reply.Header("Location")).ShouldBe((303, "/connexion?retour=%2Fhotline"));
        var page = await one.SendAsync(HttpMethod.Get, reply.Header("Location")!, null, null, null, Html, signedIn);
        (page.Status, page.Header("Cache-Control")).ShouldBe((200, "no-store"));
        (await Read(page)).QuerySelector("[role=alert]")!.TextContent.ShouldContain("nous ne vous avons pas reconnu");
        (await Read(await one.GetAsync("/connexion"))).QuerySelector("[role=alert]").ShouldBeNull();

        // Who is known reads nothing of the kind, on their way back through the history.
        var known = await platform.HiredAsync("hotline");
        (await Read(await App.SendAsync(HttpMethod.Get, "/connexion", null, null, null, Html, known))).QuerySelector("[role=alert]").ShouldBeNull();
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    [InlineData("/\t/elsewhere.example/")]
    [InlineData("javascript:alert(1)")]
    public async Task Nobody_is_sent_to_another_site(string target)
    {
        var page = await Read(await App.GetAsync("/connexion?retour=" + Uri.EscapeDataString(target)));
        page.QuerySelectorAll("main a.button").ShouldAllBe(link => link.GetAttribute("href")!.EndsWith("=%2Fcompte"));
        var two = await platform.HiredAsync("hotline", "advisor:69/aline-exemple");
        var chosen = await PostAsync($"role=hotline&retour={Uri.EscapeDataString(target)}", two);
        (chosen.Status, chosen.Header("Location")).ShouldBe((303, "/hotline"));
    }

    [Fact]
    public async Task Who_has_two_agendas_says_which_and_that_one_is_opened()
    {
        var two = await platform.HiredAsync("advisor:69/aline-exemple", "advisor:67/frieda-echantillon");
        var asked = await App.SendAsync(HttpMethod.Get, "/advisor", null, null, null, two, Html);
        (asked.Status, asked.Header("Location")).ShouldBe((303, "/compte?retour=%2Fadvisor"));
        var page = await Read(await App.SendAsync(HttpMethod.Get, "/compte?retour=%2Fadvisor", null, null, null, two, Html));
        page.QuerySelectorAll("main form button").Select(button => button.TextContent.Replace('\u00a0', ' ')).ShouldBe(
            ["Conseiller : Aline Exemple (69)", "Conseiller : Frieda Échantillon (67)"], ignoreOrder: true);

        foreach (var (role, name) in new[] { ("advisor:67/frieda-echantillon", "Frieda Échantillon"), ("advisor:69/aline-exemple", "Aline Exemple") })
        {
            var chosen = await PostAsync($"role={Uri.EscapeDataString(role)}&retour=%2Fadvisor", two);
            (chosen.Status, chosen.Header("Location")).ShouldBe((303, "/advisor"));
            var agenda = await App.SendAsync(HttpMethod.Get, "/advisor", null, null, null, two, Html, ("Cookie", chosen.Header("Set-Cookie")!.Split(';')[0]));
            agenda.Status.ShouldBe(200);
            (await Read(agenda)).QuerySelector("main")!.TextContent.ShouldContain(name);
        }
    }

    [Fact]
    public async Task A_role_that_one_does_not_have_is_not_chosen()
    {
        var one = await platform.HiredAsync("hotline");
        (await PostAsync("role=admin&retour=%2Fhotline", one)).Status.ShouldBe(400);
        (await App.SendAsync(HttpMethod.Get, "/api/admin/staff", null, null, null, one, ("Cookie", "rdv-role=admin"))).Status.ShouldBe(403);
        (await App.SendAsync(
            HttpMethod.Post, "/compte", ContractApp.Content("role=hotline", "application/x-www-form-urlencoded"), null, null, one, ("Origin", "https://elsewhere.example"))).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Each_page_takes_the_role_that_fits_without_asking()
    {
        var many = await platform.HiredAsync("admin", "hotline", "advisor:69/aline-exemple", "structure:69/tiers-lieu-la-passerelle");
        foreach (var address in new[] { "/hotline", "/advisor", "/structure" })
        {
            (await App.SendAsync(HttpMethod.Get, address, null, null, null, many, Html)).Status.ShouldBe(200, address);
        }

        // The call names whose agenda: their own structure's, nobody else's but for the administrator.
        (await App.SendAsync(HttpMethod.Get, "/api/advisors/69/aline-exemple/opening-hours", null, null, null, many)).Status.ShouldBe(200);
        var few = await platform.HiredAsync("advisor:69/aline-exemple", "structure:69/tiers-lieu-la-passerelle");
        (await App.SendAsync(HttpMethod.Get, "/api/advisors/69/diego-fictif/opening-hours", null, null, null, few)).Status.ShouldBe(200);
        (await App.SendAsync(HttpMethod.Get, "/api/advisors/69/camille-essai/opening-hours", null, null, null, few)).Status.ShouldBe(403);
        (await App.SendAsync(HttpMethod.Get, "/api/structures/69/tiers-lieu-la-passerelle/today", null, null, null, few)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Every_page_of_staff_has_a_way_out()
    {
        var hotline = await platform.HiredAsync("hotline");
        var page = await Read(await App.SendAsync(HttpMethod.Get, "/hotline", null, null, null, hotline, Html));
        page.QuerySelector("nav.staff a[href='/sortir']")!.TextContent.ShouldBe("Se déconnecter");
        var left = await App.SendAsync(HttpMethod.Get, "/sortir", null, null, null, hotline);
        (left.Status, left.Header("Location")).ShouldBe((303, "/.auth/logout?post_logout_redirect_uri=%2F"));
        left.Header("Set-Cookie").ShouldNotBeNull().ShouldContain("rdv-role=;");
        left.Header("Clear-Site-Data").ShouldBe("\"cache\", \"storage\"");
    }

    [Fact]
    public async Task While_storage_does_not_answer_nobody_is_taken_for_a_visitor()
    {
        foreach (var principal in new[]
        {
            PlatformApp.Principal("proconnect", ("sub", "meanwhile"), ("iss", PlatformApp.Issuer)),
            PlatformApp.Principal("aad", ("oid", "meanwhile"), ("tid", "tenant"), ("roles", "admin")),
        })
        {
            platform.Storage.Fault = _ => StorageFault.NotReached;
            try
            {
                var call = await App.SendAsync(HttpMethod.Get, "/api/hotline/callbacks", null, null, null, principal);
                (call.Status, call.Code).ShouldBe((503, "busy"));
                call.Header("Retry-After").ShouldNotBeNull();
                var page = await App.SendAsync(HttpMethod.Get, "/hotline", null, null, null, principal, Html);
                page.Status.ShouldBe(503);
                (await Read(page)).QuerySelector("h1")!.TextContent.ShouldBe("Le service est très demandé");
            }
            finally
            {
                platform.Storage.Mend();
            }
        }
    }

    private Task<Reply> PostAsync(string form, (string, string) principal) => App.SendAsync(
        HttpMethod.Post, "/compte", ContractApp.Content(form, "application/x-www-form-urlencoded"), null, null, principal, Html);

    private static Task<IDocument> Read(Reply reply) =>
        BrowsingContext.New(Configuration.Default).OpenAsync(request => request.Content(reply.Text), TestContext.Current.CancellationToken);
}
