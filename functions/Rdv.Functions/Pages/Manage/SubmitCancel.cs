using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Rdv.Functions.Pages.Manage;

public sealed class SubmitCancel(ManageFlow flow, FormPages forms)
{
    [Function("SubmitCancelPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "r/{reference}/{key}/annuler")] HttpRequest request,
        string reference, string key, CancellationToken cancellationToken) =>
        forms.RunByKeyAsync(request, reference, key, (form, managed) => flow.CancelAsync(form, managed, cancellationToken), cancellationToken);
}
