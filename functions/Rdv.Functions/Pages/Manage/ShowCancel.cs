using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Rdv.Functions.Pages.Manage;

public sealed class ShowCancel(ManageFlow flow, KeyPages keys)
{
    [Function("CancelPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "r/{reference}/{key}/annuler")] HttpRequest request,
        string reference, string key, CancellationToken cancellationToken) =>
        keys.RunAsync(request, reference, key, managed => Task.FromResult(flow.AskCancel(managed)), cancellationToken);
}
