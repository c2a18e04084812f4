using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Rdv.Functions.Staff;
using Rdv.Staff;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Staff;

/// <summary>The header of the platform: whose word it is, and for what.</summary>
public sealed class PlatformSignInTests(TableStorage storage) : StaffTest(storage)
{
    private const string Issuer = "https://proconnect.example.fr/api/v2";
    private const string Tenant = "11111111-1111-1111-1111-111111111111";

    private static readonly Dictionary<string, string?> On = new()
    {
        ["WEBSITE_AUTH_ENABLED"] = "true",
        ["SignIn:OpenIdName"] = "proconnect",
        ["SignIn:OpenIdLabel"] = "ProConnect",
        ["SignIn:OpenIdIssuer"] = Issuer,
    };

    [Theory]
    [InlineData("admin", null)]
    [InlineData("admin", "aad")]
    [InlineData("hotline", "aad")]
    [InlineData("advisor:69/a1", "aad")]
    [InlineData("structure:69/s1", null)]
    [InlineData("territory:69", "aad")]
    public async Task An_app_role_of_Entra_ID_is_a_role_without_the_directory(string role, string? provider)
    {
        var (_, product) = await StartAsync(settings: On);
        var session = await IdentifyAsync(product, provider, ("roles", role));
        session!.Members.Select(member => member.Role.ToString()).ShouldBe([role]);
    }

    /// <summary>As the templates set it.</summary>
    [Theory]
    [InlineData("admin", true)]
    [InlineData("hotline", false)]
    [InlineData("advisor:69/a1", false)]
    [InlineData("territory:69", false)]
    public async Task In_Azure_only_the_first_administrator_is_one_by_an_app_role(string role, bool counts)
    {
        var (_, product) = await StartAsync(settings: new(On) { ["SignIn:AdminRoleOnly"] = "true" });
        (await IdentifyAsync(product, "aad", ("roles", role)))!.Members.Count.ShouldBe(counts ? 1 : 0);
    }

    [Theory]
    [InlineData("proconnect", "roles")]
    [InlineData("proconnect", "http://schemas.microsoft.com/ws/2008/06/identity/claims/role")]
    [InlineData("ProConnect", "roles")]
    [InlineData("AAD", "roles")]
    [InlineData("google", "roles")]
    [InlineData("", "roles")]
    public async Task What_another_provider_calls_a_role_is_none(string provider, string type)
    {
        var (_, product) = await StartAsync(settings: On);
        var session = await IdentifyAsync(product, provider, type, ("sub", "sub-1"), ("iss", Issuer), (type, "admin"));
        session!.Members.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_the_platform_nobody_is_anybody()
    {
        var (_, product) = await StartAsync(settings: new() { ["WEBSITE_AUTH_ENABLED"] = "false" });
        (await IdentifyAsync(product, "aad", ("roles", "admin"))).ShouldBeNull();
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("1", true)]
    [InlineData("True", true)]
    [InlineData("false", false)]
    [InlineData("0", false)]
    [InlineData(null, false)]
    public async Task An_address_of_Entra_ID_counts_when_the_owner_of_its_domain_is_known(string? verified, bool counts)
    {
        var (_, product) = await StartAsync(settings: On);
        await AddAsync(product, "Gaëlle Pilote", Gaelle, new StaffGrantForm("hotline"));
        (string, string)[] claims = [("oid", "oid-1"), ("tid", Tenant), ("email", Gaelle), .. verified is null ? [] : new[] { ("xms_edov", verified) }];
        var session = (await IdentifyAsync(product, "aad", claims))!;
        (session.Members.Count == 1, session.Match).ShouldBe((counts, counts ? StaffMatch.Known : StaffMatch.Unverified));
    }

    [Theory]
    [InlineData("true", false, true)]
    [InlineData("false", false, false)]
    [InlineData(null, false, false)]
    [InlineData(null, true, true)]
    [InlineData("false", true, false)]
    public async Task An_address_of_another_provider_counts_when_it_says_so_or_always_verifies(string? verified, bool always, bool counts)
    {
        var (_, product) = await StartAsync(settings: new(On) { ["SignIn:OpenIdVerifiesAddresses"] = always ? "true" : null });
        await AddAsync(product, "Gaëlle Pilote", Gaelle, new StaffGrantForm("hotline"));
        (string, string)[] claims =
        [
            ("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier", "sub-1"), ("iss", Issuer),
            ("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress", Gaelle.ToUpperInvariant()),
            .. verified is null ? [] : new[] { ("email_verified", verified) },
        ];
        (await IdentifyAsync(product, "proconnect", claims))!.Members.Count.ShouldBe(counts ? 1 : 0);
    }

    [Fact]
    public async Task Another_issuer_or_a_provider_that_is_not_configured_is_nobody()
    {
        var (_, product) = await StartAsync(settings: On);
        await AddAsync(product, "Gaëlle Pilote", Gaelle, new StaffGrantForm("hotline"));
        foreach (var (provider, issuer) in new[] { ("proconnect", "https://elsewhere.example"), ("google", Issuer), ("facebook", "") })
        {
            (await IdentifyAsync(product, provider, ("sub", "sub-1"), ("iss", issuer), ("email", Gaelle), ("email_verified", "true")))!.Members.ShouldBeEmpty(provider);
        }

        // Two addresses, or two subjects: which one?
        (await IdentifyAsync(product, "proconnect", ("sub", "sub-1"), ("sub", "sub-2"), ("email", Gaelle), ("email_verified", "true")))!.Members.ShouldBeEmpty();
        (await IdentifyAsync(product, "proconnect", ("sub", "sub-1"), ("email", Gaelle), ("email", "x@example.fr"), ("email_verified", "true")))!.Members.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_subject_at_two_providers_is_two_accounts()
    {
        var (_, product) = await StartAsync(settings: On);
        await AddAsync(product, "Gaëlle Pilote", Gaelle, new StaffGrantForm("hotline"));
        (await IdentifyAsync(product, "aad", ("oid", "same"), ("tid", Issuer), ("email", Gaelle), ("xms_edov", "1")))!.Members.Count.ShouldBe(1);
        (await IdentifyAsync(product, "proconnect", ("sub", "same"), ("iss", Issuer)))!.Members.ShouldBeEmpty();
    }

    [Fact]
    public async Task Roles_of_both_are_together_the_narrowest_first_and_tell_who()
    {
        var (_, product) = await StartAsync(settings: On);
        var added = await AddAsync(product, "Gaëlle Pilote", Gaelle, new StaffGrantForm("hotline"), new StaffGrantForm("advisor:69/a1"), new StaffGrantForm("admin"));
        var session = (await IdentifyAsync(product, "aad", ("roles", "admin"), ("oid", "oid-1"), ("tid", Tenant), ("email", Gaelle), ("xms_edov", "1")))!;
        session.Members.Select(member => member.Role.ToString()).ShouldBe(["advisor:69/a1", "hotline", "admin"]);
        session.Members.ShouldAllBe(member => member.Who == added.Id.Value && member.Person == added.Id);
    }

    [Theory]
    [InlineData("not base64")]
    [InlineData("e30=")]
    [InlineData("bnVsbA==")]
    [InlineData("eyJjbGFpbXMiOlsxXX0=")]
    public async Task A_header_that_cannot_be_read_is_no_one(string header)
    {
        var (_, product) = await StartAsync(settings: On);
        var request = new DefaultHttpContext().Request;
        request.Headers["X-MS-CLIENT-PRINCIPAL"] = header;
        (await product.Get<IStaffIdentity>().IdentifyAsync(request, TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    [Fact]
    public async Task With_two_providers_there_is_a_choice_and_with_one_there_is_none()
    {
        var (world, both) = await StartAsync(settings: On);
        both.Get<IStaffIdentity>().Ways("/hotline?q=1").ShouldBe(
        [
            new SignInWay("ProConnect", "/.auth/login/proconnect?post_login_redirect_uri=%2Fhotline%3Fq%3D1"),
            new SignInWay("Microsoft", "/.auth/login/aad?post_login_redirect_uri=%2Fhotline%3Fq%3D1"),
        ]);
        world.Start().Get<IStaffIdentity>().Ways("/").ShouldHaveSingleItem().Name.ShouldBe("Microsoft");
    }

    private static ValueTask<StaffSession?> IdentifyAsync(Product product, string? provider, params (string Type, string Value)[] claims) =>
        IdentifyAsync(product, provider, "roles", claims);

    private static ValueTask<StaffSession?> IdentifyAsync(Product product, string? provider, string roleType, params (string Type, string Value)[] claims)
    {
        var principal = new Dictionary<string, object>
        {
            ["name_typ"] = "name",
            ["role_typ"] = roleType,
            ["claims"] = claims.Select(claim => new { typ = claim.Type, val = claim.Value }),
        };
        if (provider is not null)
        {
            principal["auth_typ"] = provider;
        }

        var request = new DefaultHttpContext().Request;
        request.Headers["X-MS-CLIENT-PRINCIPAL"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(principal)));
        return product.Get<IStaffIdentity>().IdentifyAsync(request, TestContext.Current.CancellationToken);
    }
}
