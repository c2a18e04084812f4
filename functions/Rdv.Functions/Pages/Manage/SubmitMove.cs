using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Rdv.Functions.Pages.Manage;

public sealed class SubmitMove(ManageFlow flow, FormPages forms)
{
    [Function("SubmitMovePage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "r/{reference}/{key}/deplacer")] HttpRequest request,
        string reference, string key, CancellationToken cancellationToken) =>
        forms.RunByKeyAsync(request, reference, key, (form, managed) => flow.MoveAsync(form, managed, cancellationToken), cancellationToken);
}
