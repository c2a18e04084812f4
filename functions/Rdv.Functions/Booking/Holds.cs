using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Booking;
using Rdv.Functions.Http;

namespace Rdv.Functions.Booking;

/// <summary>Keeps a slot while a form is filled in, and gives it back.</summary>
public sealed class Holds(HoldSlot holdSlot, LimitSettings limits)
{
    [Function("PlaceHold")]
    public Task<IResult> PlaceAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/holds")] HttpRequest request, CancellationToken cancellationToken) =>
        Answer.OrProblem(() => ApiCalls.WithIdentityAsync<HoldBody>(request, "hold", async (body, territory, identity) =>
        {
            var result = await holdSlot.ExecuteAsync(
                new HoldRequest(territory, body.Topic, Values.ParseInstant(body.Start), body.PlaceId, body.AdvisorId, identity)
                {
                    Client = limits.Holding(request, limits.HoldsPerClient),
                },
                cancellationToken);
            return result.ToHttp(held => Json.Created(
                new { Hold = held.Token.ToString(), ExpiresAt = Values.Format(held.ExpiresAt, territory) }, $"/api/holds/{held.Token}", held.Repeated));
        }, cancellationToken));

    [Function("ReleaseHold")]
    public Task<IResult> ReleaseAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/holds/{hold}")] HttpRequest request,
        string hold,
        CancellationToken cancellationToken) => Answer.OrProblem(async () =>
    {
        if (!HoldToken.TryParse(hold, out var token))
        {
            return Problems.NotFound();
        }

        await holdSlot.ReleaseAsync(token, cancellationToken, limits.Holding(request, limits.HoldsPerClient));
        return TypedResults.NoContent();
    });
}
