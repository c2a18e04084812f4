namespace Rdv;

/// <summary>How an advisor and a citizen meet (docs/adr/0017).</summary>
public enum Means
{
    /// <summary>At the place of the advisor's opening hours: what goes without saying.</summary>
    Place,

    /// <summary>The advisor calls the citizen's number, at the hour, from that place.</summary>
    Phone,
}

/// <summary>The words of the API.</summary>
public static class MeansWords
{
    public const string Problem = "Choisissez sur place (place) ou par téléphone (phone).";

    private const string Place = "place";
    private const string Phone = "phone";

    public static string Of(Means means) => means == Means.Phone ? Phone : Place;

    /// <summary>Null for what goes without saying: no client has to know of means to read what it always read.</summary>
    public static string? UnlessPlace(Means means) => means == Means.Place ? null : Of(means);

    /// <param name="text">At the place when null.</param>
    /// <returns>Null when there is no such means.</returns>
    public static Means? Parse(string? text) => text switch
    {
        null or Place => Means.Place,
        Phone => Means.Phone,
        _ => null,
    };
}
