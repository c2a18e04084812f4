using NodaTime;
using NodaTime.Text;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Language;
using Rdv.Pages.Shared;
using Rdv.Workshops;

namespace Rdv.Pages.Advisors;

public enum WorkshopState
{
    ToCome,
    Begun,
    Cancelled,
}

/// <summary>One workshop, for its advisor: who comes, in a list to be printed; and the forms that move and cancel it.</summary>
/// <param name="Address">Of its page, without what the address says of the week.</param>
/// <param name="Query">The week from which one comes, and whose agenda it is.</param>
/// <param name="Move">The form that moves it; null when that cannot be, and for those who only read.</param>
public sealed record WorkshopView(
    string Title,
    WorkshopState State,
    string When,
    string Duration,
    string Topic,
    string Place,
    string PlaceAddress,
    string Taken,
    IReadOnlyList<AgendaSeat> Seats,
    string Address,
    string Query,
    WorkshopForm? Move,
    IReadOnlyList<SelectGroup> Places)
{
    public const string ReasonField = "reason";

    /// <summary>Cancels all that is to come of the course.</summary>
    public const string WholeField = "tout";

    /// <summary>Which session of its course it is, in words; null for a workshop that stands alone.</summary>
    public string? Session { get; init; }

    /// <summary>Of which it is a session.</summary>
    public Ids.CourseId? Course { get; init; }

    /// <summary>Who leads it, in words; null for one advisor alone.</summary>
    public string? Advisors { get; init; }

    public string Kind => Session is null ? "Atelier" : "Cours";

    /// <summary>The week that shows it.</summary>
    public string Week => "/advisor" + Query;

    public string Self => Address + Query;

    public string MoveAddress => $"{Address}/deplacer{Query}";

    public string CancelAddress => $"{Address}/annuler{Query}";

    /// <summary>What was typed of the reason, and what is wrong with it.</summary>
    public string? Reason { get; init; }

    public FormErrors Errors { get; init; } = FormErrors.None;

    /// <summary>Who is told of a change, in words; said before it is made.</summary>
    public string Told => Seats.Count switch
    {
        0 => "Personne n'est inscrit\u00a0: il n'y a personne à prévenir.",
        1 => "1\u00a0personne est inscrite. Elle sera prévenue par SMS ou par téléphone.",
        var count => $"{count}\u00a0personnes sont inscrites. Elles seront toutes prévenues, par SMS ou par téléphone.",
    };

    public static WorkshopView Of(
        Workshop workshop, IReadOnlyList<Appointment> attendees, TerritoryDirectory directory, Instant now, bool mayChange, LocalDate week, string whose)
    {
        var place = directory.Places.GetValueOrDefault(workshop.PlaceId);
        var state = workshop.IsCancelled ? WorkshopState.Cancelled : workshop.Start <= now ? WorkshopState.Begun : WorkshopState.ToCome;
        var start = workshop.LocalStart;
        var changes = mayChange && state == WorkshopState.ToCome;
        return new WorkshopView(
            workshop.Title,
            state,
            $"{FrenchDates.DateWithYear(start.Date)}, {Words.Hours(start.TimeOfDay, start.PlusMinutes(workshop.Minutes).TimeOfDay)}",
            Words.Duration(workshop.Minutes),
            Topics.Find(workshop.Topic)?.Label ?? workshop.Topic,
            place?.ShownName ?? workshop.PlaceId.Value,
            place is null ? "" : PlaceText.Address(place),
            AgendaWorkshop.TakenOf(attendees.Count, workshop.Seats),
            [.. attendees.Select(seat => AgendaSeat.Of(seat, markAddress: null))],
            "/advisor/ateliers/" + workshop.Id,
            $"?du={LocalDatePattern.Iso.Format(week)}{whose}",
            changes ? WorkshopForm.Of(workshop) : null,
            changes && directory.Advisors.TryGetValue(workshop.AdvisorId, out var advisor) ? WorkshopForm.PlacesFor(advisor, directory) : [])
        {
            Session = workshop.Session is { } session ? SessionOf(session) : null,
            Course = workshop.Session?.Course,
            Advisors = workshop.CoAdvisorId is null ? null : string.Join(" et ", workshop.Advisors.Select(one => directory.Advisors.GetValueOrDefault(one)?.DisplayName ?? one.Value)),
        };
    }

    internal static string SessionOf(Ids.SessionOf session) => $"séance {session.Number} sur {session.Course.Sessions}";

    // A record would print every property: a log line must not carry a person.
    public override string ToString() => Address;
}
