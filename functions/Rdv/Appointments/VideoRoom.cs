using NodaTime;
using Rdv.Directory;

namespace Rdv.Appointments;

/// <summary>Where an appointment by video takes place: behind the link that its advisor has now, which is told from the day before.</summary>
/// <param name="Link">Null where one does not meet by video, and where the advisor has taken their link away.</param>
/// <param name="IsTold">It is time that the person has it.</param>
public readonly record struct VideoRoom(string? Link, bool IsTold)
{
    /// <summary>The link for the person; null before it is told, and once there is nothing to open.</summary>
    public string? Told => IsTold ? Link : null;

    public static VideoRoom Of(Appointment appointment, TerritoryDirectory directory, Instant now) => new(
        LinkOf(appointment, directory),
        appointment is { Means: Means.Video, Status: AppointmentStatus.Booked } && now >= TellsFrom(appointment));

    public static string? LinkOf(Appointment appointment, TerritoryDirectory directory) =>
        appointment.Means == Means.Video ? directory.Advisors.GetValueOrDefault(appointment.AdvisorId)?.Rules?.VideoLink : null;

    /// <summary>The day before; earlier where the message of the day before is: on the Saturday for a Monday.</summary>
    public static Instant TellsFrom(Appointment appointment)
    {
        var eve = appointment.LocalStart.Date.PlusDays(-1).AtStartOfDayInZone(appointment.Territory.Zone).ToInstant();
        return ReminderTimes.Of(appointment, appointment.CreatedAt).Eve() is { } reminder && reminder < eve ? reminder : eve;
    }
}
