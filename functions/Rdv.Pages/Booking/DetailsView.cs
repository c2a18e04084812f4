using NodaTime;
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

    /// <summary>What the page before knew, for the way back to it.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Carried { get; init; } = [];

    /// <summary>The longer hour was chosen; the advisor reads why.</summary>
    public bool Signs { get; init; }

    /// <summary>Wall time in the territory.</summary>
    public required LocalDateTime Start { get; init; }

    /// <summary>The same form, put to the person, or to somebody who fills it in for them.</summary>
    public string AddressFor(bool other) =>
        $"/reserver?demande={Uri.EscapeDataString(Draft)}" + (other ? $"&{PersonForm.ForField}={PersonForm.ForOtherValue}" : "");

    /// <summary>A seat in a workshop is not kept while the form is filled in.</summary>
    public bool IsSeat => Summary.Workshop is not null;

    /// <summary>The start itself is wrong: another must be chosen.</summary>
    public bool NeedsOtherTime => Errors.At("start").Count > 0 || Errors.At("placeId").Count > 0 || Errors.At("topic").Count > 0 || Errors.At("home.insee").Count > 0;
}
