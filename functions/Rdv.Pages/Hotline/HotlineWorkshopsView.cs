using Rdv.Directory;
using Rdv.Pages.Workshops;
using Rdv.Territories;

namespace Rdv.Pages.Hotline;

/// <summary>The workshops of a whole territory, for a caller.</summary>
/// <param name="Commune">The caller's, from which nearness is told; null when only the territory is known.</param>
/// <param name="Topic">What was asked for before, to go back to free slots with.</param>
public sealed record HotlineWorkshopsView(Territory Territory, Commune? Commune, string? Topic, string? Phone, WorkshopList List)
{
    public const int MaxPlaces = 40;
    public const string SearchAddress = "/hotline/ateliers";
    public const string ChooseAddress = "/hotline/ateliers/place";

    public const string WaitAddress = "/hotline/attente/atelier";

    public string Where => Commune is null ? $"Département {Territory}" : $"{Commune.Name} et tout le département {Territory}";

    /// <summary>Posted with everything: no number is ever in an address.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Hidden =>
    [
        new("territoire", Territory.Code),
        new("commune", Commune?.Insee),
        new(HotlineView.TopicField, Topic),
        new(HotlineView.PhoneField, Phone),
    ];

    // A record would print every property: a log line must not carry a person.
    public override string ToString() => nameof(HotlineWorkshopsView);
}
