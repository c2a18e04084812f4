using NodaTime;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Days;

/// <summary>Who comes today, for the desk at the door: no numbers.</summary>
public sealed record Arrival(LocalDateTime Start, AppointmentReference Reference, string Name, Advisor Advisor, Place? Place, AppointmentStatus Status);

/// <param name="Arrivals">By time.</param>
public sealed record ArrivalsFound(IReadOnlyList<Arrival> Arrivals);

/// <summary>Today's appointments of a structure.</summary>
public sealed class ReadArrivals(IAgendaStore agenda, IAppointmentStore appointments, ITerritoryDirectories directories, IClock clock)
{
    private const int ReadsAtOnce = 16;

    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<ArrivalsFound>> ExecuteAsync(Territory territory, StructureId structure, CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(territory, cancellationToken);
        if (!directory.Structures.ContainsKey(structure))
        {
            return new Refusal.NotFound();
        }

        var today = clock.GetCurrentInstant().InZone(territory.Zone).Date;
        var advisors = directory.AdvisorsOf(structure).ToDictionary(advisor => advisor.Id);
        var references = (await agenda.ReadDaysAsync(territory, today, today, cancellationToken))
            .Where(month => advisors.ContainsKey(month.AdvisorId))
            .SelectMany(month => month.Day(today).Entries)
            .SelectMany(entry => entry.ReferencesIn(territory))
            .ToArray();
        var found = new Appointment?[references.Length];
        await Parallel.ForAsync(
            0,
            references.Length,
            new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken },
            async (i, token) => found[i] = (await appointments.ReadAsync(references[i], token))?.Value);
        return new ArrivalsFound([.. found.OfType<Appointment>()
            // Who is called does not come to the desk.
            .Where(appointment => advisors.ContainsKey(appointment.AdvisorId) && appointment.Means == Means.Place)
            .OrderBy(appointment => appointment.Start)
            .Select(appointment => new Arrival(
                appointment.LocalStart,
                appointment.Reference,
                appointment.Citizen.Name,
                advisors[appointment.AdvisorId],
                directory.Places.GetValueOrDefault(appointment.PlaceId),
                appointment.Status))]);
    }
}
