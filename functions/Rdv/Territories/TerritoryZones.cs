using NodaTime;

namespace Rdv.Territories;

/// <summary>The time zone and the telephone region of each territory.</summary>
/// <remarks>Sources: IANA time zone database, zone1970.tab; ISO 3166-1 for the regions that libphonenumber knows.</remarks>
internal static class TerritoryZones
{
    private static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];

    private static readonly Dictionary<string, (DateTimeZone Zone, string Region)> Overseas = new()
    {
        ["971"] = (DateTimeZoneProviders.Tzdb["America/Guadeloupe"], "GP"),
        ["972"] = (DateTimeZoneProviders.Tzdb["America/Martinique"], "MQ"),
        ["973"] = (DateTimeZoneProviders.Tzdb["America/Cayenne"], "GF"),
        ["974"] = (DateTimeZoneProviders.Tzdb["Indian/Reunion"], "RE"),
        ["975"] = (DateTimeZoneProviders.Tzdb["America/Miquelon"], "PM"),
        ["976"] = (DateTimeZoneProviders.Tzdb["Indian/Mayotte"], "YT"),
        ["977"] = (DateTimeZoneProviders.Tzdb["America/Guadeloupe"], "BL"),
        ["978"] = (DateTimeZoneProviders.Tzdb["America/Guadeloupe"], "MF"),
        ["986"] = (DateTimeZoneProviders.Tzdb["Pacific/Wallis"], "WF"),
        ["987"] = (DateTimeZoneProviders.Tzdb["Pacific/Tahiti"], "PF"),
        ["988"] = (DateTimeZoneProviders.Tzdb["Pacific/Noumea"], "NC"),
    };

    public static DateTimeZone Of(string code) => Overseas.TryGetValue(code, out var known) ? known.Zone : Paris;

    public static string Region(string code) => Overseas.TryGetValue(code, out var known) ? known.Region : "FR";
}
