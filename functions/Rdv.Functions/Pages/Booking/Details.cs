using NodaTime;
using Rdv.Directory;
using Rdv.Pages.Booking;
using Rdv.Pages.Shared;
using Rdv.Workshops;

namespace Rdv.Functions.Pages.Booking;

/// <summary>Puts together what the form shows of a draft.</summary>
public sealed class Details(ITerritoryDirectories directories, IWorkshopStore workshops, BookingDrafts drafts, IClock clock)
{
    public async Task<DetailsView> ShowAsync(BookingDraft draft, PersonForm form, FormErrors errors, CancellationToken cancellationToken) => new(
        form,
        form.Voice.Say(errors),
        Summary(draft, await directories.GetAsync(draft.Territory, cancellationToken)) with { Sessions = await SessionsAsync(draft, cancellationToken) },
        drafts.Seal(draft),
        draft.KeptUntil is { } until && until > clock.GetCurrentInstant()
            ? Words.Time(until.InZone(draft.Territory.Zone).TimeOfDay)
            : null,
        draft.Topic.Audience == Audience.Business,
        draft.Seat is null ? Addresses.Slots(draft.Insee, draft.Topic.Id, draft.Wish) : Addresses.Workshops(draft.Insee))
    {
        Start = draft.Slot.Start,
        Signs = draft.Wish.Signs,
    };

    private async Task<IReadOnlyList<string>> SessionsAsync(BookingDraft draft, CancellationToken cancellationToken) =>
        draft.Seat?.Course is { } id && await workshops.ReadCourseAsync(draft.Territory, id, cancellationToken) is { } course
            ? [.. course.ToCome(clock.GetCurrentInstant()).Select(session => Words.Moment(session.Value.LocalStart))]
            : [];

    private static SlotSummary Summary(BookingDraft draft, TerritoryDirectory directory)
    {
        var summary = SlotSummary.Of(directory, draft.Topic, draft.Slot.Start, draft.Slot.PlaceId, draft.Wish.Means, draft.Topic.MinutesFor(draft.Wish.Signs));
        return draft.Seat is { } seat ? summary with { Minutes = seat.Minutes, Workshop = seat.Title } : summary;
    }
}
