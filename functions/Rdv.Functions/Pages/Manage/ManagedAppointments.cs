using NodaTime;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Pages.Manage;
using Rdv.Pages.Shared;

namespace Rdv.Functions.Pages.Manage;

/// <summary>Opens an appointment for the pages that show and change it.</summary>
public sealed class ManagedAppointments(FindAppointment find, IAppointmentStore appointments, ITerritoryDirectories directories, Links links, IClock clock)
{
    /// <returns>Null when there is none, or the key is wrong.</returns>
    public async Task<Managed?> FindAsync(string reference, Access access, CancellationToken cancellationToken)
    {
        if (await find.ExecuteAsync(reference, access, cancellationToken) is not { } appointment)
        {
            return null;
        }

        var enrolled = appointment.Enrolment is null ? null : await appointments.ReadEnrolmentAsync(appointment, cancellationToken);
        var card = await CardAsync(appointment, cancellationToken, enrolled);
        return new Managed(appointment, access is Access.ByStaff ? ManageView.ByStaff(card) : ManageView.ByKey(card, links.KeyOf(appointment)), access);
    }

    public async Task<AppointmentCard> CardAsync(
        Appointment appointment, CancellationToken cancellationToken, IReadOnlyList<Appointment>? enrolled = null) => AppointmentCard.Of(
            appointment, await directories.GetAsync(appointment.Territory, cancellationToken), clock.GetCurrentInstant(), enrolled);
}
