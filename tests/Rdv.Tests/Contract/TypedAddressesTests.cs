using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>Where a page leads on to may hold what somebody typed: it is escaped, as a header must be (RFC 3986), and never 500.</summary>
[Collection(SharedContractApp.Name)]
public sealed class TypedAddressesTests(ContractApp app)
{
    private const string Structure = "structure:69/" + ContractApp.Structure;

    [Theory]
    [InlineData("/compte", "role=admin&retour=%2Fgestion%2F%C3%A9quipe", "admin", "/gestion/%C3%A9quipe")]
    [InlineData("/compte", "role=admin&retour=%2Fgestion%F0%9F%98%80", "admin", "/gestion%F0%9F%98%80")]
    [InlineData("/compte", "role=admin&retour=%2Fgestion%3Fnom%3Da%20b", "admin", "/gestion?nom=a%20b")]
    [InlineData("/structure/telephone?du=2026-08-31&au=%C3%A9%F0%9F%98%80", "part=10", Structure, null)]
    [InlineData("/structure/telephone?du=%C3%A9&au=2026-12-31", "part=10", Structure, null)]
    public async Task What_was_typed_is_escaped(string address, string form, string persona, string? leadsTo)
    {
        var reply = await app.SendAsync(HttpMethod.Post, address, ContractApp.Content(form, "application/x-www-form-urlencoded"), persona);
        reply.Status.ShouldBe(303, reply.Text);
        var location = reply.Header("Location").ShouldNotBeNull();
        location.ShouldAllBe(letter => letter > ' ' && letter < '\u007F');
        location.ShouldBe(leadsTo ?? location);
    }
}
