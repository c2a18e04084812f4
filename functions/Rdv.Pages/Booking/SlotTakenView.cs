using Rdv.Pages.Shared;

namespace Rdv.Pages.Booking;

/// <summary>Somebody was quicker: what is left, and everything that was typed.</summary>
/// <param name="Action">Where the choice is posted.</param>
/// <param name="Hidden">Goes with the choice.</param>
/// <param name="BooksAtOnce">The choice books, since everything else has been answered.</param>
public sealed record SlotTakenView(
    string Taken,
    IReadOnlyList<SlotChoice> Choices,
    string Action,
    IReadOnlyList<KeyValuePair<string, string?>> Hidden,
    bool BooksAtOnce,
    string OtherTimes)
{
    /// <summary>An operator chooses for a caller.</summary>
    public bool ForStaff { get; init; }
}
