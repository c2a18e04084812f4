using Rdv.Directory;

namespace Rdv.Pages.Booking;

/// <summary>The question "about what".</summary>
public sealed record TopicsView(string Commune, TopicChoice Unsure, IReadOnlyList<TopicGroup> Groups, TopicGroup Business, string Workshops)
{
    private const string FirstSteps = "premiers-pas";

    public static TopicsView Of(Commune commune)
    {
        var citizens = Topics.All.Where(topic => topic.Audience == Audience.Citizen && topic.Id != FirstSteps);
        var businesses = Topics.All.Where(topic => topic.Audience == Audience.Business).ToList();
        return new TopicsView(
            commune.Name,
            Choice(Topics.Find(FirstSteps)!, commune),
            [.. citizens.GroupBy(topic => topic.Group).Select(group => new TopicGroup(group.Key, [.. group.Select(topic => Choice(topic, commune))]))],
            new TopicGroup(businesses[0].Group, [.. businesses.Select(topic => Choice(topic, commune))]),
            Rdv.Pages.Workshops.WorkshopsView.AddressFor(commune.Insee));
    }

    private static TopicChoice Choice(Topic topic, Commune commune) => new(topic.Label, $"/creneaux?commune={commune.Insee}&sujet={topic.Id}");
}

public sealed record TopicGroup(string Title, IReadOnlyList<TopicChoice> Choices);

public sealed record TopicChoice(string Label, string Address);
