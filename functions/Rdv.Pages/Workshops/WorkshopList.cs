using NodaTime;
using Rdv.Directory;
using Rdv.Language;
using Rdv.Pages.Shared;
using Rdv.Workshops;

namespace Rdv.Pages.Workshops;

/// <param name="Left">How many seats are left, or why there is no button.</param>
/// <param name="MayWait">It is full, and a seat that is given back would still be offered.</param>
/// <param name="Spoken">The title and the day, for someone who hears one button without what stands around it.</param>
public sealed record WorkshopChoice(string Id, string Title, string Hours, string Place, string Address, string Left, bool MayJoin, bool MayWait, string Spoken)
{
    /// <summary>Of a course, in words; empty for a workshop.</summary>
    public IReadOnlyList<SessionChoice> Sessions { get; init; } = [];
}

/// <param name="Value">Chooses this session alone.</param>
/// <param name="MayJoin">It has a seat.</param>
public sealed record SessionChoice(string Value, string When, bool MayJoin);

public sealed record WorkshopDay(string Title, IReadOnlyList<WorkshopChoice> Choices);

/// <summary>Workshops by day, then by hour, in the nearest places only: a page of a whole département would be too long to read.</summary>
public sealed record WorkshopList(IReadOnlyList<WorkshopDay> Days, int ShownPlaces, int AllPlaces)
{
    /// <summary>The field of a form that carries the choice.</summary>
    public const string Field = "atelier";

    /// <summary>Before the id of a session that is chosen without its course.</summary>
    public const string OneSession = "seule:";

    public bool IsEmpty => Days.Count == 0;

    public int MorePlaces => AllPlaces - ShownPlaces;

    /// <param name="workshops">By time.</param>
    /// <param name="insee">The commune from which nearness is told.</param>
    /// <param name="maxPlaces">How many of the nearest places are shown.</param>
    /// <param name="earliest">What begins before can only be booked by telephone, if at all.</param>
    public static WorkshopList From(
        TerritoryDirectory directory, IReadOnlyList<PlannedWorkshop> workshops, string? insee, int maxPlaces, LocalDateTime earliest)
    {
        var nearness = directory.NearnessFrom(insee);
        var places = workshops.Select(workshop => workshop.PlaceId).Distinct().OrderBy(nearness.RankOf).ToList();
        var shown = places.Take(maxPlaces).ToHashSet();
        var days = workshops
            .Where(workshop => shown.Contains(workshop.PlaceId))
            .GroupBy(workshop => workshop.Start.Date)
            .Select(day => new WorkshopDay(FrenchDates.Date(day.Key), [.. day.Select(workshop => Of(workshop, directory, earliest))]))
            .ToList();
        return new WorkshopList(days, shown.Count, places.Count);
    }

    private static WorkshopChoice Of(PlannedWorkshop workshop, TerritoryDirectory directory, LocalDateTime earliest)
    {
        var place = directory.Places.GetValueOrDefault(workshop.PlaceId);
        var tooLate = workshop.Start < earliest;
        return new WorkshopChoice(
            workshop.Id.Value,
            workshop.Title,
            Words.Hours(workshop.Start.TimeOfDay, workshop.Start.PlusMinutes(workshop.Minutes).TimeOfDay),
            place?.ShownName ?? workshop.PlaceId.Value,
            place is null ? "" : PlaceText.Address(place),
            workshop.SeatsLeft switch
            {
                0 when workshop.Course?.HasBegun == true => "Une des séances est complète",
                0 => "Complet",
                _ when tooLate => "Il commence bientôt\u00a0: appelez-nous",
                1 => "Il reste 1\u00a0place",
                var left => $"Il reste {left}\u00a0places",
            },
            workshop.SeatsLeft > 0 && !tooLate,
            workshop.SeatsLeft == 0 && !tooLate && workshop.Course?.HasBegun != true,
            $"{workshop.Title}, {Words.Moment(workshop.Start)}")
        {
            Sessions = workshop.Course is not { } course ? [] : [.. course.Sessions.Select(session => new SessionChoice(
                OneSession + session.Id,
                session.PlaceId == workshop.PlaceId ? Words.Moment(session.Start) : $"{Words.Moment(session.Start)}, {directory.Places.GetValueOrDefault(session.PlaceId)?.ShownName}",
                session.SeatsLeft > 0 && session.Start >= earliest))],
        };
    }
}
