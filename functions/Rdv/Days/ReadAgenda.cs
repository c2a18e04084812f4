using NodaTime;
using Rdv.Absences;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.People;
using Rdv.Territories;

namespace Rdv.Days;

/// <summary>One thing in an advisor's agenda, with the person it is about, for staff.</summary>
/// <param name="Start">Wall time in the territory.</param>
/// <param name="Appointment">Of an appointment; null when the entry is something else, or its row could not be found.</param>
/// <param name="Absence">Of an absence of the advisor's own; null when the structure has closed, which only the structure can take back.</param>
/// <param name="Attendees">Those who have a seat in a workshop; empty for anything else.</param>
public sealed record AgendaLine(
    AgendaEntry Entry, LocalDateTime Start, Appointment? Appointment, Absence? Absence = null, IReadOnlyList<Appointment>? Attendees = null)
{
    /// <summary>Of a workshop in which this advisor is the second: who is the first.</summary>
    public AdvisorId? With { get; init; }

    public LocalDateTime End => Start.PlusMinutes(Entry.Minutes);
}

/// <param name="Lines">By time. Holds that have expired are left out.</param>
/// <param name="WalkIns">How many came without an appointment, on the days when someone did.</param>
public sealed record AgendaFound(
    TerritoryDirectory Directory,
    Advisor Advisor,
    LocalDate From,
    int Days,
    IReadOnlyList<AgendaLine> Lines,
    IReadOnlyDictionary<LocalDate, int> WalkIns);

/// <summary>Reads some days of one advisor: their agenda, then the appointments and absences in it, side by side.</summary>
public sealed class ReadAgenda(
    IAgendaStore agenda, IAppointmentStore appointments, IAbsenceStore absences, ITerritoryDirectories directories, IClock clock)
{
    public const int DefaultDays = 7;
    public const int MaxDays = 42;
    private const int ReadsAtOnce = 16;

    /// <param name="from">First day; today when null.</param>
    /// <param name="days">1 to 42.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<AgendaFound>> ExecuteAsync(
        Territory territory, AdvisorId advisorId, LocalDate? from, int days, CancellationToken cancellationToken)
    {
        if (days is < 1 or > MaxDays)
        {
            return new Refusal.Invalid("days", $"Choisissez entre 1 et {MaxDays} jours.");
        }

        var directory = await directories.GetAsync(territory, cancellationToken);
        if (!directory.Advisors.TryGetValue(advisorId, out var advisor))
        {
            return new Refusal.NotFound();
        }

        Acting.Saw(advisorId.In(territory));
        var now = clock.GetCurrentInstant();
        var first = from ?? now.InZone(territory.Zone).Date;
        var last = first.PlusDays(days - 1);
        var months = await agenda.ReadDaysAsync(territory, advisorId, first, last, cancellationToken);
        var read = months
            .SelectMany(month => month.Days, (month, day) => (Date: month.Month.OnDayOfMonth(day.Key), Agenda: day.Value))
            .Where(day => day.Date >= first && day.Date <= last)
            .ToArray();
        var entries = read
            .SelectMany(day => day.Agenda.Entries, (day, entry) => new AgendaLine(entry, day.Date.At(DayGrid.TimeOf(entry.StartCell)), null))
            .Where(line => line.Entry.TakesTime(now))
            .OrderBy(line => line.Start)
            .ToArray();
        var lines = new AgendaLine[entries.Length];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, entries.Length),
            new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken },
            async (index, token) => lines[index] = await CompleteAsync(territory, advisorId, entries[index], token));
        return new AgendaFound(
            directory,
            advisor,
            first,
            days,
            lines,
            read.Where(day => day.Agenda.WalkIns > 0).ToDictionary(day => day.Date, day => day.Agenda.WalkIns));
    }

    private async Task<AgendaLine> CompleteAsync(Territory territory, AdvisorId advisor, AgendaLine line, CancellationToken cancellationToken) => line.Entry.Kind switch
    {
        EntryKind.Appointment when AppointmentReference.TryFromCode(territory, line.Entry.Id, out var reference) =>
            line with { Appointment = (await appointments.ReadAsync(reference, cancellationToken))?.Value },
        EntryKind.Workshop when line.Entry.Seats?.Lead is { } lead => await CompleteSecondAsync(territory, lead, line, cancellationToken),
        EntryKind.Workshop => line with { Attendees = await AttendeesAsync(territory, line.Entry, cancellationToken) },
        EntryKind.Absence => line with { Absence = (await absences.FindAsync(territory, AbsenceOwner.Of(advisor), line.Entry.Id, cancellationToken))?.Value },
        _ => line,
    };

    /// <summary>Of a workshop with a colleague: the seats stand in the colleague's day.</summary>
    private async Task<AgendaLine> CompleteSecondAsync(Territory territory, AdvisorId lead, AgendaLine line, CancellationToken cancellationToken)
    {
        var month = await agenda.ReadMonthAsync(territory, lead, line.Start.Date.ToYearMonth(), cancellationToken);
        var entry = month.Day(line.Start.Date).Find(line.Entry.Id) ?? line.Entry;
        return line with { Entry = entry, With = lead, Attendees = await AttendeesAsync(territory, entry, cancellationToken) };
    }

    private async Task<IReadOnlyList<Appointment>> AttendeesAsync(Territory territory, AgendaEntry workshop, CancellationToken cancellationToken)
    {
        var read = await Task.WhenAll(workshop.ReferencesIn(territory).Select(reference => appointments.ReadAsync(reference, cancellationToken)));
        return [.. read.Select(stored => stored?.Value).OfType<Appointment>()];
    }
}
