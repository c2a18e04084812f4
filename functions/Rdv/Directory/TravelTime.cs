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

    /// <summary>
    /// Minutes, a multiple of 5, to or from a home. Only its commune is known, and where that is by the places around: a home takes as long
    /// again to reach as another place of the commune, and as another commune where that is a guess.
    /// </summary>
    /// <param name="kilometres">As the crow flies, to where the commune is taken to be; null when nothing tells.</param>
    /// <param name="isGuess">See <see cref="Nearness.IsGuess"/>.</param>
    public static int ToHome(double? kilometres, bool isGuess) =>
        (kilometres is { } known ? Minutes(known) : OtherCommuneMinutes) + (isGuess ? OtherCommuneMinutes : SameCommuneMinutes);

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
            return Minutes(Nearness.Kilometres((latitude, longitude), (toLatitude, toLongitude)));
        }

        return from?.Insee is { } insee && insee == to?.Insee ? SameCommuneMinutes : OtherCommuneMinutes;
    }

    private static int Minutes(double kilometres) => kilometres < NextDoorKilometres ? 0
        : (int)Math.Ceiling(kilometres * RoadFactor / KilometresPerHour * 60 / DayGrid.MinutesPerCell) * DayGrid.MinutesPerCell;
}
