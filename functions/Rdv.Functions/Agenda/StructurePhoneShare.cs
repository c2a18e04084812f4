using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Agenda;
using Rdv.Functions.Http;
using Rdv.Functions.Staff;

namespace Rdv.Functions.Agenda;

/// <summary>The hours that a structure keeps for those who telephone.</summary>
public sealed class StructurePhoneShare(ChangePhoneShare change, StructureStaff staff)
{
    [Function("PutPhoneShare")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/structures/{territory}/{id}/phone-share")] HttpRequest request,
        string territory,
        string id,
        CancellationToken cancellationToken) => staff.RunAsync<PhoneShareBody>(request, territory, id, async (body, where, structure) =>
            (await body.Read().ThenAsync(share => change.ExecuteAsync(where, structure, share, cancellationToken)))
            .ToHttp(changed => Json.Ok(new { changed.PhoneShare })), cancellationToken);
}
