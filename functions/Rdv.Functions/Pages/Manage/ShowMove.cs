using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Rdv.Functions.Pages.Manage;

public sealed class ShowMove(ManageFlow flow, KeyPages keys)
{
    [Function("MovePage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "r/{reference}/{key}/deplacer")] HttpRequest request,
        string reference, string key, CancellationToken cancellationToken) =>
        keys.RunAsync(request, reference, key, managed => flow.AskMoveAsync(request, managed, cancellationToken), cancellationToken);
}
