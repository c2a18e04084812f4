using Microsoft.AspNetCore.Http;
using Rdv.Functions.Http;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Pages;

public sealed class SameOriginTests
{
    private const string Site = "https://rdv.example";

    [Theory]
    [InlineData("same-origin", null, true)]
    [InlineData("none", null, true)]
    [InlineData("same-site", null, false)]
    [InlineData("cross-site", null, false)]
    [InlineData("cross-site", Site, false)]
    [InlineData("same-origin", "null", true)]
    [InlineData(null, null, true)]
    [InlineData(null, Site, true)]
    [InlineData(null, "https://RDV.example", true)]
    [InlineData(null, "https://inside.example:8080", true)]
    [InlineData(null, "http://rdv.example", false)]
    [InlineData(null, "https://rdv.example.evil.example", false)]
    [InlineData(null, "https://evil.example", false)]
    [InlineData(null, "rubbish", false)]
    [InlineData(null, "null", false)]
    public void A_post_counts_when_a_page_of_ours_sends_it(string? fetchSite, string? origin, bool allowed) =>
        SameOrigin.Allows(Request(fetchSite, origin), Site).ShouldBe(allowed);

    [Fact]
    public void A_page_without_referrer_posts_with_an_opaque_origin()
    {
        SameOrigin.Allows(Request(null, "null"), Site, opaqueIsOurs: true).ShouldBeTrue();
        SameOrigin.Allows(Request("cross-site", "null"), Site, opaqueIsOurs: true).ShouldBeFalse();
    }

    private static HttpRequest Request(string? fetchSite, string? origin)
    {
        var request = new DefaultHttpContext().Request;
        request.Method = "POST";
        request.Host = new HostString("inside.example", 8080);
        if (fetchSite is not null)
        {
            request.Headers["Sec-Fetch-Site"] = fetchSite;
        }

        if (origin is not null)
        {
            request.Headers.Origin = origin;
        }

        return request;
    }
}
