using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Dispatch;
using Rdv.Transactions;
using Rdv.Waiting;

namespace Rdv.Booking;

/// <summary>A move as it is asked for.</summary>
/// <param name="PlaceId">Null for the same place.</param>
/// <param name="AdvisorId">Null for any advisor of the place, the present one first.</param>
/// <param name="Hold">The hold that keeps the new slot, if any.</param>
/// <param name="Except">An advisor who must not keep it: they are away.</param>
/// <param name="Version">When given, the version that the caller saw.</param>
public sealed record MoveRequest(
    AppointmentReference Reference, Access Access, Instant? Start, string? PlaceId, string? AdvisorId, string? Hold, int? Version, AdvisorId? Except = null);

public abstract record MoveOutcome
{
    private MoveOutcome()
    {
    }

    /// <param name="Repeated">It was already there: nothing changed.</param>
    public sealed record Moved(Appointment Appointment, bool Repeated) : MoveOutcome;

    public sealed record SlotTaken(IReadOnlyList<Slot> Alternatives) : MoveOutcome;

    public sealed record NotFound : MoveOutcome;

    /// <summary>It has started, was cancelled, or its outcome is known.</summary>
    public sealed record TooLate(Appointment Appointment) : MoveOutcome;

    /// <summary>Somebody has changed it since the caller saw it.</summary>
    public sealed record Stale(Appointment Appointment) : MoveOutcome;

    public sealed record Invalid(FieldErrors Errors) : MoveOutcome;

    public sealed record Busy : MoveOutcome;
}

/// <summary>Moves an appointment inside its territory: the old time given back and the new one taken in one transaction over both months.</summary>
public sealed class MoveAppointment(
    IAppointmentStore appointments,
    IAgendaStore agenda,
    ITransactions transactions,
    ITerritoryDirectories directories,
    Alternatives alternatives,
    Links links,
    RdvSettings settings,
    IClock clock)
{
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<MoveOutcome> ExecuteAsync(MoveRequest request, CancellationToken cancellationToken)
    {
        var territory = request.Reference.Territory;
        var directory = await directories.GetAsync(territory, cancellationToken);
        var reloaded = false;
        Appointment? tried = null;
        Instant triedAt = default;
        for (var attempt = 1; attempt <= Retries.MaxAttempts; attempt++)
        {
            if (await appointments.ReadAsync(request.Reference, cancellationToken) is not { } stored || !request.Access.Opens(stored.Value, links))
            {
                return new MoveOutcome.NotFound();
            }

            var appointment = stored.Value;
            var now = clock.GetCurrentInstant();
            if (tried is not null && appointment.Version >= tried.Version && await IsMadeAsync(tried, triedAt, request.Access.Actor, cancellationToken))
            {
                // The answer was lost, and somebody may have changed it again since: once more would undo that.
                return new MoveOutcome.Moved(appointment, Repeated: false);
            }

            if (appointment.Status != AppointmentStatus.Booked || appointment.Start <= now)
            {
                return new MoveOutcome.TooLate(appointment);
            }

            if (appointment.Seat is not null)
            {
                return new MoveOutcome.Invalid(FieldErrors.Of(
                    "start", "Une place dans un atelier ne se déplace pas. Annulez-la, puis réservez une autre place."));
            }

            if (IsThere(request, appointment))
            {
                return new MoveOutcome.Moved(appointment, Repeated: attempt == 1);
            }

            if (request.Version is { } version && version != appointment.Version)
            {
                return new MoveOutcome.Stale(appointment);
            }

            var errors = new FieldErrors();
            if (Check(request, appointment, directory, now, errors) is not { } slot || errors.Any)
            {
                return new MoveOutcome.Invalid(errors);
            }

            var only = request.AdvisorId is null ? (AdvisorId?)null : new AdvisorId(request.AdvisorId);
            var offering = Candidates.Offering(directory, slot, only);
            offering.RemoveAll(advisor => advisor.Id == request.Except);
            if (offering.Count == 0 && !reloaded)
            {
                directory = await directories.ReloadAsync(territory, cancellationToken);
                reloaded = true;
                continue;
            }

            HoldToken? hold = HoldToken.TryParse(request.Hold, out var token) && token.Territory == territory && token.Date == slot.Date ? token : null;
            var target = await ChooseAsync(appointment, offering, slot, hold, now, cancellationToken);
            if (target is not var (advisor, month))
            {
                if ((await appointments.ReadAsync(request.Reference, cancellationToken))?.ETag != stored.ETag)
                {
                    // Changed since it was read: what stands in the way may be the appointment itself, moved by this very request sent twice.
                    await Retries.PauseAsync(attempt, cancellationToken);
                    continue;
                }

                // Before saying no: an advisor whose hours were widened elsewhere is in no month that was read.
                if (Candidates.IsOutdated(directory, await agenda.ReadDaysAsync(territory, slot.Date, slot.Date, cancellationToken)))
                {
                    directory = await directories.ReloadAsync(territory, cancellationToken);
                    continue;
                }

                return new MoveOutcome.SlotTaken(await alternatives.NearAsync(
                    territory, slot.Topic, slot.Date.At(DayGrid.TimeOf(slot.StartCell)), slot.Place, cancellationToken));
            }

            if (Candidates.IsOutdated(directory, [month]))
            {
                directory = await directories.ReloadAsync(territory, cancellationToken);
                continue;
            }

            var moved = appointment with
            {
                Version = appointment.Version + 1,
                CitizenVersion = request.Start == appointment.Start && slot.Place == appointment.PlaceId
                    ? appointment.CitizenVersion
                    : appointment.Version + 1,
                Start = request.Start!.Value,
                PlaceId = slot.Place,
                AdvisorId = advisor.Id,
                StructureId = advisor.StructureId,
            };
            var outcome = await transactions.CommitAsync(
                territory,
                [
                    .. await WriteMonthsAsync(appointment, moved, advisor, month, slot, hold, now, cancellationToken),
                    new RowWrite.Replace(moved, stored.ETag),
                    new RowWrite.Put(PhoneEntry.Of(moved)),
                    .. Changes.Rows(moved, ChangeActions.Moved, request.Access.Actor, MessagePlan.ForMove(appointment, moved, now), now),
                    .. moved.AdvisorId != appointment.AdvisorId || moved.Start != appointment.Start ? FreedSlot.Rows(appointment, moved.Version, now) : [],
                ],
                cancellationToken);
            if (outcome == CommitOutcome.Committed)
            {
                return new MoveOutcome.Moved(moved, Repeated: false);
            }

            (tried, triedAt) = (moved, now);

            await Retries.PauseAsync(attempt, cancellationToken);
        }

        return new MoveOutcome.Busy();
    }

    /// <summary>Whether this very move stands in the audit trail: its version, its instant, who made it.</summary>
    private async Task<bool> IsMadeAsync(Appointment moved, Instant at, Actor by, CancellationToken cancellationToken) =>
        (await appointments.ReadHistoryAsync(moved.Reference, cancellationToken)).Changes.Any(change =>
            change.Version == moved.Version && change.Action == ChangeActions.Moved && change.At == at && change.By == by);

    private static bool IsThere(MoveRequest request, Appointment appointment) =>
        request.Start == appointment.Start
        && request.Except != appointment.AdvisorId
        && (request.PlaceId is null || request.PlaceId == appointment.PlaceId.Value)
        && (request.AdvisorId is null || request.AdvisorId == appointment.AdvisorId.Value);

    private WantedSlot? Check(MoveRequest request, Appointment appointment, TerritoryDirectory directory, Instant now, FieldErrors errors)
    {
        if (request.PlaceId is not null && !directory.Places.ContainsKey(new PlaceId(request.PlaceId)))
        {
            errors.Add("placeId", "Ce lieu n'existe pas.");
        }

        if (request.AdvisorId is not null && !directory.Advisors.ContainsKey(new AdvisorId(request.AdvisorId)))
        {
            errors.Add("advisorId", "Ce conseiller n'existe pas.");
        }

        var notice = request.Access.Actor == Actor.Advisor ? Duration.Zero : settings.MinimumNotice;
        StartRules.Check(request.Start, appointment.Territory, notice, settings, now, errors);
        return errors.Any
            ? null
            : StartRules.ToSlot(
                appointment.Territory,
                appointment.Topic,
                appointment.Minutes,
                request.PlaceId is null ? appointment.PlaceId : new PlaceId(request.PlaceId),
                request.Start!.Value,
                errors);
    }

    /// <summary>The held advisor first, then the one that the citizen knows, then the least loaded.</summary>
    private async Task<(Advisor Advisor, AgendaMonth Month)?> ChooseAsync(
        Appointment appointment, List<Advisor> offering, WantedSlot slot, HoldToken? hold, Instant now, CancellationToken cancellationToken)
    {
        // Both are read whole: the present advisor's month is also where the old day is given back.
        AdvisorId[] preferred = hold is null || hold.AdvisorId == appointment.AdvisorId
            ? [appointment.AdvisorId]
            : [hold.AdvisorId, appointment.AdvisorId];
        foreach (var known in preferred.SelectMany(id => offering.Where(advisor => advisor.Id == id)))
        {
            var month = await agenda.ReadMonthAsync(appointment.Territory, known.Id, slot.Month, cancellationToken);
            var ignored = known.Id == appointment.AdvisorId ? appointment.Reference.Code : null;
            if (IsFree(month))
            {
                return (known, month);
            }

            bool IsFree(AgendaMonth candidate)
            {
                var day = candidate.Day(slot.Date);
                day = ignored is null ? day : day.Without(ignored);
                return !day.IsFull && (day.Busy(now, hold?.Id) & slot.Grid).IsEmpty;
            }
        }

        var others = offering.Where(advisor => !preferred.Contains(advisor.Id)).ToList();
        if (others.Count == 0)
        {
            return null;
        }

        var (monday, sunday) = Candidates.WeekOf(slot.Date);
        var months = await agenda.ReadDaysAsync(appointment.Territory, monday, sunday, cancellationToken);
        var free = Candidates.Free(others, months, slot, now, hold?.Id);
        return free.Count == 0 ? null : free[0];
    }

    private async Task<List<RowWrite>> WriteMonthsAsync(
        Appointment before,
        Appointment after,
        Advisor advisor,
        AgendaMonth month,
        WantedSlot slot,
        HoldToken? hold,
        Instant now,
        CancellationToken cancellationToken)
    {
        var code = before.Reference.Code;
        var entry = new AgendaEntry(EntryKind.Appointment, slot.StartCell, slot.CellCount, code, slot.Topic, slot.Place, after.Version);
        var oldDate = before.LocalStart.Date;
        DayAgenda Place(DayAgenda day) => (hold is null ? day : day.WithoutHold(hold.Id)).With(entry, now);

        if (before.AdvisorId == advisor.Id && oldDate.ToYearMonth() == slot.Month)
        {
            // One row holds both days, and a transaction takes each row once.
            var days = new Dictionary<int, DayAgenda> { [oldDate.Day] = month.Day(oldDate).Without(code) };
            days[slot.Date.Day] = Place(days.TryGetValue(slot.Date.Day, out var same) ? same : month.Day(slot.Date));
            return [month.Write(days, advisor.HoursVersion)];
        }

        var old = await agenda.ReadMonthAsync(before.Territory, before.AdvisorId, oldDate.ToYearMonth(), cancellationToken);
        return
        [
            old.Write(new Dictionary<int, DayAgenda> { [oldDate.Day] = old.Day(oldDate).Without(code) }, old.HoursVersion),
            month.Write(new Dictionary<int, DayAgenda> { [slot.Date.Day] = Place(month.Day(slot.Date)) }, advisor.HoursVersion),
        ];
    }
}
