namespace Rdv.Appointments;

/// <summary>Reads what was booked with an appointment: the other sessions of its course.</summary>
public static class ReadEnrolment
{
    /// <summary>A point read for each other session, all at once; none for an appointment that was booked alone.</summary>
    /// <returns>With the appointment itself, by time.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public static async Task<IReadOnlyList<Stored<Appointment>>> ReadEnrolmentAsync(
        this IAppointmentStore appointments, Stored<Appointment> stored, CancellationToken cancellationToken)
    {
        var appointment = stored.Value;
        var others = appointment.Enrolment?.References(appointment.Territory).Where(reference => reference != appointment.Reference) ?? [];
        var read = await Task.WhenAll(others.Select(reference => appointments.ReadAsync(reference, cancellationToken)));
        return [.. read.OfType<Stored<Appointment>>().Append(stored).OrderBy(one => one.Value.Start)];
    }

    /// <inheritdoc cref="ReadEnrolmentAsync(IAppointmentStore, Stored{Appointment}, CancellationToken)"/>
    public static async Task<IReadOnlyList<Appointment>> ReadEnrolmentAsync(
        this IAppointmentStore appointments, Appointment appointment, CancellationToken cancellationToken) =>
        [.. (await appointments.ReadEnrolmentAsync(new Stored<Appointment>(appointment, ""), cancellationToken)).Select(stored => stored.Value)];
}
