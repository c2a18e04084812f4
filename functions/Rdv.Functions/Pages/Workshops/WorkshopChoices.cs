using NodaTime;
using Rdv.Directory;
using Rdv.Pages.Booking;
using Rdv.Pages.Shared;
using Rdv.Pages.Waiting;
using Rdv.Pages.Workshops;
using Rdv.Territories;
using Rdv.Workshops;

namespace Rdv.Functions.Pages.Workshops;

/// <summary>Finds the workshops to choose from, and what to say when one cannot be chosen any more.</summary>
public sealed class WorkshopChoices(ListWorkshops list, ListCourses courses, BookingDrafts drafts, RdvSettings settings, IClock clock)
{
    /// <summary>Six weeks.</summary>
    private const int Days = 42;

    /// <summary>Workshops and courses, each as one thing to choose.</summary>
    /// <param name="begun">Courses that have begun too.</param>
    public async Task<WorkshopsFound> FindAsync(Territory territory, CancellationToken cancellationToken, bool begun = false)
    {
        var found = (await list.ExecuteAsync(territory, from: null, Days, cancellationToken)).Value;
        var planned = (await courses.ExecuteAsync(territory, from: null, Days, cancellationToken)).Value.Courses;
        return found with
        {
            Workshops = [.. found.Workshops
                .Concat(planned.Where(course => begun || !course.HasBegun).Select(course => course.AsOne))
                .OrderBy(workshop => workshop.Start).ThenBy(workshop => workshop.Id.Value, StringComparer.Ordinal)],
        };
    }

    public WorkshopList Show(WorkshopsFound found, string? insee, int places) =>
        WorkshopList.From(found.Directory, found.Workshops, insee, places, Earliest(found));

    /// <returns>Null when there is no such workshop to come.</returns>
    public static PlannedWorkshop? Chosen(WorkshopsFound found, string? id) => id?.StartsWith(WorkshopList.OneSession, StringComparison.Ordinal) == true
        ? found.Workshops.SelectMany(workshop => workshop.Course?.Sessions ?? []).FirstOrDefault(session => session.Id.Value == id[WorkshopList.OneSession.Length..])
        : found.Workshops.FirstOrDefault(workshop => workshop.Id.Value == id);

    /// <summary>As whoever waits for a seat there reads it.</summary>
    public static WaitedWorkshop Waited(PlannedWorkshop workshop) =>
        new(workshop.Id.Value, $"{Words.Quoted(workshop.Title)}, {Words.Moment(workshop.Start)}") { IsCourse = workshop.Course is not null };

    public static BookingDraft Draft(Territory territory, PlannedWorkshop workshop, string? insee, string nonce) => new(
        territory, Topics.Find(workshop.Topic)!, new SlotValue(workshop.Start, workshop.PlaceId), insee, Hold: null, KeptUntil: null, nonce)
    {
        Seat = new SeatDraft(workshop.Id, workshop.Version, workshop.Minutes, workshop.Title) { Course = workshop.Course?.Id },
    };

    /// <summary>The draft with another workshop, when one was chosen in place of the first; everything else stays.</summary>
    public async Task<BookingDraft> WithOtherAsync(BookingDraft draft, string? id, CancellationToken cancellationToken) =>
        draft.Seat is not null && id is not null
        && Chosen(await FindAsync(draft.Territory, cancellationToken, begun: true), id) is { } other
            ? Draft(draft.Territory, other, draft.Insee, draft.Nonce)
            : draft;

    /// <summary>What is shown when the seat that was chosen cannot be booked; null when that is not what went wrong.</summary>
    /// <param name="action">Where the form is posted again.</param>
    public async Task<WorkshopGoneView?> GoneAsync(
        Refusal refusal, BookingDraft draft, PersonForm person, string action, string otherwise, CancellationToken cancellationToken)
    {
        if (draft.Seat is not { } seat)
        {
            return null;
        }

        var isCourse = seat.Course is not null;
        var problem = refusal is Refusal.Invalid invalid ? invalid.Errors.ByField.GetValueOrDefault(isCourse ? "courseId" : "workshopId") : null;
        if (problem is null && refusal is not Refusal.SlotTaken)
        {
            return null;
        }

        var found = await FindAsync(draft.Territory, cancellationToken);
        return Gone(
            problem is null ? Full(seat.Title, draft.Slot.Start, isCourse) : (isCourse ? "Ce cours n'est plus possible" : "Cet atelier n'est plus possible", string.Join(" ", problem)),
            found,
            draft.Insee,
            action,
            [new("demande", drafts.Seal(draft)), .. person.Hidden],
            booksAtOnce: true,
            draft.Insee is null ? otherwise : Addresses.Slots(draft.Insee, draft.Topic.Id, new Wish()));
    }

    /// <summary>What is shown when a workshop that was chosen before any answer was given is full.</summary>
    public WorkshopGoneView Full(
        WorkshopsFound found, PlannedWorkshop workshop, string? insee, string action, IReadOnlyList<KeyValuePair<string, string?>> hidden, string alone) =>
        Gone(Full(workshop.Title, workshop.Start, workshop.Course is not null), found, insee, action, hidden, booksAtOnce: false, alone);

    private static (string Title, string Sentence) Full(string title, LocalDateTime start, bool isCourse) => (
        isCourse ? "Ce cours est complet" : "Cet atelier est complet",
        $"La dernière place vient d'être prise\u00a0: {Words.Quoted(title)}, {(isCourse ? "à partir du " : "")}{Words.Moment(start)}. Rien n'est perdu.");

    private WorkshopGoneView Gone(
        (string Title, string Sentence) what,
        WorkshopsFound found,
        string? insee,
        string action,
        IReadOnlyList<KeyValuePair<string, string?>> hidden,
        bool booksAtOnce,
        string alone)
    {
        var earliest = Earliest(found);
        var open = found.Workshops.Where(workshop => workshop.SeatsLeft > 0 && workshop.Start >= earliest).ToList();
        return new WorkshopGoneView(
            what.Title,
            what.Sentence,
            WorkshopList.From(found.Directory, open, insee, SlotsView.ManyPlaces, earliest),
            action,
            hidden,
            booksAtOnce,
            insee is null ? null : WorkshopsView.AddressFor(insee),
            alone);
    }

    private LocalDateTime Earliest(WorkshopsFound found) =>
        (clock.GetCurrentInstant() + settings.MinimumNotice).InZone(found.Directory.Territory.Zone).LocalDateTime;
}
