using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Functions.Booking;
using Rdv.Functions.Http;
using Rdv.Ids;
using Rdv.Waiting;

namespace Rdv.Functions.Waiting;

/// <summary>What anyone may do when nothing is free: ask to be called, and with the key of the link, take what is offered or wait no more.</summary>
public sealed class CallbackRequests(
    AskToBeCalled ask,
    VisitorQuota visitors,
    LimitSettings limits,
    AskForEarlier earlier,
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
        request.WithBodyAsync<CallbackRequestBody>(
            "callback",
            async (body, territory, identity) => (await visitors.RunAsync(
                limits.Visitor(request), identity, () => ask.ExecuteAsync(body.ToRequest(territory, identity), cancellationToken), cancellationToken)).ToHttp(ListedView.Created),
            cancellationToken);

    [Function("AskForEarlier")]
    public Task<IResult> AskForEarlierAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/appointments/{reference}/earlier")] HttpRequest request,
        string reference,
        CancellationToken cancellationToken) => keys.RunAsync<KeyBody>(request, reference, async (body, parsed) =>
            (await earlier.ExecuteAsync(parsed, new Access.ByKey(body.Key), cancellationToken)).ToHttpByKey(ListedView.Created), cancellationToken);

    [Function("GetCallbackRequest")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/callback-requests/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => keys.RunAsync(request, async () => WaitingId.TryParse(id, out var person)
            ? await (await find.ExecuteAsync(person, new Access.ByKey(request.Query["key"]), cancellationToken))
                .ToHttpByKeyAsync(async found => Json.Ok(found.Person is { } waits
                    ? CallbackRequestView.Of(waits, found.Free, await directories.GetAsync(person.Territory, cancellationToken), settings)
                    : CallbackRequestView.Closed(person, settings)))
            : null);

    [Function("ClaimOffer")]
    public Task<IResult> ClaimAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/callback-requests/{id}/claim")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => ByKeyAsync<ClaimBody>(request, id, async (person, body) =>
            await (await claim.ExecuteAsync(body.ToRequest(person), cancellationToken))
                .ToHttpByKeyAsync(async claimed => Json.Created(
                    await answers.ChangedAsync(claimed.Appointment, forStaff: false, cancellationToken),
                    $"/api/appointments/{claimed.Appointment.Reference}",
                    claimed.Repeated)),
            cancellationToken);

    [Function("LeaveWaitingList")]
    public Task<IResult> LeaveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/callback-requests/{id}/cancel")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => ByKeyAsync<KeyBody>(request, id, async (person, body) =>
            (await leave.ExecuteAsync(person, new Access.ByKey(body.Key), cancellationToken))
                .ToHttpByKey(left => Json.Ok(CallbackRequestView.Closed(left, settings))),
            cancellationToken);

    /// <param name="run">Null is an unknown id, or a wrong key.</param>
    private Task<IResult> ByKeyAsync<T>(HttpRequest request, string id, Func<WaitingId, T, Task<IResult?>> run, CancellationToken cancellationToken)
        where T : class => keys.RunAsync(request, async () =>
    {
        var (body, problem) = await JsonBody.ReadAsync<T>(request, cancellationToken);
        return body is null ? problem : WaitingId.TryParse(id, out var person) ? await run(person, body) : null;
    });
}
