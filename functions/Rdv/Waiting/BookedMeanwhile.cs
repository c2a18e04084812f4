using NodaTime;
using Rdv.Appointments;
using Rdv.People;

namespace Rdv.Waiting;

/// <summary>Tells whether someone who waits has found a time by themselves: then they are not called, nor offered anything.</summary>
public sealed class BookedMeanwhile(IAppointmentStore appointments, Links links, IClock clock)
{
    /// <summary>One query for each live key, and a point read for each appointment to come of that number.</summary>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<bool> HasAsync(WaitingPerson person, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        foreach (var index in links.IndexesOf(person.Citizen.Phone))
        {
            foreach (var entry in await appointments.FindByPhoneAsync(person.Territory, index, cancellationToken))
            {
                if (!entry.Cancelled && entry.Start > now
                    && await appointments.ReadAsync(entry.Reference, cancellationToken) is { Value: var appointment }
                    && IsTheirs(appointment, person))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // A couple often shares one number: the name counts too. Who writes it otherwise hears of one slot too many, which harms nobody.
    private static bool IsTheirs(Appointment appointment, WaitingPerson person) =>
        appointment.CreatedAt >= person.CreatedAt
        && appointment.Topic == person.Topic
        && Spelling.Same(appointment.Citizen.Name, person.Citizen.Name);
}
