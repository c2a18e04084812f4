namespace Rdv.Directory;

/// <summary>
/// How long it takes from one place to another, when nobody has said it: 1.3 times the great-circle distance, since roads bend, at 40 km/h with
/// the doors and the car park, rounded up to 5 minutes. Nothing under 300 metres. Where a place has no coordinates, 10 minutes inside a commune,
/// 30 to another.
/// </summary>
public static class TravelTime
{
    private const double RoadFactor = 1.3;
    private const double KilometresPerHour = 40;
    private const double NextDoorKilometres = 0.3;
    private const int SameCommuneMinutes = 10;
    private const int OtherCommuneMinutes = 30;

    /// <summary>Minutes, a multiple of 5.</summary>
    /// <param name="from">Null for a place that is no longer known.</param>
    /// <param name="to">Null for a place that is no longer known.</param>
    public static int Minutes(Place? from, Place? to)
    {
        if (from is not null && from.Id == to?.Id)
        {
            return 0;
        }

        if (from is { Latitude: { } latitude, Longitude: { } longitude } && to is { Latitude: { } toLatitude, Longitude: { } toLongitude })
        {
            var kilometres = Nearness.Kilometres((latitude, longitude), (toLatitude, toLongitude));
            return kilometres < NextDoorKilometres ? 0
                : (int)Math.Ceiling(kilometres * RoadFactor / KilometresPerHour * 60 / DayGrid.MinutesPerCell) * DayGrid.MinutesPerCell;
        }

        return from?.Insee is { } insee && insee == to?.Insee ? SameCommuneMinutes : OtherCommuneMinutes;
    }
}
