using System.Net;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using Rdv.Functions.Staff;
using Rdv.Ids;
using Rdv.Local;
using Rdv.Staff;
using Rdv.Tests.Contract;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Staff;

/// <summary>The whole way of a sign-in: a browser, the platform, an OpenID provider that signs its tokens, and the product.</summary>
public sealed class OpenIdSignInTests : IAsyncLifetime
{
    private FakeIssuer _issuer = null!;
    private ContractApp _app = null!;
    private FakePlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await FakeIssuer.StartAsync();
        _app = await ContractApp.StartAsync(
            configure: services => services
                .AddSingleton(new SignInSettings(new OpenIdProvider(FakePlatform.Provider, "ProConnect", _issuer.Address, VerifiesAddresses: false)))
                .AddSingleton<IStaffIdentity, PlatformStaffIdentity>(),
            options: new LocalOptions { Settings = new Dictionary<string, string?> { ["WEBSITE_AUTH_ENABLED"] = "true" } });
        _platform = await FakePlatform.StartAsync(_app.App.BaseUrl, _issuer.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await _platform.DisposeAsync();
        await _app.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task The_first_sign_in_binds_and_the_next_goes_by_the_subject_though_the_address_has_changed()
    {
        const string Address = "odile.arrivee@departement.example.fr";
        await HireAsync(Address, new StaffGrantForm("hotline"));
        (await OpenAsync("/hotline", Account("s-odile", Address))).ShouldBe((HttpStatusCode.OK, "Accueil téléphonique"));
        (await OpenAsync("/hotline", Account("s-odile", "odile.mariee@departement.example.fr"))).ShouldBe((HttpStatusCode.OK, "Accueil téléphonique"));
        (await OpenAsync("/hotline", Account("s-odile", address: null))).ShouldBe((HttpStatusCode.OK, "Accueil téléphonique"));

        // Whoever is given the address after her.
        (await OpenAsync("/hotline", Account("s-other", Address))).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task An_address_that_was_not_verified_opens_nothing()
    {
        const string Address = "paul.douteux@departement.example.fr";
        await HireAsync(Address, new StaffGrantForm("hotline"));
        (await OpenAsync("/hotline", Account("s-paul", Address, verified: false))).ShouldBe((HttpStatusCode.Forbidden, "Vous n'avez pas encore d'accès"));
        (await OpenAsync("/hotline", Account("s-paul", Address, verified: null))).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_role_that_is_over_opens_nothing()
    {
        const string Address = "rene.parti@departement.example.fr";
        await HireAsync(Address, new StaffGrantForm("hotline", "2020-01-01", "2020-12-31"));
        (await OpenAsync("/hotline", Account("s-rene", Address))).ShouldBe((HttpStatusCode.Forbidden, "Vous n'avez pas encore d'accès"));
    }

    [Fact]
    public async Task What_the_provider_calls_a_role_is_none()
    {
        var account = Account("s-sly", "sly@elsewhere.example.fr");
        account["roles"] = "admin";
        account["role"] = "admin";
        (await OpenAsync("/hotline", account)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await OpenAsync("/api/admin/staff", account)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_header_that_a_client_writes_itself_is_not_handed_on()
    {
        using var browser = Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_platform.Address, "/api/admin/staff"));
        var (name, value) = PlatformApp.Principal("aad", ("roles", "admin"));
        request.Headers.Add(name, value);
        using var response = await browser.SendAsync(request, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Who_signs_out_is_a_visitor_again()
    {
        const string Address = "tess.sortie@departement.example.fr";
        await HireAsync(Address, new StaffGrantForm("hotline"));
        using var browser = Browser();
        (await OpenAsync(browser, "/hotline", Account("s-tess", Address))).Status.ShouldBe(HttpStatusCode.OK);
        await GoAsync(browser, "/sortir");
        using var after = await browser.GetAsync(new Uri(_platform.Address, "/api/hotline/callbacks"), TestContext.Current.CancellationToken);
        after.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static Dictionary<string, object> Account(string subject, string? address, bool? verified = true)
    {
        var claims = new Dictionary<string, object> { ["sub"] = subject };
        if (address is not null)
        {
            claims["email"] = address;
        }

        if (verified is { } said)
        {
            claims["email_verified"] = said;
        }

        return claims;
    }

    private async Task HireAsync(string address, params StaffGrantForm[] roles) => (await _app.App.Services.GetRequiredService<ChangeStaff>().AddAsync(
        new StaffForm("Nadia Exemple", address, roles), RequestIdentity.Of("staff", null, ""), TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();

    private async Task<(HttpStatusCode Status, string? Title)> OpenAsync(string address, Dictionary<string, object> account)
    {
        using var browser = Browser();
        return await OpenAsync(browser, address, account);
    }

    /// <summary>Signs in, and ends where they wanted to go.</summary>
    private async Task<(HttpStatusCode Status, string? Title)> OpenAsync(HttpClient browser, string address, Dictionary<string, object> account)
    {
        _issuer.Account = account;
        return await GoAsync(browser, $"/.auth/login/{FakePlatform.Provider}?post_login_redirect_uri={Uri.EscapeDataString(address)}");
    }

    private async Task<(HttpStatusCode Status, string? Title)> GoAsync(HttpClient browser, string address)
    {
        using var response = await browser.GetAsync(new Uri(_platform.Address, address), TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (response.StatusCode, response.Content.Headers.ContentType?.MediaType == "text/html" ? new HtmlParser().ParseDocument(text).QuerySelector("h1")?.TextContent : null);
    }

    private static HttpClient Browser()
    {
        var browser = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }, disposeHandler: true);
        browser.DefaultRequestHeaders.Add("Accept", "text/html");
        return browser;
    }
}
