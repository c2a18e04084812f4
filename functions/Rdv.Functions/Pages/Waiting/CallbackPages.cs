using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Functions.Http;
using Rdv.Functions.Pages.Workshops;
using Rdv.Pages.Shared;
using Rdv.Pages.Waiting;
using Rdv.Pages.Workshops;
using Rdv.People;
using Rdv.Waiting;

namespace Rdv.Functions.Pages.Waiting;

/// <summary>Nothing suits: asks to be called, or to be told of a seat in a full workshop.</summary>
public sealed class CallbackPages(AskToBeCalled ask, VisitorQuota visitors, LimitSettings limits, WorkshopChoices workshops, Links links, PageResults pages, FormPages forms)
{
    [Function("CallbackPage")]
    public async Task<IResult> ShowAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "rappel")] HttpRequest request, CancellationToken cancellationToken) =>
        Communes.Find(Query.Text(request, "commune")) is { } commune
        && await ViewAsync(commune, Query.Text(request, "sujet"), Query.Text(request, WorkshopList.Field), cancellationToken) is { } view
            ? pages.ShowPrivate<CallbackPage, CallbackView>(view)
            : PageResults.SeeOther("/");

    [Function("SubmitCallbackPage")]
    public Task<IResult> SubmitAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "rappel")] HttpRequest request, CancellationToken cancellationToken) =>
        forms.RunAsync(request, async form =>
            Communes.Find(form["commune"]) is { } commune && await ViewAsync(commune, form["sujet"], form[WorkshopList.Field], cancellationToken) is { } view
                ? await AskAsync(request, form, view, cancellationToken)
                : null,
            cancellationToken);

    /// <returns>Null when there is no such topic, or no such workshop to come.</returns>
    private async Task<CallbackView?> ViewAsync(Commune commune, string? topic, string? workshop, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(workshop))
        {
            return Topics.Find(topic) is { } known ? new CallbackView(commune, known, BookingDraft.DrawNonce(), new PersonForm(), FormErrors.None) : null;
        }

        return WorkshopChoices.Chosen(await workshops.FindAsync(commune.Territory, cancellationToken), workshop) is { } full && Topics.Find(full.Topic) is { } its
            ? new CallbackView(commune, its, BookingDraft.DrawNonce(), new PersonForm(), FormErrors.None) { Workshop = WorkshopChoices.Waited(full) }
            : null;
    }

    private async Task<IResult> AskAsync(HttpRequest http, PostedForm form, CallbackView view, CancellationToken cancellationToken)
    {
        var person = PersonForm.Read(field => form[field]);
        var request = CallbackForms.Read(
            form, "page-callback", view.Commune.Territory, view.Topic.Id, view.Commune.Insee, person, Actor.Citizen, view.Workshop?.Id);
        return (await visitors.RunAsync(limits.Visitor(http), request.Request, () => ask.ExecuteAsync(request, cancellationToken), cancellationToken)).ToPage(
            pages,
            listed => WaitingLink.PathOf(listed.Id, links.KeyOf(listed.Id.Subject, listed.LinkSecret)) + "?nouveau=1",
            errors => pages.ShowPrivate<CallbackPage, CallbackView>(
                view with { Nonce = form["jeton"] ?? view.Nonce, Form = person, Errors = errors, Wish = Wish.Read(field => form[field]) },
                StatusCodes.Status400BadRequest));
    }
}
