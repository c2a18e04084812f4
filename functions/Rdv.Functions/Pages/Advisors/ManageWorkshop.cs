using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Invites;
using Rdv.Pages.Advisors;
using Rdv.Pages.Shared;
using Rdv.Workshops;

namespace Rdv.Functions.Pages.Advisors;

/// <summary>Shows a workshop with those who come, moves it and cancels it.</summary>
public sealed class ManageWorkshop(
    ReadWorkshop read, ChangeWorkshop change, CancelCourse cancelCourse, ITerritoryDirectories directories, AgendaPages agendas, PageResults pages, IClock clock)
{
    [Function("AdvisorWorkshopPage")]
    public Task<IResult> ShowAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "advisor/ateliers/{workshop}")] HttpRequest request,
        string workshop, CancellationToken cancellationToken) => agendas.ReadAsync(request, async shown =>
            await FindAsync(request, shown, workshop, cancellationToken) is { } view
                ? pages.ShowPrivate<WorkshopPage, WorkshopView>(view)
                : pages.NoSuchWorkshop(), cancellationToken);

    [Function("AskCancelWorkshopPage")]
    public Task<IResult> AskCancelAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "advisor/ateliers/{workshop}/annuler")] HttpRequest request,
        string workshop, CancellationToken cancellationToken) => agendas.ReadAsync(request, async shown =>
            await FindAsync(request, shown, workshop, cancellationToken) switch
            {
                null => pages.NoSuchWorkshop(),
                { Move: null } over => PageResults.SeeOther(over.Self),
                var view => pages.ShowPrivate<CancelWorkshopPage, WorkshopView>(view),
            }, cancellationToken);

    [Function("CancelWorkshopPage")]
    public Task<IResult> CancelAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "advisor/ateliers/{workshop}/annuler")] HttpRequest request,
        string workshop, CancellationToken cancellationToken) => ChangeAsync(request, workshop, async (shown, posted, view) =>
    {
        var reason = posted[WorkshopView.ReasonField] is { } typed && !string.IsNullOrWhiteSpace(typed) ? typed : null;
        var result = view.Course is { } course && posted[WorkshopView.WholeField] is not null
            ? (await cancelCourse.ExecuteAsync(shown.Territory, shown.Advisor, course, reason, cancellationToken)).Map(_ => "cours-annule")
            : (await change.CancelAsync(shown.Territory, shown.Advisor, new WorkshopId(workshop), reason, cancellationToken)).Map(
                changed => $"atelier-annule&prevenus={changed.Told}");
        return result.Match(
            done => PageResults.SeeOther(shown.Return(request, "&fait=" + done)),
            refusal => Refused(refusal, view, wrong => pages.ShowPrivate<CancelWorkshopPage, WorkshopView>(
                view with { Reason = reason, Errors = wrong }, StatusCodes.Status400BadRequest)));
    }, cancellationToken);

    [Function("MoveWorkshopPage")]
    public Task<IResult> MoveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "advisor/ateliers/{workshop}/deplacer")] HttpRequest request,
        string workshop, CancellationToken cancellationToken) => ChangeAsync(request, workshop, async (shown, posted, view) =>
    {
        var form = WorkshopForm.Read(field => posted[field]);
        return (await Start(form).ThenAsync(start => change.MoveAsync(
            shown.Territory, shown.Advisor, new WorkshopId(workshop), BookingDraft.InstantOf(shown.Territory, start), form.PlaceId, cancellationToken))).Match(
                changed => PageResults.SeeOther($"/advisor?du={form.Date}{shown.Query}&fait=atelier-deplace&prevenus={changed.Told}"),
                refusal => Refused(refusal, view, wrong => Correct(view, form with { Errors = wrong })));
    }, cancellationToken);

    private Task<IResult> ChangeAsync(
        HttpRequest request, string workshop, Func<ShownAgenda, PostedForm, WorkshopView, Task<IResult>> run, CancellationToken cancellationToken) =>
        agendas.ChangeAsync(
            request,
            async (shown, posted) => await FindAsync(request, shown, workshop, cancellationToken) is { } view
                ? await run(shown, posted, view)
                : pages.NoSuchWorkshop(),
            cancellationToken);

    private static Result<LocalDateTime> Start(WorkshopForm form)
    {
        var errors = new FieldErrors();
        return form.Begins(errors) is { } start ? start : new Refusal.Invalid(errors);
    }

    private IResult Refused(Refusal refusal, WorkshopView view, Func<FormErrors, IResult> correct) => refusal switch
    {
        Refusal.Invalid or Refusal.Overlap => correct(WorkshopForm.ErrorsOf(refusal)),
        Refusal.TooLate => PageResults.SeeOther(view.Self),
        _ => pages.NoSuchWorkshop(),
    };

    /// <summary>What has begun, or was cancelled meanwhile, has no form to correct.</summary>
    private IResult Correct(WorkshopView view, WorkshopForm form) => view.Move is null
        ? PageResults.SeeOther(view.Self)
        : pages.ShowPrivate<WorkshopPage, WorkshopView>(view with { Move = form }, StatusCodes.Status400BadRequest);

    private async Task<WorkshopView?> FindAsync(HttpRequest request, ShownAgenda shown, string workshop, CancellationToken cancellationToken)
    {
        if (!WorkshopId.TryParse(workshop, out var id)
            || await read.ExecuteAsync(shown.Territory, id, cancellationToken) is not { } found
            || !found.Workshop.IsOf(shown.Advisor))
        {
            return null;
        }

        return WorkshopView.Of(
            found.Workshop,
            found.Attendees,
            await directories.GetAsync(shown.Territory, cancellationToken),
            clock.GetCurrentInstant(),
            shown.MayChange,
            Query.Date(request, "du") ?? found.Workshop.Date,
            shown.Query);
    }
}
