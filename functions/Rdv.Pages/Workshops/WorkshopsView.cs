using Rdv.Directory;
using Rdv.Pages.Booking;
using Rdv.Pages.Shared;

namespace Rdv.Pages.Workshops;

/// <summary>The workshops around a commune.</summary>
/// <param name="Places">How many places are shown at most.</param>
public sealed record WorkshopsView(Commune Commune, WorkshopList List, int Places)
{
    public string Alone => "/sujet?commune=" + Commune.Insee;

    public string FartherPlaces => $"{AddressFor(Commune.Insee)}&lieux={(Places < SlotsView.ManyPlaces ? SlotsView.ManyPlaces : SlotsView.AllPlaces)}";

    public IEnumerable<KeyValuePair<string, string?>> Hidden => [new("commune", Commune.Insee)];

    public static string AddressFor(string insee) => "/ateliers?commune=" + insee;
}

/// <summary>A workshop that was chosen cannot be booked any more: what there is instead, and everything that was typed.</summary>
/// <param name="Sentence">What happened.</param>
/// <param name="Action">Where the choice of another one is posted.</param>
/// <param name="Hidden">Goes with the choice.</param>
/// <param name="BooksAtOnce">The choice books, since everything else has been answered.</param>
/// <param name="All">The page of all the workshops; null where there is none.</param>
/// <param name="Alone">Where an individual appointment is looked for.</param>
public sealed record WorkshopGoneView(
    string Title,
    string Sentence,
    WorkshopList List,
    string Action,
    IReadOnlyList<KeyValuePair<string, string?>> Hidden,
    bool BooksAtOnce,
    string? All,
    string Alone)
{
    // A record would print every property: a log line must not carry a person.
    public override string ToString() => Title;
}
