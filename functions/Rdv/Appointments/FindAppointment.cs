using Rdv.Ids;

namespace Rdv.Appointments;

/// <summary>Reads one appointment for someone who may see it.</summary>
public sealed class FindAppointment(IAppointmentStore appointments, Links links)
{
    /// <returns>Null when there is none, and just the same when the key is wrong: guessing learns nothing.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Appointment?> ExecuteAsync(string? reference, Access access, CancellationToken cancellationToken) =>
        AppointmentReference.TryParse(reference, out var parsed)
        && await appointments.ReadAsync(parsed, cancellationToken) is { Value: var appointment }
        && access.Opens(appointment, links)
            ? appointment
            : null;
}
