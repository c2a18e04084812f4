using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Rdv.Functions.Http;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Http;

public sealed class ClientAddressTests
{
    [Theory]
    [InlineData("1.2.3.4", "1.2.3.4")]
    [InlineData("::ffff:1.2.3.4", "1.2.3.4")]
    [InlineData("2001:db8::1", "2001:db8::/64")]
    [InlineData("2001:db8:0:0:ffff:ffff:ffff:ffff", "2001:db8::/64")]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1::/64")]
    [InlineData("fe80::1%3", "fe80::/64")]
    public void An_IPv6_client_is_counted_by_its_64(string address, string counted) =>
        ClientAddress.Of(IPAddress.Parse(address)).ShouldBe(counted);

    [Theory]
    [InlineData("1.2.3.4", null)]
    [InlineData("::ffff:1.2.3.4", null)]
    [InlineData("2001:db8:7:1::1", "2001:db8:7::/48")]
    [InlineData("2001:db8:7:ffff:ffff:ffff:ffff:ffff", "2001:db8:7::/48")]
    [InlineData("2001:db8:8::1", "2001:db8:8::/48")]
    public void An_IPv6_client_is_of_the_site_of_its_48(string address, string? site) =>
        ClientAddress.SiteOf(IPAddress.Parse(address)).ShouldBe(site);

    /// <summary>What the host forwards, through the middleware that the worker's ASP.NET Core integration has.</summary>
    [Theory]
    [InlineData("1.2.3.4", "1.2.3.4")]
    [InlineData("1.2.3.4:5678", "1.2.3.4")]
    [InlineData("1.2.3.4:5679", "1.2.3.4")]
    [InlineData("[2001:db8::1]:443", "2001:db8::/64")]
    [InlineData("[2001:db8::2]:444", "2001:db8::/64")]
    [InlineData("2001:db8::1", "2001:db8::/64")]
    [InlineData("[::ffff:1.2.3.4]:443", "1.2.3.4")]
    [InlineData("192.0.2.7, 1.2.3.4:5678", "1.2.3.4")]
    public async Task A_forwarded_address_is_read_with_its_port_or_without(string forwarded, string counted) =>
        (await BehindHostAsync(IPAddress.Loopback, forwarded)).ShouldBe(counted);

    [Fact]
    public async Task Nobody_but_the_host_forwards() =>
        (await BehindHostAsync(IPAddress.Parse("198.51.100.1"), "192.0.2.7")).ShouldBe("198.51.100.1");

    private static async Task<string> BehindHostAsync(IPAddress from, string forwarded)
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .Configure<ForwardedHeadersOptions>(options => options.ForwardedHeaders = ForwardedHeaders.All)
            .BuildServiceProvider();
        string? counted = null;
        var pipeline = new ApplicationBuilder(services).UseForwardedHeaders();
        pipeline.Run(context =>
        {
            counted = ClientAddress.Of(context.Request);
            return Task.CompletedTask;
        });
        var request = new DefaultHttpContext { RequestServices = services };
        request.Connection.RemoteIpAddress = from;
        request.Request.Headers["X-Forwarded-For"] = forwarded;
        await pipeline.Build()(request);
        return counted.ShouldNotBeNull();
    }
}
