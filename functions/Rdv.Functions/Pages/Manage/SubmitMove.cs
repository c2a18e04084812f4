using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Rdv.Booking;
using Rdv.Pages.Booking;
using Rdv.Pages.Manage;
using Rdv.Pages.Shared;

namespace Rdv.Functions.Pages.Manage;

public sealed class SubmitMove(
    MoveAppointment move, ManagedAppointments appointments, MoveChoices choices, PageResults pages, Links links, RdvSettings settings)
{
    [Function("SubmitMovePage")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "r/{reference}/{key}/deplacer")] HttpRequest request,
        string reference, string key, CancellationToken cancellationToken)
    {
        if (await PostedForm.ReadAsync(request, settings, cancellationToken, opaqueIsOurs: true) is not { } form
            || !SlotValue.TryParse(form["creneau"], out var slot))
        {
            return pages.Refused();
        }

        if (!AppointmentReference.TryParse(reference, out var parsed))
        {
            return pages.NotFound();
        }

        var version = int.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : (int?)null;
        var wanted = new MoveRequest(
            parsed, new Access.ByKey(key), BookingDraft.InstantOf(parsed.Territory, slot.Start), slot.PlaceId.Value, AdvisorId: null, Hold: null, version);
        return await pages.RunAsync(async () => await move.ExecuteAsync(wanted, cancellationToken) switch
        {
            MoveOutcome.Moved(var appointment, _) => PageResults.SeeOther(Address(appointment) + "?deplace=1"),
            MoveOutcome.TooLate(var appointment) => PageResults.SeeOther(Address(appointment) + "?tard=1"),
            MoveOutcome.NotFound => pages.NotFound(),
            MoveOutcome.SlotTaken => await AskAgainAsync(
                parsed, key, slot.Start.Date, "Cette heure vient d'être prise. Choisissez-en une autre.", cancellationToken),
            MoveOutcome.Stale => await AskAgainAsync(
                parsed, key, slot.Start.Date, "Ce rendez-vous a changé entre-temps. Regardez l'heure ci-dessous, puis choisissez.", cancellationToken),
            MoveOutcome.Invalid(var errors) => await AskAgainAsync(
                parsed, key, slot.Start.Date, string.Join(" ", errors.ByField.Values.SelectMany(messages => messages)), cancellationToken),
            _ => pages.Busy(),
        });
    }

    private string Address(Appointment appointment) => $"/r/{appointment.Reference}/{links.KeyOf(appointment)}";

    private async Task<IResult> AskAgainAsync(
        AppointmentReference reference, string key, LocalDate from, string notice, CancellationToken cancellationToken) =>
        await appointments.FindAsync(reference.ToString(), key, cancellationToken) is var (appointment, view)
        && await choices.FindAsync(appointment, view, from, SlotsView.FewPlaces, notice, cancellationToken) is { } again
            ? pages.ShowByKey<MovePage, MoveView>(again, StatusCodes.Status409Conflict)
            : pages.NotFound();
}
