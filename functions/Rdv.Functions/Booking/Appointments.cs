using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Booking;
using Rdv.Functions.Http;

namespace Rdv.Functions.Booking;

/// <summary>What anyone may do: book, and with the key of an appointment, see, cancel and move it.</summary>
public sealed class Appointments(
    BookAppointment book, FindAppointment find, CancelAppointment cancel, MoveAppointment move, SendLinkAgain sendLink, BookingAnswers answers, KeyCalls keys, Limits limits)
{
    [Function("BookAppointment")]
    public Task<IResult> BookAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/appointments")] HttpRequest request, CancellationToken cancellationToken) =>
        Answer.OrProblem(() => ApiCalls.WithIdentityAsync<BookBody>(request, "book", async (body, territory, identity) => await answers.OfAsync(
            await book.ExecuteAsync(body.ToRequest(territory, Actor.Citizen, identity), cancellationToken), forStaff: false, cancellationToken), cancellationToken));

    [Function("GetAppointment")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/appointments/{reference}")] HttpRequest request,
        string reference,
        CancellationToken cancellationToken) => keys.RunAsync(request, async () =>
            await find.ExecuteAsync(reference, new Access.ByKey(request.Query["key"]), cancellationToken) is { } appointment
                ? Json.Ok(await answers.ViewAsync(appointment, forStaff: false, cancellationToken))
                : null);

    [Function("CancelAppointment")]
    public Task<IResult> CancelAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/appointments/{reference}/cancel")] HttpRequest request,
        string reference,
        CancellationToken cancellationToken) => keys.RunAsync(request, async () =>
    {
        var (body, problem) = await JsonBody.ReadAsync<CancelBody>(request, cancellationToken);
        if (body is null || !AppointmentReference.TryParse(reference, out var parsed))
        {
            return problem;
        }

        var cancelled = await cancel.ExecuteAsync(parsed, new Access.ByKey(body.Key), body.Reason, cancellationToken);
        return cancelled.Refusal is Refusal.NotFound ? null : await answers.OfAsync(cancelled.Map(done => done.Appointment), forStaff: false, cancellationToken);
    });

    [Function("MoveAppointment")]
    public Task<IResult> MoveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/appointments/{reference}/move")] HttpRequest request,
        string reference,
        CancellationToken cancellationToken) => keys.RunAsync(request, async () =>
    {
        var (body, problem) = await JsonBody.ReadAsync<MoveBody>(request, cancellationToken);
        if (body is null || !AppointmentReference.TryParse(reference, out var parsed))
        {
            return problem;
        }

        var moved = await move.ExecuteAsync(body.ToRequest(parsed, new Access.ByKey(body.Key)), cancellationToken);
        return moved.Refusal is Refusal.NotFound ? null : await answers.OfAsync(moved.Map(done => done.Appointment), forStaff: false, cancellationToken);
    });

    [Function("SendLinkAgain")]
    public Task<IResult> SendLinkAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/appointments/{reference}/link")] HttpRequest request,
        string reference,
        CancellationToken cancellationToken) => Answer.OrProblem(async () =>
    {
        var (body, problem) = await JsonBody.ReadAsync<LinkBody>(request, cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        // Every call counts as a guess: nothing in the answer tells a right one.
        using var attempt = await limits.TryKeyAsync(request);
        if (attempt is null)
        {
            return Problems.TooMany();
        }

        attempt.Wrong();
        if (AppointmentReference.TryParse(reference, out var parsed))
        {
            await sendLink.ExecuteAsync(parsed, body.Phone, cancellationToken);
        }

        return TypedResults.StatusCode(StatusCodes.Status202Accepted);
    });
}
