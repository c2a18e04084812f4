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
    private const int PrefixBytes = 8;

    public static string Of(HttpRequest request) => request.HttpContext.Connection.RemoteIpAddress is { } address ? Of(address) : "unknown";

    /// <summary>One address of IPv4; of IPv6 the /64, which is what one subscriber gets and may draw addresses from at will (RFC 6177, RFC 8981).</summary>
    public static string Of(IPAddress address)
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
        bytes.AsSpan(PrefixBytes).Clear();
        return new IPNetwork(new IPAddress(bytes), PrefixBytes * 8).ToString();
    }
}
