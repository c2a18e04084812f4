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
    public static string Of(HttpRequest request) => Of(request, SubscriberBytes);

    /// <summary>
    /// For what costs hours and SMS: of IPv6 the /48, the most that a site is given (RFC 6177, 2). Who has one has 65,536 of the above.
    /// </summary>
    public static string SiteOf(HttpRequest request) => Of(request, SiteBytes);

    public static string Of(IPAddress address) => Of(address, SubscriberBytes);

    public static string SiteOf(IPAddress address) => Of(address, SiteBytes);

    private static string Of(HttpRequest request, int prefixBytes) =>
        request.HttpContext.Connection.RemoteIpAddress is { } address ? Of(address, prefixBytes) : "unknown";

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
