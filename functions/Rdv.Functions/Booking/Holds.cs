using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Booking;
using Rdv.Functions.Agenda;
using Rdv.Functions.Http;
using Rdv.Territories;

namespace Rdv.Functions.Booking;

/// <summary>Keeps a slot while a form is filled in, and gives it back.</summary>
public sealed class Holds(HoldSlot holdSlot, HoldCounter counter)
{
    [Function("PlaceHold")]
    public Task<IResult> PlaceAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/holds")] HttpRequest request, CancellationToken cancellationToken) =>
        Answer.OrProblem(async () =>
        {
            var (body, problem) = await JsonBody.ReadAsync<HoldBody>(request, cancellationToken);
            if (body is null)
            {
                return problem!;
            }

            if (!Territory.TryParse(body.Territory, out var territory))
            {
                return Problems.Invalid("territory", "Ce département n'existe pas.");
            }

            var (identity, badKey) = IdempotencyKey.Read(request, "hold|" + territory.Code, body);
            if (badKey is not null)
            {
                return badKey;
            }

            var client = ClientAddress.Of(request);
            if (!counter.MayHold(client))
            {
                return Problems.TooMany();
            }

            var outcome = await holdSlot.ExecuteAsync(
                new HoldRequest(territory, body.Topic, Values.ParseInstant(body.Start), body.PlaceId, body.AdvisorId, identity), cancellationToken);
            if (outcome is HoldOutcome.Held made)
            {
                counter.Held(client, made.Token.ToString(), made.ExpiresAt);
            }

            return outcome switch
            {
                HoldOutcome.Held held => Json.Created(
                    new { Hold = held.Token.ToString(), ExpiresAt = Values.Format(held.ExpiresAt, territory) },
                    $"/api/holds/{held.Token}",
                    held.Repeated),
                HoldOutcome.SlotTaken taken => Problems.SlotTaken(SlotView.Of(taken.Alternatives, territory)),
                HoldOutcome.Invalid invalid => Problems.Invalid(invalid.Errors),
                HoldOutcome.IdempotencyMismatch => Problems.IdempotencyMismatch(),
                HoldOutcome.Busy => Problems.Busy(),
                _ => throw new InvalidOperationException("An outcome without an answer."),
            };
        });

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

        if (!await holdSlot.ReleaseAsync(token, cancellationToken))
        {
            return Problems.Busy();
        }

        counter.Released(hold);
        return TypedResults.NoContent();
    });
}
