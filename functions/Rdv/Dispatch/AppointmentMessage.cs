using Rdv.Booking;
using Rdv.Directory;

namespace Rdv.Dispatch;

/// <summary>A message about an appointment, with the appointment as it is now.</summary>
public sealed record AppointmentMessage(Recipient Recipient, Appointment Appointment, ITerritoryDirectories Directories)
{
    /// <summary>Null when there is no such appointment.</summary>
    public static async Task<AppointmentMessage?> ReadAsync(
        DueMessage message, IAppointmentStore appointments, ITerritoryDirectories directories, CancellationToken cancellationToken) =>
        message.Subject.Reference is { } reference && await appointments.ReadAsync(reference, cancellationToken) is { Value: var appointment }
            ? new AppointmentMessage(message.Recipient, appointment, directories)
            : null;

    /// <summary>The directory that knows the place and the recipient: read again when another instance has imported them since it was cached.</summary>
    public async Task<TerritoryDirectory> DirectoryAsync(CancellationToken cancellationToken)
    {
        var directory = await Directories.GetAsync(Appointment.Territory, cancellationToken);
        return directory.Places.ContainsKey(Appointment.PlaceId)
            && (Recipient.AdvisorId is not { } advisor || directory.Advisors.ContainsKey(advisor))
                ? directory
                : await Directories.ReloadAsync(Appointment.Territory, cancellationToken);
    }
}
