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
        request.WithBodyAsync<HoldBody>("hold", async (body, territory, identity) =>
        {
            var asked = body.ToRequest(territory, identity) with { Client = limits.Holding(request, limits.HoldsPerClient) };
            return (await holdSlot.ExecuteAsync(asked, cancellationToken)).ToHttp(Placed);
        }, cancellationToken);

    [Function("ReleaseHold")]
    public async Task<IResult> ReleaseAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/holds/{hold}")] HttpRequest request,
        string hold,
        CancellationToken cancellationToken)
    {
        if (!HoldToken.TryParse(hold, out var token))
        {
            return Problems.NotFound();
        }

        await holdSlot.ReleaseAsync(token, cancellationToken, limits.Holding(request, limits.HoldsPerClient));
        return TypedResults.NoContent();
    }

    private static IResult Placed(Held held) => Json.Created(
        new { Hold = held.Token.ToString(), ExpiresAt = Values.Format(held.ExpiresAt, held.Token.Territory) }, $"/api/holds/{held.Token}", held.Repeated);
}
