using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Pages.Shared;
using Rdv.Pages.Waiting;
using Rdv.Waiting;

namespace Rdv.Functions.Pages.Waiting;

/// <summary>Nothing suits: asks to be called.</summary>
public sealed class CallbackPages(AskToBeCalled ask, Links links, PageResults pages, RdvSettings settings)
{
    [Function("CallbackPage")]
    public Task<IResult> ShowAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "rappel")] HttpRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(Communes.Find(Query.Text(request, "commune")) is { } commune && Topics.Find(Query.Text(request, "sujet")) is { } topic
            ? pages.ShowPrivate<CallbackPage, CallbackView>(new CallbackView(commune, topic, BookingDraft.DrawNonce(), new PersonForm(), FormErrors.None))
            : PageResults.SeeOther("/"));

    [Function("SubmitCallbackPage")]
    public async Task<IResult> SubmitAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "rappel")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (await PostedForm.ReadAsync(request, settings, cancellationToken) is not { } form
            || Communes.Find(form["commune"]) is not { } commune
            || Topics.Find(form["sujet"]) is not { } topic)
        {
            return pages.Refused();
        }

        return await pages.RunAsync(async () =>
        {
            var person = PersonForm.Read(field => form[field]);
            var nonce = form["jeton"];

            // Who goes back and corrects a letter asks anew: the number was wrong, and nobody could call it.
            var identity = RequestIdentity.Of("page-callback", string.IsNullOrEmpty(nonce) ? null : $"{nonce}|{person.Name?.Trim()}|{person.Phone?.Trim()}", "");
            return await ask.ExecuteAsync(
                new CallbackRequest(commune.Territory, topic.Id, commune.Insee, person.Citizen, person.Note, Actor.Citizen, identity), cancellationToken) switch
            {
                CallbackOutcome.Listed listed => PageResults.SeeOther(
                    WaitingLink.PathOf(listed.Id, links.KeyOf(listed.Id.Subject, listed.LinkSecret)) + "?nouveau=1"),
                CallbackOutcome.Invalid invalid => pages.ShowPrivate<CallbackPage, CallbackView>(
                    new CallbackView(commune, topic, nonce ?? BookingDraft.DrawNonce(), person, FormErrors.Of(invalid.Errors)), StatusCodes.Status400BadRequest),
                CallbackOutcome.TooMany => pages.WaitingTooOften(),
                CallbackOutcome.IdempotencyMismatch => pages.StartAgain(),
                _ => pages.Busy(),
            };
        });
    }
}
