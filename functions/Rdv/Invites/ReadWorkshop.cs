using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Workshops;

namespace Rdv.Invites;

/// <summary>Reads a workshop with those who have a seat in it.</summary>
public sealed class ReadWorkshop(IWorkshopStore workshops, IAgendaStore agenda, IAppointmentStore appointments)
{
    /// <returns>Null when there is no such workshop.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<WorkshopWithSeats?> ExecuteAsync(Territory territory, WorkshopId id, CancellationToken cancellationToken)
    {
        if (await workshops.ReadAsync(territory, id, cancellationToken) is not { Value: var workshop })
        {
            return null;
        }

        if (workshop.IsCancelled)
        {
            return new WorkshopWithSeats(workshop, []);
        }

        var month = await agenda.ReadMonthAsync(territory, workshop.AdvisorId, workshop.Date.ToYearMonth(), cancellationToken);
        var references = month.Day(workshop.Date).Find(id.Value)?.ReferencesIn(territory) ?? [];
        var read = await Task.WhenAll(references.Select(reference => appointments.ReadAsync(reference, cancellationToken)));
        return new WorkshopWithSeats(workshop, [.. read
            .Select(stored => stored?.Value)
            .OfType<Appointment>()
            .OrderBy(appointment => appointment.Citizen.Name, StringComparer.CurrentCulture)
            .ThenBy(appointment => appointment.Reference.Code, StringComparer.Ordinal)]);
    }
}
