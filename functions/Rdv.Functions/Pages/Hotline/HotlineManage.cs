using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Booking;
using Rdv.Functions.Pages.Manage;
using Rdv.Pages.Hotline;
using Rdv.Pages.Manage;
using Rdv.Waiting;

namespace Rdv.Functions.Pages.Hotline;

/// <summary>Opens, cancels and moves the appointment of a caller, sends its message again, and looks out for an earlier one.</summary>
public sealed class HotlineManage(ManageFlow flow, ResendMessage resend, AskForEarlier earlier, StaffPages staff, FormPages forms, PageResults pages)
{
    [Function("HotlineAppointmentPage")]
    public Task<IResult> ShowAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "hotline/rendez-vous/{reference}")] HttpRequest request,
        string reference, CancellationToken cancellationToken) => staff.ForCallerAsync(request, reference, managed => Task.FromResult(
            pages.ShowPrivate<HotlineAppointmentPage, ManageView>(managed.View with { News = News.Read(request, managed.View) })), cancellationToken);

    [Function("HotlineCardPage")]
    public Task<IResult> ShowCardAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "hotline/rendez-vous/{reference}/carte")] HttpRequest request,
        string reference, CancellationToken cancellationToken) =>
        staff.ForCallerAsync(request, reference, managed => Task.FromResult(pages.ShowPrivate<CardPage, ManageView>(managed.View)), cancellationToken);

    [Function("HotlineCancelPage")]
    public Task<IResult> AskCancelAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "hotline/rendez-vous/{reference}/annuler")] HttpRequest request,
        string reference, CancellationToken cancellationToken) =>
        staff.ForCallerAsync(request, reference, managed => Task.FromResult(flow.AskCancel(managed)), cancellationToken);

    [Function("HotlineSubmitCancelPage")]
    public Task<IResult> CancelAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "hotline/rendez-vous/{reference}/annuler")] HttpRequest request,
        string reference, CancellationToken cancellationToken) =>
        SubmitAsync(request, reference, (form, managed) => flow.CancelAsync(form, managed, cancellationToken), cancellationToken);

    [Function("HotlineMovePage")]
    public Task<IResult> AskMoveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "hotline/rendez-vous/{reference}/deplacer")] HttpRequest request,
        string reference, CancellationToken cancellationToken) =>
        staff.ForCallerAsync(request, reference, managed => flow.AskMoveAsync(request, managed, cancellationToken), cancellationToken);

    [Function("HotlineSubmitMovePage")]
    public Task<IResult> MoveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "hotline/rendez-vous/{reference}/deplacer")] HttpRequest request,
        string reference, CancellationToken cancellationToken) =>
        SubmitAsync(request, reference, (form, managed) => flow.MoveAsync(form, managed, cancellationToken), cancellationToken);

    [Function("HotlineSubmitResendPage")]
    public Task<IResult> ResendAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "hotline/rendez-vous/{reference}/renvoyer")] HttpRequest request,
        string reference, CancellationToken cancellationToken) => SubmitAsync(request, reference, async (_, managed) =>
        await resend.ExecuteAsync(managed.Appointment.Reference, managed.Access.Actor, cancellationToken) switch
        {
            { Refusal: null, Value.ByCall: var byCall } => PageResults.SeeOther($"{managed.View.Address}?renvoye={(byCall ? "appel" : "1")}"),
            { Refusal: Refusal.TooMany { RetryAfter: not null } } => PageResults.SeeOther(managed.View.Address + "?renvoye=deja"),
            { Refusal: Refusal.TooLate } => PageResults.SeeOther(managed.View.Address + "?tard=1"),
            var refused => pages.Of(refused.Refusal!),
        }, cancellationToken);

    [Function("HotlineSubmitEarlierPage")]
    public Task<IResult> AskForEarlierAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "hotline/rendez-vous/{reference}/plus-tot")] HttpRequest request,
        string reference, CancellationToken cancellationToken) => SubmitAsync(request, reference, async (_, managed) =>
        (await earlier.ExecuteAsync(managed.Appointment.Reference, managed.Access, cancellationToken)).Match(
            listed => PageResults.SeeOther($"/hotline/attente/{listed.Id}?nouveau=1"),
            refusal => refusal is Refusal.TooLate ? PageResults.SeeOther(managed.View.Address + "?tard=1") : pages.Of(refusal)), cancellationToken);

    private Task<IResult> SubmitAsync(
        HttpRequest request, string reference, Func<PostedForm, Managed, Task<IResult>> submit, CancellationToken cancellationToken) =>
        forms.RunForHotlineAsync(
            request, "/hotline", async (_, form) => await staff.ForCallerAsync(request, reference, managed => submit(form, managed), cancellationToken), cancellationToken);
}
