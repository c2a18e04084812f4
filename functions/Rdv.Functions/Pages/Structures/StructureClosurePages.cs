using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Rdv.Absences;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Functions.Staff;
using Rdv.Ids;
using Rdv.Pages.Advisors;
using Rdv.Pages.Shared;
using Rdv.Pages.Structures;
using Rdv.Previews;

namespace Rdv.Functions.Pages.Structures;

/// <summary>Closes a structure for some days, opens it again, and says on which public holidays it works. Who is concerned is shown first.</summary>
public sealed class StructureClosurePages(
    AddAbsence add,
    RemoveAbsence remove,
    ChangeHoliday holiday,
    PreviewChanges preview,
    IAbsenceStore absences,
    ITerritoryDirectories directories,
    StaffPages staff,
    PageResults pages,
    RdvSettings settings,
    IClock clock)
{
    private const string Home = "/structure/fermetures";

    [Function("ClosuresPage")]
    public Task<IResult> ShowAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "structure/fermetures")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.RunAsync(request, Home, member => IsOwn(request, member), member => ShowAsync(Of(request, member), ClosureForm.Empty, StatusCodes.Status200OK, cancellationToken, request.Query["fait"]), cancellationToken);

    [Function("AddClosurePage")]
    public Task<IResult> AddAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "structure/fermetures")] HttpRequest request, CancellationToken cancellationToken) =>
        ChangeAsync(request, (one, posted) => AddAsync(one, ClosureForm.Read(field => posted[field]), posted, cancellationToken), cancellationToken);

    [Function("RemoveClosurePage")]
    public Task<IResult> RemoveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "structure/fermetures/{closure}")] HttpRequest request,
        string closure,
        CancellationToken cancellationToken) => ChangeAsync(request, async (one, _) =>
    {
        if (!DirectoryIds.IsValid(closure))
        {
            return pages.Refused();
        }

        // A second click finds nothing left to take back.
        await remove.ExecuteAsync(one.Territory, AbsenceOwner.Of(one.Id), closure, cancellationToken);
        return PageResults.SeeOther(Done(one, "rouvert"));
    }, cancellationToken);

    [Function("HolidayPage")]
    public Task<IResult> HolidayAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "structure/jours-feries")] HttpRequest request, CancellationToken cancellationToken) =>
        ChangeAsync(request, async (one, posted) => TimeInput.Day(posted["date"]) is { } date
            ? (await holiday.ExecuteAsync(one.Territory, one.Id, date, posted["ouvert"] == "oui", cancellationToken)).Match(
                changed => PageResults.SeeOther(Done(one, changed.IsOpen ? "travaille" : "ferie")), pages.Of)
            : pages.Refused(), cancellationToken);

    private async Task<IResult> AddAsync(LoadScope.OfStructure one, ClosureForm form, PostedForm posted, CancellationToken cancellationToken)
    {
        var asked = Asked(one, form, posted["jeton"]);
        if (await PreviewAsync(one, asked, cancellationToken) is { } said && (said.IsRefused || said.Seen != posted[CloseForm.SeenField]))
        {
            return await ShowAsync(one, form with { Preview = said }, said.IsRefused ? StatusCodes.Status409Conflict : StatusCodes.Status200OK, cancellationToken);
        }

        var result = await asked.ThenAsync(closure => add.ExecuteAsync(closure, cancellationToken));
        return result.Refusal switch
        {
            null => PageResults.SeeOther(Done(one, "ferme")),
            Refusal.Invalid invalid => await ShowAsync(one, form with { Errors = FormErrors.Of(invalid.Errors) }, StatusCodes.Status400BadRequest, cancellationToken),

            // Somebody has booked since it was looked at a moment ago.
            Refusal.AppointmentsInside => await ShowAsync(one, form with { Preview = await PreviewAsync(one, asked, cancellationToken) }, StatusCodes.Status409Conflict, cancellationToken),

            // The page was used before, with other days: it lies behind the back button.
            Refusal.IdempotencyMismatch => PageResults.SeeOther(Home + one.Asked),
            var refusal => pages.Of(refusal),
        };
    }

    private static Result<AbsenceRequest> Asked(LoadScope.OfStructure one, ClosureForm form, string? token)
    {
        var errors = new FieldErrors();
        return form.Period(errors) is var (from, to)
            ? new AbsenceRequest(
                one.Territory, null, one.Id, from, to, form.Reason, form.Inside,
                RequestIdentity.Of($"page-closure|{one.Territory}|{one.Id}", token, $"{from}|{to}|{form.Inside}|{form.Reason}"))
            : new Refusal.Invalid(errors);
    }

    /// <returns>Null when nobody is inside, or when the days cannot be closed at all: the change itself says why.</returns>
    private async Task<ClosePreview?> PreviewAsync(LoadScope.OfStructure one, Result<AbsenceRequest> asked, CancellationToken cancellationToken) =>
        (await asked.ThenAsync(closure => preview.AbsenceAsync(closure, cancellationToken))).Succeeded(out var said)
            ? ClosePreview.Of(said, await directories.GetAsync(one.Territory, cancellationToken), overDays: true)
            : null;

    private async Task<IResult> ShowAsync(LoadScope.OfStructure one, ClosureForm form, int status, CancellationToken cancellationToken, string? done = null)
    {
        if (!(await directories.ReloadAsync(one.Territory, cancellationToken)).Structures.TryGetValue(one.Id, out var structure))
        {
            return pages.Forbidden();
        }

        var closures = await absences.ListAsync(one.Territory, AbsenceOwner.Of(one.Id), cancellationToken);
        var today = clock.GetCurrentInstant().InZone(one.Territory.Zone).Date;
        return pages.ShowPrivate<ClosuresPage, ClosuresView>(
            ClosuresView.Of(one.Territory, structure, closures, today, one.Asked, BookingDraft.DrawNonce(), form) with { Notice = Notice(done) }, status);
    }

    private static string? Notice(string? done) => done switch
    {
        "ferme" => "C'est fermé. Les personnes concernées sont prévenues.",
        "rouvert" => "C'est rouvert.",
        "travaille" => "C'est noté : vous travaillez ce jour férié.",
        "ferie" => "C'est noté : vous êtes fermé ce jour férié.",
        _ => null,
    };

    private Task<IResult> ChangeAsync(HttpRequest request, Func<LoadScope.OfStructure, PostedForm, Task<IResult>> change, CancellationToken cancellationToken) =>
        staff.RunAsync(request, Home, member => IsOwn(request, member), async member =>
            await PostedForm.ReadAsync(request, settings, cancellationToken) is { } posted ? await change(Of(request, member), posted) : pages.Refused(), cancellationToken);

    private static bool IsOwn(HttpRequest request, StaffMember member) => LoadScope.Of(request, member) is LoadScope.OfStructure;

    private static LoadScope.OfStructure Of(HttpRequest request, StaffMember member) => (LoadScope.OfStructure)LoadScope.Of(request, member)!;

    private static string Done(LoadScope.OfStructure one, string what) => $"{Home}?fait={what}{one.Query}";
}
