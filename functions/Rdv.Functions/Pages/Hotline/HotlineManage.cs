using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Booking;
using Rdv.Functions.Pages.Manage;
using Rdv.Pages.Booking;
using Rdv.Pages.Hotline;
using Rdv.Pages.Manage;
using Rdv.Pages.Shared;

namespace Rdv.Functions.Pages.Hotline;

/// <summary>Opens, cancels and moves the appointment of a caller, and sends its message again.</summary>
public sealed class HotlineManage(
    ManagedAppointments appointments,
    CancelAppointment cancel,
    MoveAppointment move,
    ResendMessage resend,
    MoveChoices choices,
    StaffPages staff,
    PageResults pages,
    RdvSettings settings)
{
    [Function("HotlineAppointmentPage")]
    public Task<IResult> ShowAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "hotline/rendez-vous/{reference}")] HttpRequest request,
        string reference, CancellationToken cancellationToken) => WithAppointmentAsync(request, reference, (_, view) =>
            Task.FromResult(pages.ShowPrivate<HotlineAppointmentPage, ManageView>(view with { News = News.Read(request, view) })), cancellationToken);

    [Function("HotlineCancelPage")]
    public Task<IResult> AskCancelAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "hotline/rendez-vous/{reference}/annuler")] HttpRequest request,
        string reference, CancellationToken cancellationToken) => WithAppointmentAsync(request, reference, (_, view) =>
            Task.FromResult(view.Card.State == AppointmentState.ToCome
                ? pages.ShowPrivate<CancelPage, ManageView>(view)
                : PageResults.SeeOther(view.Address)), cancellationToken);

    [Function("HotlineSubmitCancelPage")]
    public Task<IResult> CancelAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "hotline/rendez-vous/{reference}/annuler")] HttpRequest request,
        string reference, CancellationToken cancellationToken) => staff.RunAsync(request, "/hotline", member => member.MayUseHotline, async member =>
    {
        if (await PostedForm.ReadAsync(request, settings, cancellationToken) is null)
        {
            return pages.Refused();
        }

        if (!AppointmentReference.TryParse(reference, out var parsed))
        {
            return pages.NotFound();
        }

        return await cancel.ExecuteAsync(parsed, new Access.ByStaff(member.Actor), reason: null, cancellationToken) switch
        {
            CancelOutcome.Cancelled(_, var repeated) => PageResults.SeeOther($"/hotline/rendez-vous/{parsed}?annule={(repeated ? "deja" : "1")}"),
            CancelOutcome.TooLate => PageResults.SeeOther($"/hotline/rendez-vous/{parsed}?tard=1"),
            CancelOutcome.NotFound => pages.NotFound(),
            CancelOutcome.Invalid => pages.Refused(),
            _ => pages.Busy(),
        };
    }, cancellationToken);

    [Function("HotlineMovePage")]
    public Task<IResult> AskMoveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "hotline/rendez-vous/{reference}/deplacer")] HttpRequest request,
        string reference, CancellationToken cancellationToken) => WithAppointmentAsync(request, reference, async (appointment, view) =>
            view.Card.MayMove
            && await choices.FindAsync(
                appointment, view, Query.Date(request, "du"), Query.Number(request, "lieux", SlotsView.ManyPlaces, SlotsView.AllPlaces), notice: null, cancellationToken)
                is { } choice
                ? pages.ShowPrivate<MovePage, MoveView>(choice)
                : PageResults.SeeOther(view.Address), cancellationToken);

    [Function("HotlineSubmitMovePage")]
    public Task<IResult> MoveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "hotline/rendez-vous/{reference}/deplacer")] HttpRequest request,
        string reference, CancellationToken cancellationToken) => staff.RunAsync(request, "/hotline", member => member.MayUseHotline, async member =>
    {
        if (await PostedForm.ReadAsync(request, settings, cancellationToken) is not { } form || !SlotValue.TryParse(form["creneau"], out var slot))
        {
            return pages.Refused();
        }

        if (!AppointmentReference.TryParse(reference, out var parsed)
            || await appointments.FindForStaffAsync(reference, member.Actor, cancellationToken) is not var (appointment, view))
        {
            return pages.NotFound();
        }

        if (view.Card.IsSeat)
        {
            return PageResults.SeeOther(view.Address);
        }

        return await move.ExecuteAsync(MoveForm.Read(form, parsed, new Access.ByStaff(member.Actor), slot), cancellationToken) switch
        {
            MoveOutcome.Moved => PageResults.SeeOther(view.Address + "?deplace=1"),
            MoveOutcome.TooLate => PageResults.SeeOther(view.Address + "?tard=1"),
            MoveOutcome.NotFound => pages.NotFound(),
            var refused when MoveForm.Notice(refused) is { } notice
                && await choices.FindAsync(appointment, view, slot.Start.Date, SlotsView.ManyPlaces, notice, cancellationToken) is { } again =>
                pages.ShowPrivate<MovePage, MoveView>(again, StatusCodes.Status409Conflict),
            _ => pages.Busy(),
        };
    }, cancellationToken);

    [Function("HotlineSubmitResendPage")]
    public Task<IResult> ResendAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "hotline/rendez-vous/{reference}/renvoyer")] HttpRequest request,
        string reference, CancellationToken cancellationToken) => staff.RunAsync(request, "/hotline", member => member.MayUseHotline, async member =>
    {
        if (await PostedForm.ReadAsync(request, settings, cancellationToken) is null)
        {
            return pages.Refused();
        }

        if (!AppointmentReference.TryParse(reference, out var parsed))
        {
            return pages.NotFound();
        }

        return (await resend.ExecuteAsync(parsed, member.Actor, cancellationToken)).Match(
            resent => PageResults.SeeOther($"/hotline/rendez-vous/{parsed}?renvoye={(resent.ByCall ? "appel" : "1")}"),
            refusal => refusal switch
            {
                Refusal.TooMany => PageResults.SeeOther($"/hotline/rendez-vous/{parsed}?renvoye=deja"),
                Refusal.TooLate => PageResults.SeeOther($"/hotline/rendez-vous/{parsed}?tard=1"),
                _ => pages.NotFound(),
            });
    }, cancellationToken);

    private Task<IResult> WithAppointmentAsync(
        HttpRequest request, string reference, Func<Appointment, ManageView, Task<IResult>> show, CancellationToken cancellationToken) =>
        staff.RunAsync(request, "/hotline", member => member.MayUseHotline, async member =>
            await appointments.FindForStaffAsync(reference, member.Actor, cancellationToken) is var (appointment, view)
                ? await show(appointment, view)
                : pages.NotFound(), cancellationToken);
}
