using Microsoft.AspNetCore.Http;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Functions.Agenda;
using Rdv.Functions.Http;
using Rdv.Territories;

namespace Rdv.Functions.Booking;

/// <summary>Maps the outcomes of booking, cancelling and moving to answers, for citizens and for staff alike.</summary>
public sealed class BookingAnswers(ITerritoryDirectories directories, RdvSettings settings, Links links, StaffViews staffViews)
{
    public async Task<IResult> OfAsync(BookOutcome outcome, Territory territory, bool forStaff, CancellationToken cancellationToken) => outcome switch
    {
        BookOutcome.Booked booked => Json.Created(
            await ViewAsync(booked.Appointment, forStaff, cancellationToken), $"/api/appointments/{booked.Appointment.Reference}", booked.Repeated),
        BookOutcome.SlotTaken taken => Problems.SlotTaken(SlotView.Of(taken.Alternatives, territory)),
        BookOutcome.Invalid invalid => Problems.Invalid(invalid.Errors),
        BookOutcome.IdempotencyMismatch => Problems.IdempotencyMismatch(),
        BookOutcome.TooMany => Problems.TooMany(retryAfterSeconds: 3600),
        BookOutcome.Busy => Problems.Busy(),
        _ => throw new InvalidOperationException("An outcome without an answer."),
    };

    public async Task<IResult> OfAsync(CancelOutcome outcome, bool forStaff, CancellationToken cancellationToken) => outcome switch
    {
        CancelOutcome.Cancelled cancelled => Json.Ok(await ViewAsync(cancelled.Appointment, forStaff, cancellationToken)),
        CancelOutcome.NotFound => Problems.NotFound(),
        CancelOutcome.TooLate => Problems.TooLate(),
        CancelOutcome.Stale => Problems.Stale(),
        CancelOutcome.Invalid invalid => Problems.Invalid(invalid.Errors),
        CancelOutcome.Busy => Problems.Busy(),
        _ => throw new InvalidOperationException("An outcome without an answer."),
    };

    public async Task<IResult> OfAsync(MoveOutcome outcome, Territory territory, bool forStaff, CancellationToken cancellationToken) => outcome switch
    {
        MoveOutcome.Moved moved => Json.Ok(await ViewAsync(moved.Appointment, forStaff, cancellationToken)),
        MoveOutcome.SlotTaken taken => Problems.SlotTaken(SlotView.Of(taken.Alternatives, territory)),
        MoveOutcome.NotFound => Problems.NotFound(),
        MoveOutcome.TooLate => Problems.TooLate(),
        MoveOutcome.Stale => Problems.Stale(),
        MoveOutcome.Invalid invalid => Problems.Invalid(invalid.Errors),
        MoveOutcome.Busy => Problems.Busy(),
        _ => throw new InvalidOperationException("An outcome without an answer."),
    };

    public async Task<object> ViewAsync(Appointment appointment, bool forStaff, CancellationToken cancellationToken) => forStaff
        ? await staffViews.OfAsync(appointment, cancellationToken)
        : AppointmentView.Of(appointment, await directories.GetAsync(appointment.Territory, cancellationToken), settings, links);
}
