using Microsoft.AspNetCore.Http;
using Rdv.Functions.Http;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Http;

/// <summary>A telephone that has been here once never asks in the clear again; a machine without a certificate is not locked out of itself.</summary>
public sealed class SecurityHeadersTests
{
    [Theory]
    [InlineData("https://rdv.example", "max-age=31536000; includeSubDomains")]
    [InlineData("HTTPS://rdv.example/", "max-age=31536000; includeSubDomains")]
    [InlineData("http://127.0.0.1:7071", "")]
    [InlineData("http://https.example", "")]
    public void Only_https_is_said_where_the_site_has_it(string site, string said)
    {
        var response = new DefaultHttpContext().Response;
        new SecurityHeaders(new RdvSettings { HotlinePhone = "01 99 00 12 34", SiteBaseUrl = site, MailFrom = "rdv@rdv.example" }).Write(response);
        response.Headers.StrictTransportSecurity.ToString().ShouldBe(said);
        response.Headers.XFrameOptions.ToString().ShouldBe("DENY");
        response.Headers.ContentSecurityPolicy.ToString().ShouldContain("frame-ancestors 'none'");
    }
}
