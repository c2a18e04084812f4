namespace Rdv;

/// <summary>How an advisor and a citizen meet (docs/adr/0017, docs/adr/0020).</summary>
public enum Means
{
    /// <summary>At the place of the advisor's opening hours: what goes without saying.</summary>
    Place,

    /// <summary>The advisor calls the citizen's number, at the hour, from that place.</summary>
    Phone,

    /// <summary>The citizen opens the advisor's own link, at the hour. The advisor is at that place.</summary>
    Video,

    /// <summary>The advisor comes to the citizen's home from that place, and goes back.</summary>
    Home,
}

/// <summary>The words of the API.</summary>
public static class MeansWords
{
    public const string Problem = "Choisissez sur place (place), par téléphone (phone), en vidéo (video) ou à domicile (home).";

    private static readonly (Means Means, string Word)[] All = [(Means.Place, "place"), (Means.Phone, "phone"), (Means.Video, "video"), (Means.Home, "home")];

    public static string Of(Means means) => Array.Find(All, known => known.Means == means).Word ?? throw new ArgumentOutOfRangeException(nameof(means));

    /// <summary>Null for what goes without saying: no client has to know of means to read what it always read.</summary>
    public static string? UnlessPlace(Means means) => means == Means.Place ? null : Of(means);

    /// <param name="text">At the place when null.</param>
    /// <returns>Null when there is no such means.</returns>
    public static Means? Parse(string? text) =>
        text is null ? Means.Place : Array.FindIndex(All, known => known.Word == text) is >= 0 and var i ? All[i].Means : null;
}
