using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Booking;
using Rdv.Pages.Booking;
using Rdv.Pages.Manage;
using Rdv.Pages.Shared;

namespace Rdv.Functions.Pages.Manage;

public sealed class SubmitMove(
    MoveAppointment move, ManagedAppointments appointments, MoveChoices choices, PageResults pages, KeyPages keys, RdvSettings settings)
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

        return await keys.RunAsync(request, async () =>
        {
            if (!AppointmentReference.TryParse(reference, out var parsed)
                || await appointments.FindAsync(reference, key, cancellationToken) is not var (appointment, view))
            {
                return null;
            }

            if (view.Card.IsSeat)
            {
                return PageResults.SeeOther(view.Address);
            }

            return await move.ExecuteAsync(MoveForm.Read(form, parsed, new Access.ByKey(key), slot), cancellationToken) switch
            {
                MoveOutcome.Moved => PageResults.SeeOther(view.Address + "?deplace=1"),
                MoveOutcome.TooLate => PageResults.SeeOther(view.Address + "?tard=1"),
                MoveOutcome.NotFound => null,
                var refused when MoveForm.Notice(refused) is { } notice
                    && await choices.FindAsync(appointment, view, slot.Start.Date, SlotsView.FewPlaces, notice, cancellationToken) is { } again =>
                    pages.ShowByKey<MovePage, MoveView>(again, StatusCodes.Status409Conflict),
                _ => pages.Busy(),
            };
        });
    }
}
