using NodaTime;
using Rdv.Directory;
using Rdv.Pages.Booking;
using Rdv.Pages.Shared;

namespace Rdv.Functions.Pages.Booking;

/// <summary>Puts together what the form shows of a draft.</summary>
public sealed class Details(ITerritoryDirectories directories, BookingDrafts drafts, IClock clock)
{
    public async Task<DetailsView> ShowAsync(BookingDraft draft, PersonForm form, FormErrors errors, CancellationToken cancellationToken) => new(
        form,
        errors,
        SlotSummary.Of(await directories.GetAsync(draft.Territory, cancellationToken), draft.Topic, draft.Slot.Start, draft.Slot.PlaceId),
        drafts.Seal(draft),
        draft.KeptUntil is { } until && until > clock.GetCurrentInstant()
            ? Words.Time(until.InZone(draft.Territory.Zone).TimeOfDay)
            : null,
        draft.Topic.Audience == Audience.Business,
        Addresses.Slots(draft.Insee, draft.Topic.Id));
}
