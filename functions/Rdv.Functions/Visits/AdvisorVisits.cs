using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Booking;
using Rdv.Functions.Booking;
using Rdv.Functions.Http;
using Rdv.Functions.Staff;
using Rdv.Ids;
using Rdv.Visits;

namespace Rdv.Functions.Visits;

/// <summary>What an advisor does with the person who is there.</summary>
public sealed class AdvisorVisits(BookAppointment book, CountVisit countVisit, MarkOutcome markOutcome, BookingAnswers answers, AgendaStaff staff)
{
    /// <summary>For the person who is there: who is not there uses the hotline's calls.</summary>
    [Function("AdvisorBook")]
    public Task<IResult> BookAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/advisors/{territory}/{id}/appointments")] HttpRequest request,
        string territory,
        string id,
        CancellationToken cancellationToken) => staff.RunAsync<VisitBody>(request, territory, id, "visit", async (body, where, advisor, identity) =>
            body.WalkIn == true
                ? (await countVisit.ExecuteAsync(where, advisor, identity, cancellationToken)).ToHttp(View)
                : await body.Read(where, advisor, identity).ToHttpAsync(async asked =>
                    await answers.OfAsync(await book.ExecuteAsync(asked, cancellationToken), forStaff: true, cancellationToken)),
            cancellationToken, may: member => member is StaffMember.Advisor);

    [Function("MarkOutcome")]
    public Task<IResult> OutcomeAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/advisors/{territory}/{id}/appointments/{reference}/outcome")] HttpRequest request,
        string territory,
        string id,
        string reference,
        CancellationToken cancellationToken) => staff.RunAsync<OutcomeBody>(request, territory, id, (body, where, advisor) =>
            body.Read().ToHttpAsync(async kept => AppointmentReference.TryParse(reference, out var parsed) && parsed.Territory == where
                ? await MarkAsync(parsed, advisor, kept, cancellationToken)
                : Problems.NotFound()), cancellationToken);

    private async Task<IResult> MarkAsync(AppointmentReference reference, AdvisorId advisor, bool kept, CancellationToken cancellationToken) =>
        await answers.OfAsync(await markOutcome.ExecuteAsync(reference, advisor, kept, cancellationToken), forStaff: true, cancellationToken);

    private static IResult View(VisitCounted counted) =>
        Json.Created(new { WalkIn = true, Date = Values.Format(counted.Date), counted.WalkIns }, location: null, counted.Repeated);
}
