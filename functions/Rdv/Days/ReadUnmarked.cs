using NodaTime;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Days;

/// <summary>Of whom an advisor has not said yet whether they came, in the last days: a load without these says nothing.</summary>
public sealed class ReadUnmarked(ReadAgenda read, IAgendaStore agenda, IClock clock)
{
    public const int DaysBack = 7;

    /// <summary>How many appointments, a workshop counting once: one query, and no person is read.</summary>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<int> CountAsync(Territory territory, AdvisorId advisor, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant().InZone(territory.Zone).LocalDateTime;
        var from = now.Date.PlusDays(-DaysBack);
        var months = await agenda.ReadDaysAsync(territory, advisor, from, now.Date, cancellationToken);
        return months
            .SelectMany(month => month.Days, (month, day) => (Date: month.Month.OnDayOfMonth(day.Key), day.Value.Entries))
            .Where(day => day.Date >= from && day.Date <= now.Date)
            .SelectMany(day => day.Entries, (day, entry) => (Start: day.Date.At(DayGrid.TimeOf(entry.StartCell)), Entry: entry))
            .Count(one => one.Start <= now && one.Entry.Outcome == EntryOutcome.None
                && (one.Entry.Kind == EntryKind.Appointment || one.Entry is { Kind: EntryKind.Workshop, Seats: { Taken: > 0, Lead: null } }));
    }

    /// <summary>Who, the latest first.</summary>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<IReadOnlyList<Appointment>>> ExecuteAsync(Territory territory, AdvisorId advisor, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var from = now.InZone(territory.Zone).Date.PlusDays(-DaysBack);
        var result = await read.ExecuteAsync(territory, advisor, from, DaysBack + 1, cancellationToken);
        return result.Succeeded(out var found)
            ? found.Lines
                .SelectMany(line => line.Appointment is { } one ? [one] : line.With is null ? line.Attendees ?? [] : [])
                .Where(appointment => appointment.Status == AppointmentStatus.Booked && appointment.Start <= now)
                .OrderByDescending(appointment => appointment.Start)
                .ThenBy(appointment => appointment.Citizen.Name, StringComparer.CurrentCulture)
                .ToList()
            : result.Refusal!;
    }
}
