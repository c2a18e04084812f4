using Rdv.Ids;

namespace Rdv.Directory;

/// <summary>
/// The places of a territory, ordered for a person who lives in a commune. Computed once for a directory (<see cref="TerritoryDirectory.NearnessFrom"/>).
/// </summary>
/// <remarks>
/// Communes have no coordinates here; places do. A commune is taken to be where the places around it are: the median of those of the
/// same commune, else of the same postcode, else of the same group of communes (EPCI, EPT), else of the same arrondissement. A place
/// without coordinates is taken to be where its commune is. The order is then
/// <list type="number">
/// <item>kinship (own commune, postcode, group, arrondissement), as far as the position of the person's commune is a guess: a guess
/// made from a whole group must not put a place of another group first;</item>
/// <item>great-circle distance from that position;</item>
/// <item>kinship, name, identifier.</item>
/// </list>
/// The median, since one wrong coordinate among three moves a mean by kilometres.
/// </remarks>
public sealed class Nearness
{
    private readonly Dictionary<PlaceId, (int Rank, double Kilometres)> _ranks;

    private Nearness(Dictionary<PlaceId, (int Rank, double Kilometres)> ranks, bool isGuess, (double Latitude, double Longitude)? origin)
    {
        _ranks = ranks;
        IsGuess = isGuess;
        Origin = origin;
    }

    /// <summary>Where the person's commune is taken to be; null when nothing tells.</summary>
    public (double Latitude, double Longitude)? Origin { get; }

    /// <summary>Where the person's commune is was told by places of its group or arrondissement only: good for an order, not to say how far.</summary>
    public bool IsGuess { get; }

    private enum Kinship
    {
        /// <summary>Same INSEE code; or one is the city and the other its arrondissement, with a postcode in common.</summary>
        Commune,

        /// <summary>Same city, another municipal arrondissement or an unknown one.</summary>
        City,
        Postcode,
        Group,
        Arrondissement,
        None,
    }

    /// <param name="insee">The commune of the person; null or unknown gives the order of the names.</param>
    /// <param name="around">Other places that tell where communes are, and are not ordered: at a border, those of both sides.</param>
    public static Nearness From(string? insee, TerritoryDirectory directory, IEnumerable<Place>? around = null)
    {
        var places = directory.Places.Values.Select(place => new Located(place, HomeOf(place))).ToArray();
        var witnesses = around is null ? places : [.. places, .. around.Select(place => new Located(place, HomeOf(place)))];
        var home = Communes.Row(insee)?.Today;
        var origin = PositionOf(home, witnesses);
        var positions = new Dictionary<CommuneRow, (double Latitude, double Longitude)?>();

        (Kinship Kinship, double Distance) Measure(Located located)
        {
            if (home is null)
            {
                return (Kinship.None, 0);
            }

            var kinship = KinshipOf(home, located);
            var position = located.Position;
            if (position is null && located.Home is { } commune && !positions.TryGetValue(commune, out position))
            {
                positions[commune] = position = PositionOf(commune, witnesses).Position;
            }

            return (kinship, origin.Position is { } from && position is { } to ? Kilometres(from, to) : double.PositiveInfinity);
        }

        var ordered = places
            .Select(located => (located.Place, Near: Measure(located)))
            .OrderBy(item => item.Near.Kinship <= origin.Precision ? item.Near.Kinship : Kinship.None)
            .ThenBy(item => item.Near.Distance)
            .ThenBy(item => item.Near.Kinship)
            .ThenBy(item => item.Place.Name, StringComparer.Ordinal)
            .ThenBy(item => item.Place.Id.Value, StringComparer.Ordinal);

        var ranks = new Dictionary<PlaceId, (int Rank, double Kilometres)>(places.Length);
        foreach (var (place, near) in ordered)
        {
            ranks.Add(place.Id, (ranks.Count, home is null ? double.PositiveInfinity : near.Distance));
        }

        return new Nearness(ranks, origin.Precision > Kinship.Postcode, origin.Position);
    }

    /// <summary>0 for the nearest place; each place has its own rank; a place that the directory does not hold comes last.</summary>
    public int RankOf(PlaceId place) => _ranks.TryGetValue(place, out var known) ? known.Rank : int.MaxValue;

    /// <summary>As the crow flies, from where the commune is taken to be; null when that, or the place, is not known.</summary>
    public double? KilometresTo(PlaceId place) =>
        _ranks.TryGetValue(place, out var known) && double.IsFinite(known.Kilometres) ? known.Kilometres : null;

    /// <summary>The nearer first; of two that the directory does not hold, by identifier.</summary>
    public int Compare(PlaceId one, PlaceId other) =>
        RankOf(one).CompareTo(RankOf(other)) is var byRank and not 0 ? byRank : string.CompareOrdinal(one.Value, other.Value);

    private static CommuneRow? HomeOf(Place place) =>
        Communes.Row(place.Insee)?.Today
        ?? (place.Postcode is { } postcode && Communes.WithPostcode(postcode).FirstOrDefault() is { } commune ? Communes.Row(commune.Insee) : null);

    private static Kinship KinshipOf(CommuneRow home, Located located)
    {
        if (located.Home is not { } commune)
        {
            return Kinship.None;
        }

        if (commune == home || commune.City == home)
        {
            return Kinship.Commune;
        }

        var samePostcode = located.Place.Postcode is { } postcode ? home.Postcodes.Contains(postcode) : home.Postcodes.Intersect(commune.Postcodes).Any();
        if ((commune.City ?? commune) == (home.City ?? home))
        {
            return samePostcode ? Kinship.Commune : Kinship.City;
        }

        return samePostcode ? Kinship.Postcode
            : home.Group.Length > 0 && commune.Group == home.Group ? Kinship.Group
            : home.Arrondissement.Length > 0 && commune.Arrondissement == home.Arrondissement ? Kinship.Arrondissement
            : Kinship.None;
    }

    /// <summary>Where a commune is, and how far the places that say so are related to it.</summary>
    private static ((double Latitude, double Longitude)? Position, Kinship Precision) PositionOf(CommuneRow? home, Located[] places)
    {
        if (home is null)
        {
            return (null, Kinship.None);
        }

        var witnesses = places
            .Where(located => located.Position is not null)
            .GroupBy(located => KinshipOf(home, located))
            .Where(group => group.Key != Kinship.None)
            .MinBy(group => group.Key);
        return witnesses is null
            ? (null, Kinship.None)
            : ((Median(witnesses.Select(located => located.Position!.Value.Latitude)), Median(witnesses.Select(located => located.Position!.Value.Longitude))),
                witnesses.Key);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>By the haversine formula, on a sphere of 6,371 km.</summary>
    internal static double Kilometres((double Latitude, double Longitude) from, (double Latitude, double Longitude) to)
    {
        var latitude = double.DegreesToRadians(to.Latitude - from.Latitude) / 2;
        var longitude = double.DegreesToRadians(to.Longitude - from.Longitude) / 2;
        var a = Math.Pow(Math.Sin(latitude), 2)
            + Math.Cos(double.DegreesToRadians(from.Latitude)) * Math.Cos(double.DegreesToRadians(to.Latitude)) * Math.Pow(Math.Sin(longitude), 2);
        return 2 * 6371 * Math.Asin(Math.Sqrt(Math.Min(1, a)));
    }

    private sealed record Located(Place Place, CommuneRow? Home)
    {
        public (double Latitude, double Longitude)? Position =>
            Place is { Latitude: { } latitude, Longitude: { } longitude } ? (latitude, longitude) : null;
    }
}
