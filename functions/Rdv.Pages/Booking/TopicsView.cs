using Rdv.Directory;
using Rdv.Ids;
using Rdv.Pages.Shared;

namespace Rdv.Pages.Booking;

/// <summary>The question "about what".</summary>
public sealed record TopicsView(string Commune, TopicChoice Unsure, IReadOnlyList<TopicChoice> Situations, IReadOnlyList<TopicGroup> Groups, TopicGroup Business, string Workshops)
{
    /// <summary>What people say when they come, and the official topic behind it.</summary>
    private static readonly (string Said, string Topic)[] Said =
    [
        ("J'ai un nouveau téléphone ou un nouvel ordinateur", "equipement"),
        ("Je n'arrive pas à lire mes courriels", "courriels"),
        ("Une démarche sur Internet\u00a0: impôts, retraite, CAF", "demarches"),
        ("Parler à mes proches en vidéo, envoyer des photos", "proches"),
        ("J'ai peur des arnaques", "donnees"),
        ("Je cherche un emploi", "emploi"),
    ];

    private const string FirstSteps = "premiers-pas";

    /// <param name="place">That a link has named, carried on; null for none.</param>
    /// <param name="wish">Carried on too.</param>
    public static TopicsView Of(Commune commune, PlaceId? place = null, Wish? wish = null)
    {
        var carried = (place is { } named ? $"&lieu={named}" : "") + wish?.Query;
        var citizens = Topics.All.Where(topic => topic.Audience == Audience.Citizen && topic.Id != FirstSteps);
        var businesses = Topics.All.Where(topic => topic.Audience == Audience.Business).ToList();
        return new TopicsView(
            commune.Name,
            Choice(Topics.Find(FirstSteps)!, commune, carried),
            [.. Said.Select(one => Choice(Topics.Find(one.Topic)!, commune, carried) with { Label = one.Said })],
            [.. citizens.GroupBy(topic => topic.Group).Select(group => new TopicGroup(group.Key, [.. group.Select(topic => Choice(topic, commune, carried))]))],
            new TopicGroup(businesses[0].Group, [.. businesses.Select(topic => Choice(topic, commune, carried))]),
            Rdv.Pages.Workshops.WorkshopsView.AddressFor(commune.Insee));
    }

    private static TopicChoice Choice(Topic topic, Commune commune, string carried) => new(topic.Label, $"/creneaux?commune={commune.Insee}&sujet={topic.Id}{carried}");
}

public sealed record TopicGroup(string Title, IReadOnlyList<TopicChoice> Choices);

public sealed record TopicChoice(string Label, string Address);
