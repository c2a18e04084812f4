using System.Globalization;
using Rdv.Booking;
using Rdv.Pages.Shared;

namespace Rdv.Functions.Pages.Manage;

/// <summary>What the form of a move says, and what is said when it could not be done.</summary>
internal static class MoveForm
{
    public static MoveRequest Read(PostedForm form, AppointmentReference reference, Access access, SlotValue slot) => new(
        reference,
        access,
        BookingDraft.InstantOf(reference.Territory, slot.Start),
        slot.PlaceId.Value,
        AdvisorId: null,
        Hold: null,
        int.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : null);

    /// <returns>Null when choosing another time would not help.</returns>
    public static string? Notice(MoveOutcome outcome) => outcome switch
    {
        MoveOutcome.SlotTaken => "Cette heure vient d'être prise. Choisissez-en une autre.",
        MoveOutcome.Stale => "Ce rendez-vous a changé entre-temps. Regardez l'heure ci-dessous, puis choisissez.",
        MoveOutcome.Invalid(var errors) => string.Join(" ", errors.ByField.Values.SelectMany(messages => messages)),
        _ => null,
    };
}
