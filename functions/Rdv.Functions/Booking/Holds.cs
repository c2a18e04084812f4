using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Booking;
using Rdv.Functions.Http;

namespace Rdv.Functions.Booking;

/// <summary>Keeps a slot while a form is filled in, and gives it back.</summary>
public sealed class Holds(HoldSlot holdSlot, HoldCounter counter)
{
    [Function("PlaceHold")]
    public Task<IResult> PlaceAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/holds")] HttpRequest request, CancellationToken cancellationToken) =>
        request.WithBodyAsync<HoldBody>("hold", async (body, territory, identity) => counter.MayHold(ClientAddress.Of(request))
            ? (await holdSlot.ExecuteAsync(body.ToRequest(territory, identity), cancellationToken)).ToHttp(held => Placed(request, held))
            : Problems.TooMany(), cancellationToken);

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

        await holdSlot.ReleaseAsync(token, cancellationToken);
        counter.Released(hold);
        return TypedResults.NoContent();
    }

    private IResult Placed(HttpRequest request, Held held)
    {
        var hold = held.Token.ToString();
        counter.Held(ClientAddress.Of(request), hold, held.ExpiresAt);
        return Json.Created(
            new { Hold = hold, ExpiresAt = Values.Format(held.ExpiresAt, held.Token.Territory) }, $"/api/holds/{hold}", held.Repeated);
    }
}
