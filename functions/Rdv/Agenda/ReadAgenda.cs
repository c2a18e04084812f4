using NodaTime;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Territories;

namespace Rdv.Agenda;

/// <summary>One thing in an advisor's agenda, with the person it is about, for staff.</summary>
/// <param name="Start">Wall time in the territory.</param>
/// <param name="Appointment">Of an appointment; null when the entry is something else, or its row could not be found.</param>
public sealed record AgendaLine(AgendaEntry Entry, LocalDateTime Start, Appointment? Appointment)
{
    public LocalDateTime End => Start.PlusMinutes(Entry.Minutes);
}

public abstract record AgendaOutcome
{
    private AgendaOutcome()
    {
    }

    /// <param name="Lines">By time. Holds that have expired are left out.</param>
    public sealed record Found(TerritoryDirectory Directory, Advisor Advisor, LocalDate From, int Days, IReadOnlyList<AgendaLine> Lines) : AgendaOutcome;

    public sealed record NotFound : AgendaOutcome;

    public sealed record Invalid(FieldErrors Errors) : AgendaOutcome;
}

/// <summary>Reads some days of one advisor: their agenda, then the appointments in it, side by side.</summary>
public sealed class ReadAgenda(IAgendaStore agenda, IAppointmentStore appointments, ITerritoryDirectories directories, IClock clock)
{
    public const int DefaultDays = 7;
    public const int MaxDays = 42;
    private const int ReadsAtOnce = 16;

    /// <param name="from">First day; today when null.</param>
    /// <param name="days">1 to 42.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<AgendaOutcome> ExecuteAsync(
        Territory territory, AdvisorId advisorId, LocalDate? from, int days, CancellationToken cancellationToken)
    {
        if (days is < 1 or > MaxDays)
        {
            return new AgendaOutcome.Invalid(FieldErrors.Of("days", $"Choisissez entre 1 et {MaxDays} jours."));
        }

        var directory = await directories.GetAsync(territory, cancellationToken);
        if (!directory.Advisors.TryGetValue(advisorId, out var advisor))
        {
            return new AgendaOutcome.NotFound();
        }

        var now = clock.GetCurrentInstant();
        var first = from ?? now.InZone(territory.Zone).Date;
        var last = first.PlusDays(days - 1);
        var months = await agenda.ReadDaysAsync(territory, advisorId, first, last, cancellationToken);
        var entries = months
            .SelectMany(month => month.Days, (month, day) => (Date: month.Month.OnDayOfMonth(day.Key), Agenda: day.Value))
            .Where(day => day.Date >= first && day.Date <= last)
            .SelectMany(day => day.Agenda.Entries, (day, entry) => (Entry: entry, Start: day.Date.At(DayGrid.TimeOf(entry.StartCell))))
            .Where(line => line.Entry.TakesTime(now))
            .OrderBy(line => line.Start)
            .ToArray();
        var lines = new AgendaLine[entries.Length];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, entries.Length),
            new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken },
            async (index, token) => lines[index] = new AgendaLine(
                entries[index].Entry,
                entries[index].Start,
                entries[index].Entry.Kind == EntryKind.Appointment
                    && AppointmentReference.TryFromCode(territory, entries[index].Entry.Id, out var reference)
                    ? (await appointments.ReadAsync(reference, token))?.Value
                    : null));
        return new AgendaOutcome.Found(directory, advisor, first, days, lines);
    }
}
