using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using NodaTime.Text;
using Rdv.Directory;
using Rdv.Invites;
using Rdv.Pages.Advisors;
using Rdv.Pages.Shared;
using Rdv.Workshops;

namespace Rdv.Functions.Pages.Advisors;

/// <summary>Shows a workshop with those who come, moves it and cancels it.</summary>
public sealed class ManageWorkshop(
    ReadWorkshop read, ChangeWorkshop change, ITerritoryDirectories directories, AgendaPages agendas, PageResults pages, IClock clock)
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
        string workshop, CancellationToken cancellationToken) => agendas.ChangeAsync(request, async (shown, form) =>
    {
        if (!WorkshopId.TryParse(workshop, out var id) || await FindAsync(request, shown, workshop, cancellationToken) is not { } view)
        {
            return pages.NoSuchWorkshop();
        }

        var reason = form[WorkshopView.ReasonField];
        return await change.CancelAsync(shown.Territory, shown.Advisor, id, string.IsNullOrWhiteSpace(reason) ? null : reason, cancellationToken) switch
        {
            ChangeWorkshopOutcome.Changed changed => PageResults.SeeOther(shown.Return(request, $"&fait=atelier-annule&prevenus={changed.Told}")),
            ChangeWorkshopOutcome.Invalid invalid => pages.ShowPrivate<CancelWorkshopPage, WorkshopView>(
                view with { Reason = reason, Errors = FormErrors.Of(invalid.Errors) }, StatusCodes.Status400BadRequest),
            ChangeWorkshopOutcome.TooLate => PageResults.SeeOther(view.Self),
            ChangeWorkshopOutcome.NotFound => pages.NoSuchWorkshop(),
            _ => pages.Busy(),
        };
    }, cancellationToken);

    [Function("MoveWorkshopPage")]
    public Task<IResult> MoveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "advisor/ateliers/{workshop}/deplacer")] HttpRequest request,
        string workshop, CancellationToken cancellationToken) => agendas.ChangeAsync(request, async (shown, posted) =>
    {
        if (!WorkshopId.TryParse(workshop, out var id) || await FindAsync(request, shown, workshop, cancellationToken) is not { } view)
        {
            return pages.NoSuchWorkshop();
        }

        var form = WorkshopForm.Read(field => posted[field]);
        var errors = new FieldErrors();
        if (form.Begins(errors) is not { } start)
        {
            return Correct(errors);
        }

        return await change.MoveAsync(
            shown.Territory, shown.Advisor, id, BookingDraft.InstantOf(shown.Territory, start), form.PlaceId, cancellationToken) switch
        {
            ChangeWorkshopOutcome.Changed changed => PageResults.SeeOther(
                $"/advisor?du={form.Date}{shown.Query}&fait=atelier-deplace&prevenus={changed.Told}"),
            ChangeWorkshopOutcome.Overlap => Correct(FieldErrors.Of(WorkshopForm.StartField, "Il y a déjà autre chose à ce moment dans l'agenda.")),
            ChangeWorkshopOutcome.Invalid invalid => Correct(invalid.Errors),
            ChangeWorkshopOutcome.TooLate => PageResults.SeeOther(view.Self),
            ChangeWorkshopOutcome.NotFound => pages.NoSuchWorkshop(),
            _ => pages.Busy(),
        };

        // What has begun, or was cancelled meanwhile, has no form to correct.
        IResult Correct(FieldErrors wrong) => view.Move is null
            ? PageResults.SeeOther(view.Self)
            : pages.ShowPrivate<WorkshopPage, WorkshopView>(
                view with { Move = form with { Errors = FormErrors.Of(wrong) } }, StatusCodes.Status400BadRequest);
    }, cancellationToken);

    private async Task<WorkshopView?> FindAsync(HttpRequest request, ShownAgenda shown, string workshop, CancellationToken cancellationToken)
    {
        if (!WorkshopId.TryParse(workshop, out var id)
            || await read.ExecuteAsync(shown.Territory, id, cancellationToken) is not { } found
            || found.Workshop.AdvisorId != shown.Advisor)
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
