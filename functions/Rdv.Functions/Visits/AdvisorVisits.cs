using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Booking;
using Rdv.Functions.Booking;
using Rdv.Functions.Http;
using Rdv.Functions.Staff;
using Rdv.Visits;

namespace Rdv.Functions.Visits;

/// <summary>The body of a follow-up, or of a visit without an appointment (<c>walkIn: true</c>, the rest is not needed).</summary>
public sealed record VisitBody(
    string? Topic, string? Start, string? PlaceId, string? AdvisorId, string? Hold, CitizenBody? Citizen, HelperBody? Helper, string? Note, bool? WalkIn, string? WorkshopId);

/// <summary>What came of an appointment: <c>kept</c> or <c>missed</c>.</summary>
public sealed record OutcomeBody(string? Outcome);

/// <summary>What an advisor does with the person who is there.</summary>
public sealed class AdvisorVisits(BookAppointment book, CountVisit countVisit, MarkOutcome markOutcome, BookingAnswers answers, AgendaStaff staff)
{
    [Function("AdvisorBook")]
    public Task<IResult> BookAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/advisors/{territory}/{id}/appointments")] HttpRequest request,
        string territory,
        string id,
        CancellationToken cancellationToken) => staff.RunAsync(request, territory, id, async (member, where, advisor) =>
    {
        // For the person who is there: who is not there uses the hotline's calls.
        if (member is not StaffMember.Advisor)
        {
            return Problems.Forbidden();
        }

        var (body, problem) = await JsonBody.ReadAsync<VisitBody>(request, cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        var (identity, badKey) = IdempotencyKey.Read(request, $"visit|{where}|{advisor}", body);
        if (badKey is not null)
        {
            return badKey;
        }

        if (body.WalkIn == true)
        {
            return await countVisit.ExecuteAsync(where, advisor, identity, cancellationToken) switch
            {
                VisitOutcome.Counted counted => Json.Created(
                    new { WalkIn = true, Date = Values.Format(counted.Date), counted.WalkIns }, location: null, counted.Repeated),
                VisitOutcome.NotFound => Problems.NotFound(),
                _ => Problems.Busy(),
            };
        }

        // The body may name the advisor again, and nobody else: who was let in is who gets the appointment.
        if (body.AdvisorId is not null && body.AdvisorId != advisor.Value)
        {
            return Problems.Forbidden();
        }

        var asked = new BookBody(where.Code, body.Topic, body.Start, body.PlaceId, advisor.Value, body.Hold, body.Citizen, body.Helper, body.Note, body.WorkshopId);
        return await answers.OfAsync(
            await book.ExecuteAsync(asked.ToRequest(where, Actor.Advisor, identity) with { OnlyWith = advisor }, cancellationToken), forStaff: true, cancellationToken);
    }, cancellationToken);

    [Function("MarkOutcome")]
    public Task<IResult> OutcomeAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/advisors/{territory}/{id}/appointments/{reference}/outcome")] HttpRequest request,
        string territory,
        string id,
        string reference,
        CancellationToken cancellationToken) => staff.RunAsync(request, territory, id, async (_, where, advisor) =>
    {
        var (body, problem) = await JsonBody.ReadAsync<OutcomeBody>(request, cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        if (body.Outcome is not ("kept" or "missed"))
        {
            return Problems.Invalid("outcome", "Dites si la personne est venue : kept ou missed.");
        }

        if (!AppointmentReference.TryParse(reference, out var parsed) || parsed.Territory != where)
        {
            return Problems.NotFound();
        }

        return await answers.OfAsync(
            await markOutcome.ExecuteAsync(parsed, advisor, body.Outcome == "kept", cancellationToken), forStaff: true, cancellationToken);
    }, cancellationToken);
}
