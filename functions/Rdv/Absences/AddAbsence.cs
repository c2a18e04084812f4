using NodaTime;
using Rdv.Agenda;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Dispatch;
using Rdv.People;
using Rdv.Territories;
using Rdv.Transactions;
using Rdv.Workshops;

namespace Rdv.Absences;

/// <param name="Advisor">One advisor; or the whole structure.</param>
/// <param name="From">Wall time.</param>
/// <param name="To">Wall time, excluded.</param>
public sealed record AbsenceRequest(
    Territory Territory,
    AdvisorId? Advisor,
    StructureId? Structure,
    LocalDateTime? From,
    LocalDateTime? To,
    string? Reason,
    InsideMode Mode,
    RequestIdentity Request);

public abstract record AbsenceOutcome
{
    private AbsenceOutcome()
    {
    }

    public sealed record Added(Absence Absence, bool Repeated) : AbsenceOutcome;

    /// <summary>There are appointments inside, and they were not to be touched.</summary>
    /// <param name="Appointments">Individual ones, and seats in workshops.</param>
    public sealed record AppointmentsInside(IReadOnlyList<AppointmentReference> Appointments, IReadOnlyList<WorkshopId> Workshops) : AbsenceOutcome;

    public sealed record Invalid(FieldErrors Errors) : AbsenceOutcome;

    public sealed record IdempotencyMismatch : AbsenceOutcome;

    public sealed record NotFound : AbsenceOutcome;

    public sealed record Busy : AbsenceOutcome;
}

/// <summary>
/// Closes days or hours of one advisor, or of all of a structure, in one transaction: nobody can book into it from then on. The
/// appointments inside follow, each in its own transaction, by an <see cref="AbsenceOperation"/> that survives a kill.
/// </summary>
public sealed class AddAbsence(
    IAbsenceStore absences,
    IAgendaStore agenda,
    IWorkshopStore workshops,
    ITransactions transactions,
    ITerritoryDirectories directories,
    RunAbsence runAbsence,
    IClock clock)
{
    private const int MaxRows = 100;

    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<AbsenceOutcome> ExecuteAsync(AbsenceRequest request, CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(request.Territory, cancellationToken);
        if (AdvisorsOf(request, directory) is not { Count: > 0 } advisors)
        {
            return new AbsenceOutcome.NotFound();
        }

        var errors = new FieldErrors();
        var absence = Check(request, advisors, errors);
        if (absence is null || errors.Any)
        {
            return new AbsenceOutcome.Invalid(errors);
        }

        for (var attempt = 1; attempt <= Retries.MaxAttempts; attempt++)
        {
            var now = clock.GetCurrentInstant();
            var months = await Task.WhenAll(advisors.SelectMany(
                advisor => Horizon.Months(absence.From.Date, absence.To.Date).Select(month => agenda.ReadMonthAsync(request.Territory, advisor, month, cancellationToken))));
            var inside = Inside(absence, months, now);
            var workshopsInside = WorkshopsInside(absence, months, now);
            if (inside.Count + workshopsInside.Count > 0 && request.Mode == InsideMode.Refuse)
            {
                return await FindRepeatedAsync(absence, cancellationToken) ?? new AbsenceOutcome.AppointmentsInside(inside, workshopsInside);
            }

            if (await CancelAsync(request.Territory, workshopsInside, now, cancellationToken) is not { } cancelled)
            {
                await Retries.PauseAsync(attempt, cancellationToken);
                continue;
            }

            var operation = new AbsenceOperation(request.Territory, absence.Owner, absence.Id, request.Mode, now, inside);
            List<RowWrite> writes =
            [
                .. months.Select(month => Close(absence, month, workshopsInside, now)).OfType<RowWrite>(),
                .. cancelled,
                new RowWrite.Insert(absence),
            ];
            if (inside.Count > 0)
            {
                writes.Add(new RowWrite.Insert(operation));
            }

            if (writes.Count > MaxRows)
            {
                return new AbsenceOutcome.Invalid(FieldErrors.Of("to", "Cette période est trop longue pour autant de conseillers : fermez en plusieurs fois."));
            }

            if (await transactions.CommitAsync(request.Territory, writes, cancellationToken) == CommitOutcome.Committed)
            {
                return new AbsenceOutcome.Added(inside.Count == 0 ? absence : await FollowAsync(operation, absence, cancellationToken), Repeated: false);
            }

            if (await FindRepeatedAsync(absence, cancellationToken) is { } repeated)
            {
                return repeated;
            }

            await Retries.PauseAsync(attempt, cancellationToken);
        }

        return new AbsenceOutcome.Busy();
    }

    /// <returns>The absence with what became of its appointments, as far as it is known now.</returns>
    private async Task<Absence> FollowAsync(AbsenceOperation operation, Absence absence, CancellationToken cancellationToken)
    {
        try
        {
            return await runAbsence.ExecuteAsync(operation, cancellationToken) ?? absence;
        }
        catch (StorageUnavailableException)
        {
            // The days are closed, which "nothing was done" would deny; the operation is taken up again by itself.
            return absence;
        }
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
        return new Absence(request.Territory, owner, "x" + request.Request.Nonce[..16], advisors, from, to, reason, request.Request, [], []);
    }

    private static List<AppointmentReference> Inside(Absence absence, IEnumerable<AgendaMonth> months, Instant now) =>
        [.. EntriesInside(absence, months, now).SelectMany(entry => entry.ReferencesIn(absence.Territory))];

    private static List<WorkshopId> WorkshopsInside(Absence absence, IEnumerable<AgendaMonth> months, Instant now) =>
        [.. EntriesInside(absence, months, now).Where(entry => entry.Kind == EntryKind.Workshop).Select(entry => new WorkshopId(entry.Id))];

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

    /// <summary>
    /// The rows that cancel whole workshops with the absence: nobody can take a seat from then on. Those who have one follow with the
    /// appointments.
    /// </summary>
    /// <returns>Null when one was cancelled between two reads.</returns>
    private async Task<List<RowWrite>?> CancelAsync(
        Territory territory, IReadOnlyList<WorkshopId> inside, Instant now, CancellationToken cancellationToken)
    {
        var writes = new List<RowWrite>();
        foreach (var id in inside)
        {
            if (await workshops.ReadAsync(territory, id, cancellationToken) is not { Value: { IsCancelled: false } workshop, ETag: var etag })
            {
                return null;
            }

            var cancelled = workshop with { IsCancelled = true, Version = workshop.Version + 1 };
            writes.Add(new RowWrite.Replace(cancelled, etag));
            writes.Add(new RowWrite.Insert(WorkshopNews.Of(MessageKinds.InviteCancel, cancelled, now)));
        }

        return writes;
    }

    private static RowWrite? Close(Absence absence, AgendaMonth month, IReadOnlyList<WorkshopId> cancelled, Instant now)
    {
        var days = absence.Days()
            .Where(day => day.Date.ToYearMonth() == month.Month)
            .ToDictionary(day => day.Date.Day, day => Close(absence, month.Day(day.Date), day.FromCell, day.ToCell, cancelled, now));
        return days.Count == 0 ? null : month.Write(days, month.HoursVersion);
    }

    private static DayAgenda Close(Absence absence, DayAgenda day, int fromCell, int toCell, IReadOnlyList<WorkshopId> cancelled, Instant now)
    {
        foreach (var workshop in cancelled.Where(workshop => day.Find(workshop.Value) is not null))
        {
            day = day.Without(workshop.Value) with { Cancelled = day.Cancelled + 1 };
        }

        return day.With(new AgendaEntry(EntryKind.Absence, fromCell, toCell - fromCell, absence.Id), now);
    }

    private async Task<AbsenceOutcome?> FindRepeatedAsync(Absence absence, CancellationToken cancellationToken) =>
        await absences.FindAsync(absence.Territory, absence.Owner, absence.Id, cancellationToken) switch
        {
            null => null,
            var stored when stored.Request == absence.Request => new AbsenceOutcome.Added(stored, Repeated: true),
            _ => new AbsenceOutcome.IdempotencyMismatch(),
        };
}
