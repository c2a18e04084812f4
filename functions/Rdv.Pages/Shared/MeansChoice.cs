using Rdv.Agenda;
using Rdv.Directory;

namespace Rdv.Pages.Shared;

/// <summary>How one wants to meet, as forms and addresses of pages say it; nothing for at the place.</summary>
public static class MeansChoice
{
    public const string Field = "moyen";

    /// <summary>Of a button that changes what <see cref="Field"/> said.</summary>
    public const string OtherField = "autre-moyen";

    public const string ByPhone = "Par téléphone";

    private const string Phone = "telephone";
    private const string Place = "sur-place";

    public static Means Read(string? text) => text == Phone ? Means.Phone : Means.Place;

    public static string? ValueOf(Means means) => means == Means.Phone ? Phone : null;

    public static string OtherThan(Means means) => means == Means.Phone ? Place : Phone;

    public static string QueryOf(Means means) => means == Means.Phone ? $"&{Field}={Phone}" : "";

    /// <summary>Whether some advisor may be met by telephone about the topic.</summary>
    public static bool OffersPhone(SlotsFound found, Topic topic) => found.Directory.Advisors.Values.Any(advisor => advisor.Offers(Means.Phone, topic.Id));
}
