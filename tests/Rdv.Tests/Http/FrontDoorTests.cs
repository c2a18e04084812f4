using System.Net;
using Microsoft.AspNetCore.Http;
using Rdv.Functions.Http;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Http;

/// <summary>Behind Front Door each client is counted by the address that it connected from, and nobody by one that they wrote themselves.</summary>
public sealed class FrontDoorTests
{
    private const string Ours = "0d3f1b52-6c1a-4f0e-9c58-2f8a6f5d7e11";
    private const string FrontDoorItself = "147.243.0.1";

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("203.0.113.9:4711", "203.0.113.9")]
    [InlineData("2001:db8::7", "2001:db8::/64")]
    [InlineData("[2001:db8::7]:443", "2001:db8::/64")]
    [InlineData("[2001:db8::ffff:1]:444", "2001:db8::/64")]
    [InlineData("::ffff:203.0.113.9", "203.0.113.9")]
    public void Who_comes_through_it_is_counted_by_their_own_address(string client, string counted) =>
        Counted(("X-Azure-FDID", Ours), ("X-Azure-SocketIP", client)).ShouldBe(counted);

    /// <summary>The id is sent as the portal shows it, in whatever case.</summary>
    [Fact]
    public void The_id_is_read_in_any_case() =>
        Counted(("X-Azure-FDID", Ours.ToUpperInvariant()), ("X-Azure-SocketIP", "203.0.113.9")).ShouldBe("203.0.113.9");

    public static TheoryData<string, string[]> Forged => new()
    {
        { "nothing", [] },
        { "the list of whoever forwards", ["X-Forwarded-For: 192.0.2.7, 203.0.113.9"] },
        { "an address without the id", ["X-Azure-SocketIP: 192.0.2.7"] },
        { "the id of another Front Door", ["X-Azure-FDID: 11111111-2222-3333-4444-555555555555", "X-Azure-SocketIP: 192.0.2.7"] },
        { "no id at all", ["X-Azure-FDID: ", "X-Azure-SocketIP: 192.0.2.7"] },
        { "two ids in one line", [$"X-Azure-FDID: {Ours}, 11111111-2222-3333-4444-555555555555", "X-Azure-SocketIP: 192.0.2.7"] },
        { "two ids in two lines", ["X-Azure-FDID: 11111111-2222-3333-4444-555555555555", $"X-Azure-FDID: {Ours}", "X-Azure-SocketIP: 192.0.2.7"] },
        { "the id and no address", [$"X-Azure-FDID: {Ours}"] },
        { "the id and an empty address", [$"X-Azure-FDID: {Ours}", "X-Azure-SocketIP: "] },
        { "a list of addresses", [$"X-Azure-FDID: {Ours}", "X-Azure-SocketIP: 192.0.2.7, 203.0.113.9"] },
        { "two lines of addresses", [$"X-Azure-FDID: {Ours}", "X-Azure-SocketIP: 192.0.2.7", "X-Azure-SocketIP: 203.0.113.9"] },
        { "a name", [$"X-Azure-FDID: {Ours}", "X-Azure-SocketIP: localhost"] },
        { "the address that a caller may have written", [$"X-Azure-FDID: {Ours}", "X-Azure-ClientIP: 192.0.2.7", "X-Forwarded-For: 192.0.2.7"] },
    };

    [Theory]
    [MemberData(nameof(Forged))]
    public void What_anybody_can_write_gives_nobody_another_address(string what, string[] headers) =>
        Counted([.. headers.Select(header => (header[..header.IndexOf(':', StringComparison.Ordinal)], header[(header.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()))])
            .ShouldBe(FrontDoorItself, what);

    [Fact]
    public void Without_a_front_door_its_headers_are_anybodys_word() =>
        Counted(null, ("X-Azure-FDID", Ours), ("X-Azure-SocketIP", "203.0.113.9")).ShouldBe(FrontDoorItself);

    private static string Counted(params (string Name, string Value)[] headers) => Counted(Guid.Parse(Ours), headers);

    private static string Counted(Guid? frontDoor, params (string Name, string Value)[] headers)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(FrontDoorItself);
        foreach (var (name, value) in headers)
        {
            http.Request.Headers.Append(name, value);
        }

        new FrontDoor(new ProxySettings(frontDoor)).PutClient(http);
        return ClientAddress.Of(http.Request);
    }
}
