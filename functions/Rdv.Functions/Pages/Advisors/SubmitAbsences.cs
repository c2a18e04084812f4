using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Absences;
using Rdv.Agenda;
using Rdv.Days;
using Rdv.Ids;
using Rdv.Pages.Advisors;
using Rdv.Pages.Shared;

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
            var result = await Asked(shown, form, posted["jeton"]).ThenAsync(absence => add.ExecuteAsync(absence, cancellationToken));
            return result.Succeeded(out var added)
                ? PageResults.SeeOther($"/advisor?du={form.Date}{shown.Query}&fait=ferme{Followed(added.Absence)}")
                : await RefusedAsync(request, shown, form, result.Refusal!, cancellationToken);
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

        // A second click finds nothing left to take back.
        await remove.ExecuteAsync(shown.Territory, AbsenceOwner.Of(shown.Advisor), absence, cancellationToken);
        return PageResults.SeeOther(shown.Return(request, "&fait=rouvert"));
    }, cancellationToken);

    private static Result<AbsenceRequest> Asked(ShownAgenda shown, CloseForm form, string? token)
    {
        var errors = new FieldErrors();
        if (form.Period(errors) is not var (from, to))
        {
            return new Refusal.Invalid(errors);
        }

        var identity = RequestIdentity.Of($"page-absence|{shown.Territory}|{shown.Advisor}", token, $"{from}|{to}|{form.Inside}|{form.Reason}");
        return new AbsenceRequest(shown.Territory, shown.Advisor, null, from, to, form.Reason, form.Inside, identity);
    }

    private static string Followed(Absence absence) =>
        (absence.Reassigned.Count > 0 ? $"&confies={absence.Reassigned.Count}" : "") + (absence.Cancelled.Count > 0 ? $"&annules={absence.Cancelled.Count}" : "");

    private async Task<IResult> RefusedAsync(
        HttpRequest request, ShownAgenda shown, CloseForm form, Refusal refusal, CancellationToken cancellationToken) => refusal switch
        {
            Refusal.AppointmentsInside inside => await agendas.ShowAsync(
                request,
                shown,
                cancellationToken,
                form with { InTheWay = await NamesAsync(shown, form, inside, cancellationToken) },
                statusCode: StatusCodes.Status409Conflict),
            Refusal.Invalid invalid => await agendas.ShowAsync(
                request, shown, cancellationToken, form with { Errors = FormErrors.Of(invalid.Errors) }, statusCode: StatusCodes.Status400BadRequest),

            // The page was used before, with other hours: it lies behind the back button.
            Refusal.IdempotencyMismatch => PageResults.SeeOther(shown.Return(request)),
            _ => pages.Forbidden(),
        };

    private async Task<IReadOnlyList<string>> NamesAsync(
        ShownAgenda shown, CloseForm form, Refusal.AppointmentsInside inside, CancellationToken cancellationToken) =>
        (await agenda.ExecuteAsync(shown.Territory, shown.Advisor, form.Day, days: 1, cancellationToken)).Succeeded(out var found)
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
