using NodaTime;
using Rdv.Directory;
using Rdv.Ids;

namespace Rdv.Pages.Shared;

/// <summary>What, when and where, in words.</summary>
/// <param name="Workshop">The title of the workshop in which it is a seat; null for an individual appointment.</param>
public sealed record SlotSummary(string Topic, string When, int Minutes, string Place, string Address, string? Workshop = null)
{
    /// <summary>Where it is not at a place, <see cref="Place"/> and <see cref="Address"/> say how one meets.</summary>
    public Means Means { get; init; }

    /// <summary>The place, or the means, within a sentence.</summary>
    public string Where => Means == Means.Place ? Place : MeansChoice.Within(Means);

    /// <summary>The days of a course that is chosen as a whole; empty for anything else.</summary>
    public IReadOnlyList<string> Sessions { get; init; } = [];

    /// <summary>Which session of its course it is, where it is one.</summary>
    public int? Session { get; init; }

    /// <summary>The topic, or the workshop, where one line tells both.</summary>
    public string What => Workshop is null ? Topic : $"{Kind}\u00a0: {Workshop}";

    public string Kind => Sessions.Count > 0 ? "Cours" : Session is { } number ? $"Séance {number} du cours" : "Atelier";

    public string Duration => Words.Duration(Minutes);

    /// <param name="minutes">How long it lasts; as the topic says when null.</param>
    public static SlotSummary Of(TerritoryDirectory directory, Topic topic, LocalDateTime start, PlaceId placeId, Means means = Means.Place, int? minutes = null)
    {
        if (means != Means.Place)
        {
            return By(means, topic.Label, start, minutes ?? topic.Minutes, means switch
            {
                Means.Phone => "Un conseiller vous appelle à cette heure, au numéro que vous donnez.",
                Means.Video => "Un conseiller vous reçoit en vidéo. Vous recevez le lien la veille.",
                _ => "Un conseiller vient chez vous à cette heure.",
            });
        }

        var place = directory.Places.GetValueOrDefault(placeId);
        return new SlotSummary(
            topic.Label,
            Words.MomentWithYear(start),
            minutes ?? topic.Minutes,
            place?.ShownName ?? placeId.Value,
            place is null ? "" : PlaceText.Address(place));
    }

    /// <param name="how">Who calls whom, or what one opens, in a sentence.</param>
    public static SlotSummary By(Means means, string topic, LocalDateTime start, int minutes, string how) =>
        new(topic, Words.MomentWithYear(start), minutes, MeansChoice.NameOf(means), how) { Means = means };
}
