using NodaTime;
using Rdv.Appointments;
using Rdv.People;
using Rdv.Territories;
using Rdv.Workshops;

namespace Rdv.Waiting;

/// <summary>What someone on the list waits for.</summary>
/// <param name="Has">The appointment that they would give for an earlier one; null when they have none.</param>
/// <param name="Workshop">In which they wait for a seat; null for who waits for an hour of an advisor.</param>
public sealed record Standing(Appointment? Has, Workshop? Workshop = null)
{
    /// <summary>Another hour of the same day is not earlier: nobody is disturbed for it.</summary>
    public bool IsHelpedBy(Instant start, Territory territory) =>
        Has is null || start.InZone(territory.Zone).Date < Has.LocalStart.Date;
}

/// <summary>
/// Tells whether someone on the list still waits. Who has found a time by themselves, or has given up the appointment that was to be earlier, is
/// not called, nor offered anything.
/// </summary>
public sealed class StillWaiting(IAppointmentStore appointments, IWorkshopStore workshops, Links links, IClock clock)
{
    /// <summary>
    /// For who has an appointment, one point read. For a seat, one of the workshop, or of each session of its course. Else, and then, one query for each live key, and a point read for each appointment to come of that number.
    /// </summary>
    /// <returns>Null when they wait no more.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Standing?> FindAsync(WaitingPerson person, CancellationToken cancellationToken)
    {
        if (person.InPlaceOf is { } reference)
        {
            return await appointments.ReadAsync(reference, cancellationToken) is { Value: { Status: AppointmentStatus.Booked } had }
                && had.Start > clock.GetCurrentInstant()
                    ? new Standing(had)
                    : null;
        }

        var workshop = person.Workshop is { } id ? await workshops.ReadWaitedAsync(person.Territory, id, clock.GetCurrentInstant(), cancellationToken) : null;
        if (person.Workshop is not null && (workshop is null or { IsCancelled: true } || workshop.Start <= clock.GetCurrentInstant()))
        {
            return null;
        }

        return await HasBookedAsync(person, workshop, cancellationToken) ? null : new Standing(Has: null, workshop);
    }

    private async Task<bool> HasBookedAsync(WaitingPerson person, Workshop? workshop, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        foreach (var index in links.IndexesOf(person.Citizen.Phone))
        {
            foreach (var entry in await appointments.FindByPhoneAsync(person.Territory, index, cancellationToken))
            {
                if (!entry.Cancelled && entry.Start > now
                    && await appointments.ReadAsync(entry.Reference, cancellationToken) is { Value: var appointment }
                    && IsTheirs(appointment, person, workshop))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // A couple often shares one number: the name counts too. Who writes it otherwise hears of one slot too many, which harms nobody.
    private static bool IsTheirs(Appointment appointment, WaitingPerson person, Workshop? workshop) =>
        appointment.CreatedAt >= person.CreatedAt
        && (workshop is not null ? appointment.Seat?.Id == workshop.Id : appointment.Topic == person.Topic)
        && Spelling.Same(appointment.Citizen.Name, person.Citizen.Name);
}
