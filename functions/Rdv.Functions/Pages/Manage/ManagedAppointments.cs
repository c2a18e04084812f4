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
            ? (appointment, await ShowAsync(appointment, cancellationToken))
            : null;

    private async Task<ManageView> ShowAsync(Appointment appointment, CancellationToken cancellationToken) => new(
        AppointmentCard.Of(appointment, await directories.GetAsync(appointment.Territory, cancellationToken), clock.GetCurrentInstant()),
        links.KeyOf(appointment));
}
