using System.Net;
using System.Net.Sockets;

namespace Rdv.Azure.Calendars;

/// <summary>Which addresses are those of anybody on the Internet (IANA, special-purpose address registries).</summary>
public static class PublicAddresses
{
    // Of the cloud that this runs in: its name service and agent, which answer every machine in it.
    private static readonly IPNetwork Platform = IPNetwork.Parse("168.63.129.16/32");

    private static readonly IPNetwork[] NotPublic =
    [
        Platform,
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // Inside what is public of IPv6: protocols and tunnels, which lead to addresses of their own, and examples.
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    private static readonly IPNetwork PublicV6 = IPNetwork.Parse("2000::/3");

    public static bool Contains(IPAddress address)
    {
        // ::ffff:10.0.0.1 is 10.0.0.1.
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (plain.AddressFamily == AddressFamily.InterNetwork || PublicV6.Contains(plain)) && !Array.Exists(NotPublic, network => network.Contains(plain));
    }
}
