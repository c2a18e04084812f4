using Rdv.Directory;

namespace Rdv.Pages.Shared;

/// <summary>How far a place is, in words: as the crow flies, from where the commune is taken to be, rounded so that it does not pretend.</summary>
public static class DistanceText
{
    public const string SameCommune = "dans la commune";

    /// <returns>Null when it is not known well enough to be told.</returns>
    public static string? Of(Nearness nearness, Place? place, string? insee) =>
        place is null || insee is null ? null
        : place.Insee == insee ? SameCommune
        : nearness.IsGuess ? null
        : nearness.KilometresTo(place.Id) switch
        {
            null => null,
            < 1.5 => "à 1\u00a0km",
            { } kilometres => $"à {(int)Math.Round(kilometres)}\u00a0km",
        };
}
