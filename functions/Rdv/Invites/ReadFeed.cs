using NodaTime;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Ids;

namespace Rdv.Invites;

/// <summary>An advisor's calendar, for a program that subscribes to it. It completes the invites; it does not replace them.</summary>
public sealed class ReadFeed(
    FeedTokens tokens,
    IAgendaStore agenda,
    IAppointmentStore appointments,
    ReadWorkshop readWorkshop,
    ITerritoryDirectories directories,
    CalendarEvents events,
    RdvSettings settings,
    IClock clock)
{
    private const int PastDays = 30;
    private const int AtOnce = 8;

    /// <returns>Null when the token is not one of ours, or its advisor is gone.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<string?> ExecuteAsync(string? token, CancellationToken cancellationToken)
    {
        if (!tokens.TryParse(token, out var territory, out var id))
        {
            return null;
        }

        var directory = await directories.GetAsync(territory, cancellationToken);
        if (!directory.Advisors.TryGetValue(id, out var advisor) || advisor.ForgottenAt is not null)
        {
            return null;
        }

        var today = clock.GetCurrentInstant().InZone(territory.Zone).Date;
        var (from, to) = (today.PlusDays(-PastDays), today.PlusDays(settings.HorizonDays));
        var months = new List<YearMonth>();
        for (var month = from.ToYearMonth(); month.CompareTo(to.ToYearMonth()) <= 0; month = month.PlusMonths(1))
        {
            months.Add(month);
        }

        var read = await Task.WhenAll(months.Select(month => agenda.ReadMonthAsync(territory, id, month, cancellationToken)));
        var entries = read
            .SelectMany(month => month.Days.Where(day => month.Month.OnDayOfMonth(day.Key) is var date && date >= from && date <= to))
            .SelectMany(day => day.Value.Entries)
            .ToList();
        var references = entries
            .Select(entry => entry.ReferenceIn(territory))
            .OfType<AppointmentReference>()
            .ToList();
        var found = new Appointment?[references.Count];
        await Parallel.ForAsync(
            0,
            references.Count,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (i, cancel) => found[i] = (await appointments.ReadAsync(references[i], cancel))?.Value);

        var workshops = await Task.WhenAll(entries
            .Where(entry => entry.Kind == EntryKind.Workshop)
            .Select(entry => readWorkshop.ExecuteAsync(territory, new WorkshopId(entry.Id), cancellationToken)));

        // One that moved to a colleague between the two reads is theirs.
        return events.Feed(
            found.OfType<Appointment>().Where(appointment => appointment.AdvisorId == id), workshops.OfType<WorkshopWithSeats>(), directory, advisor);
    }
}
