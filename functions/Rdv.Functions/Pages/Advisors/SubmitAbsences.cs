using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Absences;
using Rdv.Agenda;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Pages.Advisors;
using Rdv.Pages.Shared;
using Rdv.Workshops;

namespace Rdv.Functions.Pages.Advisors;

/// <summary>Closes hours, and opens them again.</summary>
public sealed class SubmitAbsences(AddAbsence add, RemoveAbsence remove, ReadAgenda agenda, AgendaPages agendas, PageResults pages)
{
    [Function("AddAbsencePage")]
    public Task<IResult> AddAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "advisor/absences")] HttpRequest request, CancellationToken cancellationToken) =>
        agendas.ChangeAsync(request, async (shown, posted) =>
        {
            var form = CloseForm.Read(field => posted[field]);
            var errors = new FieldErrors();
            if (form.Period(errors) is not var (from, to))
            {
                return await CorrectAsync(errors);
            }

            var identity = RequestIdentity.Of(
                $"page-absence|{shown.Territory}|{shown.Advisor}", posted["jeton"], $"{from}|{to}|{form.Inside}|{form.Reason}");
            switch (await add.ExecuteAsync(new AbsenceRequest(shown.Territory, shown.Advisor, null, from, to, form.Reason, form.Inside, identity), cancellationToken))
            {
                case AbsenceOutcome.Added({ Cancelled.Count: var cancelled, Reassigned.Count: var reassigned }, _):
                    var followed = (reassigned > 0 ? $"&confies={reassigned}" : "") + (cancelled > 0 ? $"&annules={cancelled}" : "");
                    return PageResults.SeeOther($"/advisor?du={form.Date}{shown.Query}&fait=ferme{followed}");
                case AbsenceOutcome.AppointmentsInside inside:
                    return await agendas.ShowAsync(
                        request,
                        shown,
                        cancellationToken,
                        form with { InTheWay = await NamesAsync(shown, form, inside, cancellationToken) },
                        statusCode: StatusCodes.Status409Conflict);
                case AbsenceOutcome.Invalid invalid:
                    return await CorrectAsync(invalid.Errors);
                case AbsenceOutcome.IdempotencyMismatch:
                    // The page was used before, with other hours: it lies behind the back button.
                    return PageResults.SeeOther(shown.Return(request));
                case AbsenceOutcome.NotFound:
                    return pages.Forbidden();
                default:
                    return pages.Busy();
            }

            Task<IResult> CorrectAsync(FieldErrors wrong) => agendas.ShowAsync(
                request, shown, cancellationToken, form with { Errors = FormErrors.Of(wrong) }, statusCode: StatusCodes.Status400BadRequest);
        }, cancellationToken);

    [Function("RemoveAbsencePage")]
    public Task<IResult> RemoveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "advisor/absences/{absence}")] HttpRequest request,
        string absence,
        CancellationToken cancellationToken) => agendas.ChangeAsync(request, async (shown, _) =>
    {
        if (!DirectoryIds.IsValid(absence))
        {
            return pages.Refused();
        }

        return await remove.ExecuteAsync(shown.Territory, AbsenceOwner.Of(shown.Advisor), absence, cancellationToken) switch
        {
            // A second click finds nothing left to take back.
            RemoveAbsenceOutcome.Removed or RemoveAbsenceOutcome.NotFound => PageResults.SeeOther(shown.Return(request, "&fait=rouvert")),
            _ => pages.Busy(),
        };
    }, cancellationToken);

    private async Task<IReadOnlyList<string>> NamesAsync(
        ShownAgenda shown, CloseForm form, AbsenceOutcome.AppointmentsInside inside, CancellationToken cancellationToken) =>
        await agenda.ExecuteAsync(shown.Territory, shown.Advisor, form.Day, days: 1, cancellationToken) is AgendaOutcome.Found found
            ? [.. found.Lines
                .Select(line => line switch
                {
                    { Appointment: { } appointment } when inside.Appointments.Contains(appointment.Reference) => Said(line, appointment.Citizen.Name),
                    { Entry: { Kind: EntryKind.Workshop, Seats: { } seats } } when inside.Workshops.Contains(new WorkshopId(line.Entry.Id)) =>
                        Said(line, $"atelier «\u00a0{seats.Title}\u00a0», {seats.Taken} personne{(seats.Taken > 1 ? "s" : "")}"),
                    _ => null,
                })
                .OfType<string>()]
            : [.. inside.Appointments.Select(reference => reference.ToString())];

    private static string Said(AgendaLine line, string who) => $"{Words.Time(line.Start.TimeOfDay)}\u00a0: {who}";
}
