using NodaTime;

namespace Rdv.Local.Dev;

/// <summary>The buttons that move the clock of a demonstration.</summary>
internal static class ClockStep
{
    public const string Hour = "hour";
    public const string Day = "day";
    public const string TomorrowMorning = "tomorrow-morning";

    private static readonly LocalTime Morning = new(10, 0);

    public static Func<Instant, Instant>? Parse(string? step) => step switch
    {
        Hour => now => now + Duration.FromHours(1),
        Day => now => now.InZone(FrenchTime.Zone).LocalDateTime.PlusDays(1).InZoneLeniently(FrenchTime.Zone).ToInstant(),
        TomorrowMorning => now => now.InZone(FrenchTime.Zone).Date.PlusDays(1).At(Morning).InZoneLeniently(FrenchTime.Zone).ToInstant(),
        _ => null,
    };
}
