using Rdv.Pages.Shared;

namespace Rdv.Pages.Booking;

/// <summary>The question "who".</summary>
/// <param name="Draft">What was chosen before, sealed: it comes back with the form, unread and unchanged.</param>
/// <param name="KeptUntil">In words; null when the slot is not kept any more.</param>
public sealed record DetailsView(
    PersonForm Form, FormErrors Errors, SlotSummary Summary, string Draft, string? KeptUntil, bool ForBusiness, string OtherTimes)
{
    public IReadOnlyCollection<string> Fields => [.. PersonForm.Fields.Where(name =>
        (ForBusiness || name != PersonForm.BusinessField) && (Summary.Means == Means.Home || name != PersonForm.AddressField))];

    /// <summary>A seat in a workshop is not kept while the form is filled in.</summary>
    public bool IsSeat => Summary.Workshop is not null;

    /// <summary>The start itself is wrong: another must be chosen.</summary>
    public bool NeedsOtherTime => Errors.At("start").Count > 0 || Errors.At("placeId").Count > 0 || Errors.At("topic").Count > 0 || Errors.At("home.insee").Count > 0;
}
