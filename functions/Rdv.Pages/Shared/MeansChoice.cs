using System.Globalization;
using Rdv.Agenda;
using Rdv.Directory;

namespace Rdv.Pages.Shared;

/// <summary>How one wants to meet, as forms and addresses of pages say it; nothing for at the place.</summary>
public static class MeansChoice
{
    public const string Field = "moyen";

    /// <summary>Of a button that changes what <see cref="Field"/> said.</summary>
    public const string OtherField = "autre-moyen";

    private static readonly (Means Means, string Value, string Name)[] All =
    [
        (Means.Place, "sur-place", "Sur place"),
        (Means.Phone, "telephone", "Par téléphone"),
        (Means.Video, "video", "En vidéo"),
        (Means.Home, "domicile", "À domicile"),
    ];

    public static Means Read(string? text) => Array.Find(All, known => known.Value == text).Means;

    /// <summary>Of a button.</summary>
    public static string NameOf(Means means) => Array.Find(All, known => known.Means == means).Name;

    /// <summary>Within a sentence.</summary>
    public static string Within(Means means) => char.ToLower(NameOf(means)[0], CultureInfo.InvariantCulture) + NameOf(means)[1..];

    public static string WordOf(Means means) => Array.Find(All, known => known.Means == means).Value;

    public static string? ValueOf(Means means) => means == Means.Place ? null : WordOf(means);

    public static string QueryOf(Means means) => means == Means.Place ? "" : $"&{Field}={WordOf(means)}";

    /// <summary>How else one may meet some advisor about the topic; none where there is no choice.</summary>
    /// <param name="commune">Null where it is not known: then at home is no choice.</param>
    public static IReadOnlyList<Means> OthersThan(Means means, SlotsFound found, Topic topic, Commune? commune) =>
        [.. All.Select(known => known.Means).Where(other => other != means && (other == Means.Place || (other != Means.Home || commune is not null)
            && found.Directory.Advisors.Values.Any(advisor => advisor.Offers(other, topic.Id))))];
}
