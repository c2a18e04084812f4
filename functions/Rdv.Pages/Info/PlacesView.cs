using NodaTime;
using Rdv.Directory;
using Rdv.Language;
using Rdv.Pages.Shared;
using Rdv.Territories;

namespace Rdv.Pages.Info;

/// <summary>A place where an advisor receives, and on which days of the week.</summary>
/// <param name="Weekdays">Of the hours that hold now or later: <c>mardi et jeudi</c>.</param>
public sealed record ReceivingPlace(string Name, string Address, string? Access, string Weekdays, string Map, string Book)
{
    /// <summary>The sheet that the place puts on its door.</summary>
    public string Poster => Book + "/affiche";
}

/// <summary>Where advisors receive in a département, commune by commune.</summary>
/// <param name="Query">What was typed of the commune or the département.</param>
/// <param name="Title">Null before anything was asked.</param>
public sealed record PlacesView(string? Query, string? Title, IReadOnlyList<(string Commune, IReadOnlyList<ReceivingPlace> Places)> Communes, FormErrors Errors)
{
    public const string Field = "ou";

    /// <summary>So many have all that one wants to know; of those after them a line each, or the page would be too heavy for a slow line.</summary>
    private const int MaxWhole = 20;

    /// <summary>Those after the first <see cref="MaxWhole"/>.</summary>
    public IReadOnlyList<ReceivingPlace> Others { get; init; } = [];

    public static PlacesView Empty { get; } = new(null, null, [], FormErrors.None);

    public static PlacesView NotFound(string? query) => Empty with
    {
        Query = query,
        Errors = FormErrors.Of(Field, "Nous ne connaissons pas cette commune ni ce département."),
    };

    /// <param name="insee">Of the commune that was named: its places come first; null for the whole département by name.</param>
    public static PlacesView Of(string query, TerritoryDirectory directory, string? insee, LocalDate today)
    {
        var nearness = directory.NearnessFrom(insee);
        var places = directory.Places.Values
            .Select(place => (Place: place, Days: WeekdaysAt(directory, place, today)))
            .Where(one => one.Days.Count > 0)
            .ToList();
        var communes = places
            .GroupBy(one => one.Place.Commune)
            .OrderBy(group => insee is null ? 0 : group.Min(one => nearness.RankOf(one.Place.Id)))
            .ThenBy(group => group.Key, StringComparer.CurrentCulture)
            .Select(group => (group.Key, (IReadOnlyList<ReceivingPlace>)[.. group.OrderBy(one => one.Place.ShownName, StringComparer.CurrentCulture).Select(one => new ReceivingPlace(
                one.Place.ShownName,
                PlaceText.Address(one.Place),
                one.Place.Access,
                FrenchDates.Weekdays(one.Days),
                PlaceText.Map(one.Place),
                $"/chez/{directory.Territory}/{one.Place.Id}"))]))
            .ToList();
        var before = 0;
        var whole = communes.TakeWhile(commune => (before += commune.Item2.Count) <= MaxWhole).ToList();
        return new PlacesView(
            query,
            $"Où passe le conseiller\u00a0: {TerritoryNames.NameOf(directory.Territory)}",
            whole,
            FormErrors.None)
        {
            Others = [.. communes.Skip(whole.Count).SelectMany(commune => commune.Item2)],
        };
    }

    private static HashSet<IsoDayOfWeek> WeekdaysAt(TerritoryDirectory directory, Place place, LocalDate today) =>
    [
        .. directory.Advisors.Values
            .Where(advisor => advisor.LeavesOn is not { } leaves || leaves > today)
            .SelectMany(advisor => advisor.Hours)
            .Where(hours => hours.PlaceId == place.Id && (hours.EndsOn is not { } ends || ends >= today))
            .SelectMany(hours => hours.Days.Select(day => (IsoDayOfWeek)day)),
    ];
}
