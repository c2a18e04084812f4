using NodaTime;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Pages.Manage;
using Rdv.Pages.Shared;

namespace Rdv.Functions.Pages.Manage;

/// <summary>Puts together what the pages behind a link show.</summary>
public sealed class ManagedAppointments(FindAppointment find, ITerritoryDirectories directories, Links links, IClock clock)
{
    /// <returns>Null when there is none, or the key is wrong.</returns>
    public async Task<(Appointment Appointment, ManageView View)?> FindAsync(string reference, string key, CancellationToken cancellationToken) =>
        await find.ExecuteAsync(reference, new Access.ByKey(key), cancellationToken) is { } appointment
            ? (appointment, ManageView.ByKey(await CardAsync(appointment, cancellationToken), links.KeyOf(appointment)))
            : null;

    /// <returns>Null when there is none.</returns>
    public async Task<(Appointment Appointment, ManageView View)?> FindForStaffAsync(string reference, Actor by, CancellationToken cancellationToken) =>
        await find.ExecuteAsync(reference, new Access.ByStaff(by), cancellationToken) is { } appointment
            ? (appointment, ManageView.ByStaff(await CardAsync(appointment, cancellationToken)))
            : null;

    public async Task<AppointmentCard> CardAsync(Appointment appointment, CancellationToken cancellationToken) =>
        AppointmentCard.Of(appointment, await directories.GetAsync(appointment.Territory, cancellationToken), clock.GetCurrentInstant());
}
