using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Rdv.Local.Dev;

/// <summary>Times as the demonstration page shows them: in mainland France.</summary>
internal static class FrenchTime
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");
    private static readonly LocalDateTimePattern LongPattern = LocalDateTimePattern.Create("dddd d MMMM yyyy, H'\u00A0h\u00A0'mm", French);
    private static readonly LocalDateTimePattern ShortPattern = LocalDateTimePattern.Create("ddd d MMM, H'\u00A0h\u00A0'mm", French);

    public static DateTimeZone Zone { get; } = DateTimeZoneProviders.Tzdb["Europe/Paris"];

    public static string Long(Instant instant) => LongPattern.Format(instant.InZone(Zone).LocalDateTime);

    public static string Short(Instant instant) => ShortPattern.Format(instant.InZone(Zone).LocalDateTime);
}
