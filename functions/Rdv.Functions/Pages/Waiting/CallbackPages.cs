using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Pages.Shared;
using Rdv.Pages.Waiting;
using Rdv.People;
using Rdv.Waiting;

namespace Rdv.Functions.Pages.Waiting;

/// <summary>Nothing suits: asks to be called.</summary>
public sealed class CallbackPages(AskToBeCalled ask, Links links, PageResults pages, FormPages forms)
{
    [Function("CallbackPage")]
    public Task<IResult> ShowAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "rappel")] HttpRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(Communes.Find(Query.Text(request, "commune")) is { } commune && Topics.Find(Query.Text(request, "sujet")) is { } topic
            ? pages.ShowPrivate<CallbackPage, CallbackView>(new CallbackView(commune, topic, BookingDraft.DrawNonce(), new PersonForm(), FormErrors.None))
            : PageResults.SeeOther("/"));

    [Function("SubmitCallbackPage")]
    public Task<IResult> SubmitAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "rappel")] HttpRequest request, CancellationToken cancellationToken) =>
        forms.RunAsync(request, async form =>
            Communes.Find(form["commune"]) is { } commune && Topics.Find(form["sujet"]) is { } topic ? await AskAsync(form, commune, topic, cancellationToken) : null,
            cancellationToken);

    private async Task<IResult> AskAsync(PostedForm form, Commune commune, Topic topic, CancellationToken cancellationToken)
    {
        var person = PersonForm.Read(field => form[field]);
        var request = CallbackForms.Read(form, "page-callback", commune.Territory, topic.Id, commune.Insee, person, Actor.Citizen);
        return (await ask.ExecuteAsync(request, cancellationToken)).ToPage(
            pages,
            listed => WaitingLink.PathOf(listed.Id, links.KeyOf(listed.Id.Subject, listed.LinkSecret)) + "?nouveau=1",
            errors => pages.ShowPrivate<CallbackPage, CallbackView>(
                new CallbackView(commune, topic, form["jeton"] ?? BookingDraft.DrawNonce(), person, errors) { Means = MeansChoice.Read(form[MeansChoice.Field]) }, StatusCodes.Status400BadRequest));
    }
}
