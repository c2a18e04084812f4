using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Appointments;
using Rdv.Ids;
using Rdv.Waiting;

namespace Rdv.Functions.Pages.Manage;

/// <summary>Puts someone on the waiting list for an earlier time than the one that they have.</summary>
public sealed class SubmitEarlier(AskForEarlier earlier, Links links, FormPages forms, PageResults pages)
{
    [Function("SubmitEarlierPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "r/{reference}/{key}/plus-tot")] HttpRequest request,
        string reference, string key, CancellationToken cancellationToken) => forms.RunByKeyAsync(request, reference, key, async (_, managed) =>
        (await earlier.ExecuteAsync(managed.Appointment.Reference, managed.Access, cancellationToken)).Match(
            listed => PageResults.SeeOther(WaitingLink.PathOf(listed.Id, links.KeyOf(listed.Id.Subject, listed.LinkSecret)) + "?nouveau=1"),
            refusal => refusal is Refusal.TooLate ? PageResults.SeeOther(managed.View.Address + "?tard=1") : pages.Of(refusal)), cancellationToken);
}
