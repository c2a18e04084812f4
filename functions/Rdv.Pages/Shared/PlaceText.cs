using System.Globalization;
using Rdv.Directory;

namespace Rdv.Pages.Shared;

public static class PlaceText
{
    /// <summary>On a map that follows nobody: by its coordinates, else by its address.</summary>
    public static string Map(Place place) => place is { Latitude: { } latitude, Longitude: { } longitude }
        ? string.Create(CultureInfo.InvariantCulture, $"https://www.openstreetmap.org/?mlat={latitude:0.#####}&mlon={longitude:0.#####}#map=18/{latitude:0.#####}/{longitude:0.#####}")
        : "https://www.openstreetmap.org/search?query=" + Uri.EscapeDataString(Address(place).Replace('\u00a0', ' '));

    /// <summary><c>12 rue de la Fiction, 69120 Vaulx-en-Velin</c>, with what is known of it.</summary>
    public static string Address(Place place) => string.Join(
        ", ",
        new[] { place.ShownAddress?.Trim(), $"{place.Postcode}\u00a0{place.Commune}".Trim() }.Where(part => !string.IsNullOrEmpty(part)));
}
