using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Rdv.Azure.Calendars;

/// <summary>Where calendars may be read from. It is no setting: in Azure it is <see cref="Public"/>, and only a test knows another.</summary>
/// <param name="Allows">Asked for each address that a name leads to.</param>
/// <param name="AllowsPort">Every program that publishes calendars does so on the port of https.</param>
public sealed record CalendarNetwork(Func<IPAddress, bool> Allows, Func<int, bool> AllowsPort)
{
    public static CalendarNetwork Public { get; } = new(PublicAddresses.Contains, port => port == 443);

    /// <summary>How long a calendar may take in all, with all that it leads to.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whose certificates count; null for those that the machine trusts.</summary>
    public X509ChainPolicy? Trust { get; init; }
}
