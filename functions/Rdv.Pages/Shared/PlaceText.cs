using Rdv.Directory;

namespace Rdv.Pages.Shared;

public static class PlaceText
{
    /// <summary><c>12 rue de la Fiction, 69120 Vaulx-en-Velin</c>, with what is known of it.</summary>
    public static string Address(Place place) => string.Join(
        ", ",
        new[] { place.Address?.Trim(), $"{place.Postcode}\u00a0{place.Commune}".Trim() }.Where(part => !string.IsNullOrEmpty(part)));
}
