using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Rdv.Functions.Http;

/// <summary>
/// Whom the limits count. In Azure the worker has put the caller's address, as the host forwards it, in the place of the host's own: this
/// is true inside of an invocation only, and <c>X-Forwarded-For</c> itself is anybody's word.
/// </summary>
public static class ClientAddress
{
    private const int SubscriberBytes = 8;
    private const int SiteBytes = 6;

    /// <summary>One address of IPv4; of IPv6 the /64, which is what one subscriber gets and may draw addresses from at will (RFC 6177, RFC 8981).</summary>
    public static string Of(HttpRequest request) => request.HttpContext.Connection.RemoteIpAddress is { } address ? Of(address) : "unknown";

    /// <summary>Of IPv6 the /48, the most that a site is given (RFC 6177, 2): who has one has 65,536 of the above. Null for IPv4.</summary>
    public static string? SiteOf(HttpRequest request) => request.HttpContext.Connection.RemoteIpAddress is { } address ? SiteOf(address) : null;

    public static string Of(IPAddress address) => Of(address, SubscriberBytes);

    public static string? SiteOf(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 && !address.IsIPv4MappedToIPv6 ? Of(address, SiteBytes) : null;

    private static string Of(IPAddress address, int prefixBytes)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address.ToString();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(prefixBytes).Clear();
        return new IPNetwork(new IPAddress(bytes), prefixBytes * 8).ToString();
    }
}
