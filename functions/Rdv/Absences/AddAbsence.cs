using NodaTime;
using Rdv.Agenda;
using Rdv.Chores;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.People;
using Rdv.Territories;
using Rdv.Transactions;
using Rdv.Workshops;

namespace Rdv.Absences;

/// <param name="Advisor">One advisor; or the whole structure.</param>
/// <param name="From">Wall time.</param>
/// <param name="To">Wall time, excluded.</param>
/// <param name="Colleague">The only one who may take over what is inside; null for any who is free.</param>
public sealed record AbsenceRequest(
    Territory Territory,
    AdvisorId? Advisor,
    StructureId? Structure,
    LocalDateTime? From,
    LocalDateTime? To,
    string? Reason,
    InsideMode Mode,
    RequestIdentity Request,
    AdvisorId? Colleague = null);

/// <param name="Absence">With what became of the appointments inside, as far as it is known now.</param>
/// <param name="Repeated">This very request had been answered before.</param>
public sealed record AbsenceAdded(Absence Absence, bool Repeated);

/// <summary>
/// Closes days or hours of one advisor, or of all of a structure, in one transaction: nobody can book into it from then on. The
/// appointments inside follow, each in its own transaction, by a chore that survives a kill.
/// </summary>
public sealed class AddAbsence(
    IAbsenceStore absences,
    IAgendaStore agenda,
    IWorkshopStore workshops,
    Writer writer,
    ITerritoryDirectories directories,
    RunAbsence runAbsence,
    IClock clock)
{
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<AbsenceAdded>> ExecuteAsync(AbsenceRequest request, CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(request.Territory, cancellationToken);
        if (AdvisorsOf(request, directory) is not { Count: > 0 } advisors)
        {
            return new Refusal.NotFound();
        }

        var errors = new FieldErrors();
        var absence = Check(request, advisors, errors);
        CheckColleague(request, advisors, directory, errors);
        if (absence is null || errors.Any)
        {
            return new Refusal.Invalid(errors);
        }

        var closed = await writer.WriteAsync<Closed>(
            request.Territory, token => DecideAsync(absence, request.Mode, request.Colleague, clock.GetCurrentInstant(), token), cancellationToken);
        if (closed.Succeeded(out var done) && done.Chore is { } chore)
        {
            await runAbsence.RunNowAsync(chore, cancellationToken);
            return new AbsenceAdded(await FindAsync(absence, cancellationToken) ?? absence, Repeated: false);
        }

        return closed.Map(value => new AbsenceAdded(value.Absence, value.Repeated));
    }

    private async Task<Decision<Closed>> DecideAsync(
        Absence absence, InsideMode mode, AdvisorId? colleague, Instant now, CancellationToken cancellationToken)
    {
        if (await absences.FindAsync(absence.Territory, absence.Owner, absence.Id, cancellationToken) is { Value: var stored })
        {
            return stored.Request == absence.Request ? new Closed(stored, null, Repeated: true) : new Refusal.IdempotencyMismatch();
        }

        var months = await Task.WhenAll(absence.Advisors.SelectMany(advisor => Horizon.Months(absence.From.Date, absence.To.Date)
            .Select(month => agenda.ReadMonthAsync(absence.Territory, advisor, month, cancellationToken))));
        var entries = EntriesInside(absence, months, now).ToList();
        if (await StayingAsync(absence, entries, now, cancellationToken) is not { } staying)
        {
            return new Decision<Closed>.ReadAgain();
        }

        // A workshop of which the other advisor is there stands in nobody's way.
        var kept = staying.Workshops.Select(id => id.Value).ToHashSet();
        entries.RemoveAll(entry => entry.Kind == EntryKind.Workshop && kept.Contains(entry.Id));
        var appointments = entries.SelectMany(entry => entry.ReferencesIn(absence.Territory)).ToList();
        var workshopsInside = entries.Where(entry => entry.Kind == EntryKind.Workshop).Select(entry => new WorkshopId(entry.Id)).Distinct().ToList();
        if (mode == InsideMode.Refuse && entries.Any(entry => entry.Kind is EntryKind.Appointment or EntryKind.Workshop))
        {
            return new Refusal.AppointmentsInside(appointments, workshopsInside);
        }

        var closed = months
            .Select(month => (Month: month, Days: Close(absence, month, workshopsInside, staying.Workshops, now)))
            .Where(one => one.Days.Count > 0)
            .ToList();
        if (closed.Exists(one => one.Days.Values.Any(day => day.Entries.Length > DayAgenda.MaxEntries)))
        {
            return new Refusal.Invalid("from", "Trop d'absences se suivent déjà un de ces jours : rouvrez-en d'abord une.");
        }

        var chore = appointments.Count == 0 ? null : AbsenceChore.Of(absence, mode, colleague, appointments, now);
        List<RowWrite> rows =
        [
            new RowWrite.Insert(absence),
            .. closed.Select(one => one.Month.Write(one.Days, one.Month.HoursVersion)),
            .. staying.Rows,
            .. await CancelAsync(absence.Territory, workshopsInside, now, cancellationToken),
            .. chore is null ? [] : new RowWrite[] { new RowWrite.Insert(chore) },
        ];

        // To take it back is one transaction too: the absence, the months, and the chore that offers what is opened.
        return Math.Max(rows.Count, closed.Count + 2) > ITransactions.MaxRows || appointments.Count > AbsenceChore.MaxAppointments
            ? new Refusal.Invalid("to", "Cette période est trop longue pour autant de conseillers : fermez en plusieurs fois.")
            : new Decision<Closed>.Write(rows, new Closed(absence, chore, Repeated: false));
    }

    private static IReadOnlyList<AdvisorId>? AdvisorsOf(AbsenceRequest request, TerritoryDirectory directory) => request switch
    {
        { Advisor: { } advisor } => directory.Advisors.ContainsKey(advisor) ? [advisor] : null,
        { Structure: { } structure } => [.. directory.AdvisorsOf(structure).Select(advisor => advisor.Id)],
        _ => null,
    };

    private static Absence? Check(AbsenceRequest request, IReadOnlyList<AdvisorId> advisors, FieldErrors errors)
    {
        var reason = PeopleForm.CheckText(request.Reason, "reason", PeopleForm.MaxText, errors);
        if (request.From is not { } from)
        {
            errors.Add("from", "Indiquez le début.");
            return null;
        }

        if (request.To is not { } to)
        {
            errors.Add("to", "Indiquez la fin.");
            return null;
        }

        if (to <= from)
        {
            errors.Add("to", "La fin doit venir après le début.");
        }
        else if (Period.DaysBetween(from.Date, to.Date) > Absence.MaxDays)
        {
            errors.Add("to", "Une absence dure un an au plus.");
        }

        var owner = request.Advisor is { } advisor ? AbsenceOwner.Of(advisor) : AbsenceOwner.Of(request.Structure!.Value);
        return new Absence(request.Territory, owner, Subject.AbsenceLetter + request.Request.Nonce[..16], advisors, from, to, reason, request.Request, [], []);
    }

    private static void CheckColleague(AbsenceRequest request, IReadOnlyList<AdvisorId> advisors, TerritoryDirectory directory, FieldErrors errors)
    {
        if (request.Colleague is not { } colleague)
        {
            return;
        }

        if (request.Mode != InsideMode.Reassign)
        {
            errors.Add("colleague", "Un collègue ne se choisit que pour lui confier les rendez-vous.");
        }
        else if (!directory.Advisors.ContainsKey(colleague))
        {
            errors.Add("colleague", "Ce conseiller n'existe pas.");
        }
        else if (advisors.Contains(colleague))
        {
            errors.Add("colleague", "Ce conseiller est absent lui aussi. Choisissez-en un autre.");
        }
    }

    /// <summary>What the absence lies over. What has begun cannot be undone; it stays as it was.</summary>
    private static IEnumerable<AgendaEntry> EntriesInside(Absence absence, IEnumerable<AgendaMonth> months, Instant now)
    {
        var days = absence.Days().ToDictionary(day => day.Date, day => DayGrid.Range(day.FromCell, day.ToCell));
        return months
            .SelectMany(month => month.Days, (month, day) => (Date: month.Month.OnDayOfMonth(day.Key), day.Value.Entries))
            .Where(day => days.ContainsKey(day.Date))
            .SelectMany(day => day.Entries.Where(entry => !(entry.Grid & days[day.Date]).IsEmpty
                && day.Date.At(DayGrid.TimeOf(entry.StartCell)).InZoneLeniently(absence.Territory.Zone).ToInstant() > now));
    }

    /// <summary>Workshops of which one advisor is away and the other is there: it goes on with the other, and the seats with it.</summary>
    /// <returns>Null when one has changed between two reads.</returns>
    private async Task<(IReadOnlyList<WorkshopId> Workshops, IReadOnlyList<RowWrite> Rows)?> StayingAsync(
        Absence absence, IReadOnlyList<AgendaEntry> entries, Instant now, CancellationToken cancellationToken)
    {
        var staying = new List<WorkshopId>();
        var rows = new List<RowWrite>();
        var draft = new AgendaDraft(agenda, absence.Territory);
        foreach (var entry in entries.Where(entry => entry.Kind == EntryKind.Workshop).DistinctBy(entry => entry.Id))
        {
            if (await workshops.ReadAsync(absence.Territory, new WorkshopId(entry.Id), cancellationToken) is not { Value: { CoAdvisorId: not null } workshop, ETag: var etag }
                || workshop.Advisors.Except(absence.Advisors).ToList() is not [var other])
            {
                continue;
            }

            if (workshop.IsCancelled || entry.Version != workshop.Version)
            {
                return null;
            }

            var away = workshop.Advisors.Single(advisor => advisor != other);
            var (_, day) = await draft.DayAsync(other, workshop.Date, cancellationToken);
            if (day.Find(entry.Id) is not { Seats: { } seats } theirs)
            {
                return null;
            }

            var alone = workshop with { AdvisorId = other, CoAdvisorId = null, Version = workshop.Version + 1 };
            var held = (away == workshop.AdvisorId ? entry.Seats! : seats) with { Lead = null };
            draft.Put(other, workshop.Date, day.Replacing(theirs with { Version = alone.Version, Seats = held }));
            staying.Add(workshop.Id);
            rows.AddRange([new RowWrite.Replace(alone, etag), .. WorkshopNews.Left(alone, away, now)]);
            if (away == workshop.AdvisorId && held.Taken > 0)
            {
                rows.Add(new RowWrite.Insert(WorkshopChore.Of(alone, reason: null, entry.ReferencesIn(absence.Territory), now)));
            }
        }

        return (staying, [.. rows, .. draft.Rows()]);
    }

    /// <summary>
    /// The rows that cancel whole workshops with the absence: nobody can take a seat from then on. Those who have one follow with the
    /// appointments. One that was cancelled since the month was read needs no row: the month has changed with it.
    /// </summary>
    private async Task<IReadOnlyList<RowWrite>> CancelAsync(
        Territory territory, IReadOnlyList<WorkshopId> inside, Instant now, CancellationToken cancellationToken)
    {
        var writes = new List<RowWrite>();
        foreach (var id in inside)
        {
            if (await workshops.ReadAsync(territory, id, cancellationToken) is { Value: { IsCancelled: false } workshop, ETag: var etag })
            {
                var cancelled = workshop with { IsCancelled = true, Version = workshop.Version + 1 };
                writes.Add(new RowWrite.Replace(cancelled, etag));
                writes.AddRange(WorkshopNews.Of(MessageKinds.InviteCancel, cancelled, now));
            }
        }

        return writes;
    }

    private static Dictionary<int, DayAgenda> Close(
        Absence absence, AgendaMonth month, IReadOnlyList<WorkshopId> cancelled, IReadOnlyList<WorkshopId> left, Instant now) => absence.Days()
        .Where(day => day.Date.ToYearMonth() == month.Month)
        .ToDictionary(day => day.Date.Day, day => Close(absence, month.Day(day.Date), day.FromCell, day.ToCell, cancelled, left, now));

    private static DayAgenda Close(
        Absence absence, DayAgenda day, int fromCell, int toCell, IReadOnlyList<WorkshopId> cancelled, IReadOnlyList<WorkshopId> left, Instant now)
    {
        foreach (var workshop in cancelled)
        {
            if (day.Find(workshop.Value) is { Seats: { } seats })
            {
                day = day.Without(workshop.Value) with { Cancelled = day.Cancelled + (seats.Lead is null ? 1 : 0) };
            }
        }

        day = left.Aggregate(day, (open, workshop) => open.Without(workshop.Value));

        return day.With(new AgendaEntry(EntryKind.Absence, fromCell, toCell - fromCell, absence.Id), now);
    }

    private async Task<Absence?> FindAsync(Absence absence, CancellationToken cancellationToken)
    {
        try
        {
            return (await absences.FindAsync(absence.Territory, absence.Owner, absence.Id, cancellationToken))?.Value;
        }
        catch (StorageUnavailableException)
        {
            // The days are closed, which "nothing was done" would deny.
            return null;
        }
    }

    /// <param name="Chore">Null when nothing is left to do.</param>
    private sealed record Closed(Absence Absence, Chore? Chore, bool Repeated);
}
