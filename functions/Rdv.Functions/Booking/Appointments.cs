using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Functions.Http;
using Rdv.Ids;
using Rdv.People;

namespace Rdv.Functions.Booking;

/// <summary>What anyone may do: book, and with the key of an appointment, see, cancel and move it.</summary>
public sealed class Appointments(
    BookAppointment book,
    VisitorQuota visitors,
    LimitSettings settings,
    FindAppointment find,
    CancelAppointment cancel,
    MoveAppointment move,
    SendLinkAgain sendLink,
    BookingAnswers answers,
    KeyCalls keys,
    Limits limits)
{
    [Function("BookAppointment")]
    public Task<IResult> BookAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/appointments")] HttpRequest request, CancellationToken cancellationToken) =>
        request.WithBodyAsync<BookBody>("book", async (body, territory, identity) => await answers.OfAsync(
            await visitors.RunAsync(
                settings.Visitor(request), identity, () => book.ExecuteAsync(body.ToRequest(territory, Actor.Citizen, identity), cancellationToken), cancellationToken),
            forStaff: false,
            cancellationToken), cancellationToken);

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
        CancellationToken cancellationToken) => keys.RunAsync<CancelBody>(request, reference, async (body, parsed) =>
            await (await cancel.ExecuteAsync(parsed, new Access.ByKey(body.Key), body.Reason, cancellationToken, whole: body.IsWhole))
                .ToHttpByKeyAsync(async done => Json.Ok(await answers.ChangedAsync(done.Appointment, forStaff: false, cancellationToken))), cancellationToken);

    [Function("MoveAppointment")]
    public Task<IResult> MoveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/appointments/{reference}/move")] HttpRequest request,
        string reference,
        CancellationToken cancellationToken) => keys.RunAsync<MoveBody>(request, reference, async (body, parsed) =>
            await (await move.ExecuteAsync(body.ToRequest(parsed, new Access.ByKey(body.Key)), cancellationToken))
                .ToHttpByKeyAsync(async done => Json.Ok(await answers.ChangedAsync(done.Appointment, forStaff: false, cancellationToken))), cancellationToken);

    /// <summary>Every call counts as a guess: nothing in the answer tells a right one.</summary>
    [Function("SendLinkAgain")]
    public Task<IResult> SendLinkAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/appointments/{reference}/link")] HttpRequest request,
        string reference, CancellationToken cancellationToken) => request.WithBodyAsync<LinkBody>(async body =>
        {
            using var attempt = await limits.TryKeyAsync(request);
            if (attempt is null)
            {
                return Problems.TooMany();
            }

            attempt.Wrong();
            await (AppointmentReference.TryParse(reference, out var parsed) ? sendLink.ExecuteAsync(parsed, body.Phone, cancellationToken) : Task.CompletedTask);
            return TypedResults.StatusCode(StatusCodes.Status202Accepted);
        }, cancellationToken);
}
