using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Absences;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Pages.Advisors;
using Rdv.Pages.Shared;
using Rdv.Previews;

namespace Rdv.Functions.Pages.Advisors;

/// <summary>Closes hours, and opens them again. Where people are inside, what becomes of them is shown first.</summary>
public sealed class SubmitAbsences(
    AddAbsence add, RemoveAbsence remove, PreviewChanges preview, ITerritoryDirectories directories, AgendaPages agendas, PageResults pages)
{
    [Function("AddAbsencePage")]
    public Task<IResult> AddAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "advisor/absences")] HttpRequest request, CancellationToken cancellationToken) =>
        agendas.ChangeAsync(request, (shown, posted) => AddAsync(request, shown, posted, cancellationToken), cancellationToken);

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

    private async Task<IResult> AddAsync(HttpRequest request, ShownAgenda shown, PostedForm posted, CancellationToken cancellationToken)
    {
        var form = CloseForm.Read(field => posted[field]);
        var asked = Asked(shown, form, posted["jeton"]);
        if (await PreviewAsync(asked, shown, form, cancellationToken) is { } said && (said.IsRefused || said.Seen != posted[CloseForm.SeenField]))
        {
            var status = said.IsRefused ? StatusCodes.Status409Conflict : StatusCodes.Status200OK;
            return await agendas.ShowAsync(request, shown, cancellationToken, form with { Preview = said }, statusCode: status);
        }

        var result = await asked.ThenAsync(absence => add.ExecuteAsync(absence, cancellationToken));
        return result.Succeeded(out var added)
            // Opened again since, and this page lies behind the back button: nothing was closed by it now.
            ? added.Absence.IsTakenBack ? PageResults.SeeOther(shown.Return(request)) : PageResults.SeeOther($"/advisor?du={form.Date}{shown.Query}&fait=ferme{Followed(added.Absence)}")
            : await RefusedAsync(request, shown, form, result.Refusal!, cancellationToken);
    }

    private static Result<AbsenceRequest> Asked(ShownAgenda shown, CloseForm form, string? token)
    {
        var errors = new FieldErrors();
        if (form.Period(errors) is not var (from, to))
        {
            return new Refusal.Invalid(errors);
        }

        // What is chosen besides another answer says nothing.
        var colleague = form.Inside == InsideMode.Reassign ? form.Colleague : null;
        var identity = RequestIdentity.Of($"page-absence|{shown.Territory}|{shown.Advisor}", token, $"{from}|{to}|{form.Inside}|{form.Reason}" + (colleague is null ? "" : $"|{colleague}"));
        return new AbsenceRequest(shown.Territory, shown.Advisor, null, from, to, form.Reason, form.Inside, identity, colleague is null ? null : new AdvisorId(colleague));
    }

    private static string Followed(Absence absence) =>
        (absence.Reassigned.Count > 0 ? $"&confies={absence.Reassigned.Count}" : "") + (absence.Cancelled.Count > 0 ? $"&annules={absence.Cancelled.Count}" : "");

    private async Task<IResult> RefusedAsync(
        HttpRequest request, ShownAgenda shown, CloseForm form, Refusal refusal, CancellationToken cancellationToken) => refusal switch
        {
            // Somebody has booked since it was looked at a moment ago.
            Refusal.AppointmentsInside => await agendas.ShowAsync(
                request,
                shown,
                cancellationToken,
                form with { Preview = await PreviewAsync(Asked(shown, form, token: null), shown, form, cancellationToken) },
                statusCode: StatusCodes.Status409Conflict),
            Refusal.Invalid invalid => await agendas.ShowAsync(
                request, shown, cancellationToken, form with { Errors = FormErrors.Of(invalid.Errors) }, statusCode: StatusCodes.Status400BadRequest),

            // The page was used before, with other hours: it lies behind the back button.
            Refusal.IdempotencyMismatch => PageResults.SeeOther(shown.Return(request)),
            _ => pages.Forbidden(),
        };

    /// <returns>Null when nobody is inside, or when the hours cannot be closed at all: the change itself says why.</returns>
    private async Task<ClosePreview?> PreviewAsync(Result<AbsenceRequest> asked, ShownAgenda shown, CloseForm form, CancellationToken cancellationToken) =>
        (await asked.ThenAsync(absence => preview.AbsenceAsync(absence, cancellationToken))).Succeeded(out var said)
            ? ClosePreview.Of(said, await directories.GetAsync(shown.Territory, cancellationToken), overDays: !string.IsNullOrEmpty(form.Until))
            : null;
}
