using System.Net.Sockets;
using System.Text;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>A request may name no host, or one that is none (RFC 9112, 3.2): a page answers as it does to any other, or says what is wrong.</summary>
[Collection(SharedContractApp.Name)]
public sealed class StrangeHostTests(ContractApp app)
{
    [Theory]
    [InlineData("", "/")]
    [InlineData("", "/lien")]
    [InlineData("", "/une-page-qui-nexiste-pas")]
    [InlineData("a..b", "/")]
    [InlineData(".", "/facile")]
    [InlineData("-", "/")]
    [InlineData("xn--", "/plan")]
    [InlineData("xn--zzzzzzzz.fr", "/lieux")]
    [InlineData("a.xn--:80", "/")]
    [InlineData(":80", "/")]
    [InlineData("[]", "/")]
    [InlineData("[::1", "/")]
    public async Task A_host_that_is_none_is_no_error_of_ours(string host, string path)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(app.App.BaseUrl.Host, app.App.BaseUrl.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        var status = await reader.ReadLineAsync(TestContext.Current.CancellationToken);
        status.ShouldNotBeNull().ShouldStartWith("HTTP/1.1 ");
        status[9].ShouldBeOneOf('2', '4');
        (host.Length > 0 || status[9..12] is "200" or "404").ShouldBeTrue(status);
    }
}
