using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Functions.Booking;
using Rdv.Functions.Http;
using Rdv.Functions.Staff;
using Rdv.Functions.Waiting;
using Rdv.Hotline;
using Rdv.Ids;
using Rdv.Waiting;

namespace Rdv.Functions.Hotline;

/// <summary>The body of a search: never an address, so that no number is in one.</summary>
public sealed record SearchBody(string? Phone, string? Territory, string? Reference, string? Date, string? Name)
{
    public Result<CallerSearch> Read()
    {
        if (Territory is not null && !Territories.Territory.TryParse(Territory, out _))
        {
            return new Refusal.Invalid("territory", "Ce département n'existe pas.");
        }

        var date = Values.ParseDay(Date);
        return Date is not null && date is null
            ? new Refusal.Invalid("date", "Ce jour ne se lit pas. Exemple : 2026-11-24.")
            : new CallerSearch(Phone, Territory is null ? null : Territories.Territory.Parse(Territory), Reference, date, Name);
    }
}

/// <summary>What the operator does for a caller.</summary>
public sealed class HotlineAppointments(
    FindAppointments find,
    BookAppointment book,
    CancelAppointment cancel,
    MoveAppointment move,
    ResendMessage resend,
    AskForEarlier earlier,
    BookingAnswers answers,
    StaffViews views,
    StaffOnly staff)
{
    [Function("HotlineSearch")]
    public Task<IResult> SearchAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/hotline/search")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.ForCallerAsync(request, _ => request.WithBodyAsync<SearchBody>(async body =>
            await (await body.Read().ThenAsync(search => find.ExecuteAsync(search, cancellationToken)))
                .ToHttpAsync(found => ShowAsync(request, found, cancellationToken)), cancellationToken), cancellationToken);

    [Function("HotlineBook")]
    public Task<IResult> BookAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/hotline/appointments")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.ForCallerAsync(request, member => request.WithBodyAsync<BookBody>("hotline-book", async (body, territory, identity) => await answers.OfAsync(
            await book.ExecuteAsync(body.ToRequest(territory, member.Actor, identity), cancellationToken), forStaff: true, cancellationToken), cancellationToken), cancellationToken);

    [Function("HotlineCancel")]
    public Task<IResult> CancelAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/hotline/appointments/{reference}/cancel")] HttpRequest request,
        string reference,
        CancellationToken cancellationToken) => staff.ForCallerAsync<CancelBody>(request, reference, async (body, parsed, member) => await answers.OfAsync(
            (await cancel.ExecuteAsync(parsed, new Access.ByStaff(member.Actor), body.Reason, cancellationToken, whole: body.IsWhole)).Map(done => done.Appointment),
            forStaff: true,
            cancellationToken), cancellationToken);

    [Function("HotlineMove")]
    public Task<IResult> MoveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/hotline/appointments/{reference}/move")] HttpRequest request,
        string reference,
        CancellationToken cancellationToken) => staff.ForCallerAsync<MoveBody>(request, reference, async (body, parsed, member) => await answers.OfAsync(
            (await move.ExecuteAsync(body.ToRequest(parsed, new Access.ByStaff(member.Actor)), cancellationToken)).Map(done => done.Appointment),
            forStaff: true,
            cancellationToken), cancellationToken);

    /// <summary>Reads no body: there is nothing to say beside the reference.</summary>
    [Function("HotlineResend")]
    public Task<IResult> ResendAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/hotline/appointments/{reference}/resend")] HttpRequest request,
        string reference,
        CancellationToken cancellationToken) => staff.ForCallerAsync(request, async member =>
            AppointmentReference.TryParse(reference, out var parsed)
                ? await (await resend.ExecuteAsync(parsed, member.Actor, cancellationToken))
                    .ToHttpAsync(async resent => Json.Ok(await answers.ChangedAsync(resent.Appointment, forStaff: true, cancellationToken)))
                : Problems.NotFound(), cancellationToken);

    /// <summary>Reads no body: there is nothing to say beside the reference.</summary>
    [Function("HotlineEarlier")]
    public Task<IResult> AskForEarlierAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/hotline/appointments/{reference}/earlier")] HttpRequest request,
        string reference,
        CancellationToken cancellationToken) => staff.ForCallerAsync(request, async member =>
            AppointmentReference.TryParse(reference, out var parsed)
                ? (await earlier.ExecuteAsync(parsed, new Access.ByStaff(member.Actor), cancellationToken)).ToHttp(ListedView.Created)
                : Problems.NotFound(), cancellationToken);

    private async Task<IResult> ShowAsync(HttpRequest request, CallerAppointments found, CancellationToken cancellationToken)
    {
        InTrouble.Tell(request, found.InTrouble);
        return Json.Ok(new { Appointments = await views.OfAsync(found.Appointments, cancellationToken) });
    }
}
