using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Functions.Agenda;
using Rdv.Functions.Booking;
using Rdv.Functions.Http;
using Rdv.Territories;
using Rdv.Waiting;

namespace Rdv.Functions.Waiting;

/// <summary>What anyone may do when nothing is free: ask to be called, and with the key of the link, take what is offered or wait no more.</summary>
public sealed class CallbackRequests(
    AskToBeCalled ask,
    FindWaiting find,
    ClaimOffer claim,
    LeaveWaitingList leave,
    ITerritoryDirectories directories,
    BookingAnswers answers,
    KeyCalls keys,
    RdvSettings settings)
{
    [Function("AskToBeCalled")]
    public Task<IResult> AskAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/callback-requests")] HttpRequest request, CancellationToken cancellationToken) =>
        Answer.OrProblem(async () =>
        {
            var (body, problem) = await JsonBody.ReadAsync<CallbackRequestBody>(request, cancellationToken);
            if (body is null)
            {
                return problem!;
            }

            if (!Territory.TryParse(body.Territory, out var territory))
            {
                return Problems.Invalid("territory", "Ce département n'existe pas.");
            }

            var (identity, badKey) = IdempotencyKey.Read(request, "callback|" + territory.Code, body);
            return badKey ?? await ask.ExecuteAsync(body.ToRequest(territory, identity), cancellationToken) switch
            {
                CallbackOutcome.Listed listed => Json.Created(new { Id = listed.Id.ToString() }, $"/api/callback-requests/{listed.Id}", listed.Repeated),
                CallbackOutcome.Invalid invalid => Problems.Invalid(invalid.Errors),
                CallbackOutcome.IdempotencyMismatch => Problems.IdempotencyMismatch(),
                CallbackOutcome.TooMany => Problems.TooMany(retryAfterSeconds: 3600),
                CallbackOutcome.Busy => Problems.Busy(),
                _ => throw new InvalidOperationException("An outcome without an answer."),
            };
        });

    [Function("GetCallbackRequest")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/callback-requests/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => keys.RunAsync(request, async () =>
        WaitingId.TryParse(id, out var parsed)
            ? await find.ExecuteAsync(parsed, new Access.ByKey(request.Query["key"]), cancellationToken) switch
            {
                WaitingFound.Waits(var person, var free) => Json.Ok(
                    CallbackRequestView.Of(person, free, await directories.GetAsync(parsed.Territory, cancellationToken), settings)),
                WaitingFound.Closed => Json.Ok(CallbackRequestView.Closed(parsed, settings)),
                _ => null,
            }
            : null);

    [Function("ClaimOffer")]
    public Task<IResult> ClaimAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/callback-requests/{id}/claim")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => keys.RunAsync(request, async () =>
    {
        var (body, problem) = await JsonBody.ReadAsync<ClaimBody>(request, cancellationToken);
        if (body is null || !WaitingId.TryParse(id, out var parsed))
        {
            return problem;
        }

        var start = Values.ParseInstant(body.Start);
        if (body.Start is not null && start is null)
        {
            return Problems.Invalid("start", "Cette heure ne se lit pas. Exemple : 2026-11-24T09:00:00+01:00.");
        }

        var place = body.PlaceId is null ? (PlaceId?)null : new PlaceId(body.PlaceId);
        return await claim.ExecuteAsync(new ClaimRequest(parsed, new Access.ByKey(body.Key), start, place), cancellationToken) switch
        {
            ClaimOutcome.Booked booked => Json.Created(
                await answers.ViewAsync(booked.Appointment, forStaff: false, cancellationToken),
                $"/api/appointments/{booked.Appointment.Reference}",
                booked.Repeated),
            ClaimOutcome.Gone gone => Problems.SlotTaken(SlotView.Of(gone.Alternatives, parsed.Territory)),
            ClaimOutcome.NoSuchOffer => Problems.Invalid("start", "Cette heure ne vous a pas été proposée."),
            ClaimOutcome.TooMany => Problems.TooMany(retryAfterSeconds: 3600),
            ClaimOutcome.Closed => Problems.TooLate("Cette demande est terminée."),
            ClaimOutcome.Busy => Problems.Busy(),
            _ => null,
        };
    });

    [Function("LeaveWaitingList")]
    public Task<IResult> LeaveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/callback-requests/{id}/cancel")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => keys.RunAsync(request, async () =>
    {
        var (body, problem) = await JsonBody.ReadAsync<KeyBody>(request, cancellationToken);
        if (body is null || !WaitingId.TryParse(id, out var parsed))
        {
            return problem;
        }

        return await leave.ExecuteAsync(parsed, new Access.ByKey(body.Key), cancellationToken) switch
        {
            LeaveListOutcome.Left => Json.Ok(CallbackRequestView.Closed(parsed, settings)),
            LeaveListOutcome.Busy => Problems.Busy(),
            _ => null,
        };
    });
}
