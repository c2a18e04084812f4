using Microsoft.AspNetCore.Http;
using NodaTime;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Functions.Http;

namespace Rdv.Functions.Booking;

/// <summary>Shows what became of an appointment, to citizens and to staff alike.</summary>
public sealed class BookingAnswers(IAppointmentStore appointments, ITerritoryDirectories directories, RdvSettings settings, Links links, StaffViews staffViews, IClock clock)
{
    public Task<IResult> OfAsync(Result<Booked> result, bool forStaff, CancellationToken cancellationToken) => result.ToHttpAsync(async booked => Json.Created(
        await ChangedAsync(booked.Appointment, forStaff, cancellationToken), $"/api/appointments/{booked.Appointment.Reference}", booked.Repeated));

    public Task<IResult> OfAsync(Result<Appointment> result, bool forStaff, CancellationToken cancellationToken) =>
        result.ToHttpAsync<Appointment>(async appointment => Json.Ok(await ChangedAsync(appointment, forStaff, cancellationToken)));

    /// <summary>After a change: that it cannot be shown does not mean that nothing was done. The same request again finds out.</summary>
    /// <exception cref="UnknownOutcomeException">What was written could not be shown.</exception>
    public async Task<object> ChangedAsync(Appointment appointment, bool forStaff, CancellationToken cancellationToken)
    {
        try
        {
            return await ViewAsync(appointment, forStaff, cancellationToken);
        }
        catch (StorageUnavailableException exception)
        {
            throw new UnknownOutcomeException("What was written could not be shown.", exception);
        }
    }

    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<object> ViewAsync(Appointment appointment, bool forStaff, CancellationToken cancellationToken) => forStaff
        ? await staffViews.OfAsync(appointment, cancellationToken)
        : AppointmentView.Of(
            appointment,
            await directories.GetAsync(appointment.Territory, cancellationToken),
            settings,
            links,
            clock.GetCurrentInstant(),
            await StaffViews.EnrolledAsync(appointments, appointment, cancellationToken));
}
