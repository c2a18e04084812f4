using NodaTime;
using Rdv.Agenda;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Dispatch;
using Rdv.People;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Workshops;

public abstract record ChangeWorkshopOutcome
{
    private ChangeWorkshopOutcome()
    {
    }

    /// <param name="Told">How many have a seat, and are told.</param>
    /// <param name="Repeated">It was so already: nothing changed.</param>
    public sealed record Changed(Workshop Workshop, int Told, bool Repeated) : ChangeWorkshopOutcome;

    public sealed record NotFound : ChangeWorkshopOutcome;

    /// <summary>It has started; or, for a move, it was cancelled.</summary>
    public sealed record TooLate : ChangeWorkshopOutcome;

    /// <summary>The advisor has something else then.</summary>
    public sealed record Overlap : ChangeWorkshopOutcome;

    public sealed record Invalid(FieldErrors Errors) : ChangeWorkshopOutcome;

    public sealed record Busy : ChangeWorkshopOutcome;
}

/// <summary>
/// Cancels or moves a whole workshop. The agenda, the workshop and the list of those to tell change in one transaction; each of these
/// follows in one of its own, by an operation that survives a kill.
/// </summary>
public sealed class ChangeWorkshop(
    IWorkshopStore workshops,
    IAgendaStore agenda,
    ITransactions transactions,
    ITerritoryDirectories directories,
    WorkshopRules rules,
    RunWorkshop runWorkshop,
    IClock clock)
{
    /// <param name="advisor">Whose workshop it has to be.</param>
    /// <param name="reason">Up to 500 characters, kept with each appointment.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public Task<ChangeWorkshopOutcome> CancelAsync(
        Territory territory, AdvisorId advisor, WorkshopId id, string? reason, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var checkedReason = PeopleForm.CheckText(reason, "reason", PeopleForm.MaxText, errors);
        return errors.Any
            ? Task.FromResult<ChangeWorkshopOutcome>(new ChangeWorkshopOutcome.Invalid(errors))
            : ChangeAsync(territory, advisor, id, checkedReason, workshop => workshop with { IsCancelled = true }, cancellationToken);
    }

    /// <param name="advisor">Whose workshop it has to be.</param>
    /// <param name="placeId">Null for the same place.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<ChangeWorkshopOutcome> MoveAsync(
        Territory territory, AdvisorId advisor, WorkshopId id, Instant? start, string? placeId, CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(territory, cancellationToken);
        if (!directory.Advisors.TryGetValue(advisor, out var known)
            || await workshops.ReadAsync(territory, id, cancellationToken) is not { Value: var planned }
            || planned.AdvisorId != advisor)
        {
            return new ChangeWorkshopOutcome.NotFound();
        }

        if (start == planned.Start && (placeId is null || placeId == planned.PlaceId.Value))
        {
            return new ChangeWorkshopOutcome.Changed(planned, 0, Repeated: true);
        }

        var errors = new FieldErrors();
        rules.Check(territory, known, start, planned.Minutes, placeId ?? planned.PlaceId.Value, directory, errors);
        return errors.Any
            ? new ChangeWorkshopOutcome.Invalid(errors)
            : await ChangeAsync(
                territory,
                advisor,
                id,
                null,
                workshop => workshop with { Start = start!.Value, PlaceId = placeId is null ? workshop.PlaceId : new PlaceId(placeId) },
                cancellationToken);
    }

    private async Task<ChangeWorkshopOutcome> ChangeAsync(
        Territory territory, AdvisorId advisor, WorkshopId id, string? reason, Func<Workshop, Workshop> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Retries.MaxAttempts; attempt++)
        {
            if (await workshops.ReadAsync(territory, id, cancellationToken) is not { Value: var before, ETag: var etag } || before.AdvisorId != advisor)
            {
                return new ChangeWorkshopOutcome.NotFound();
            }

            var after = change(before);
            if (after == before)
            {
                return new ChangeWorkshopOutcome.Changed(before, 0, Repeated: attempt == 1);
            }

            var now = clock.GetCurrentInstant();
            if (before.IsCancelled || before.Start <= now)
            {
                return new ChangeWorkshopOutcome.TooLate();
            }

            after = after with { Version = before.Version + 1 };
            var old = await agenda.ReadMonthAsync(territory, advisor, before.Date.ToYearMonth(), cancellationToken);
            if (old.Day(before.Date).Find(id.Value) is not { Seats: { } seats } entry || entry.Version != before.Version)
            {
                // It changed between the two reads.
                await Retries.PauseAsync(attempt, cancellationToken);
                continue;
            }

            if (await DaysAsync(before, after, seats.Codes, old, now, cancellationToken) is not { } days)
            {
                return new ChangeWorkshopOutcome.Overlap();
            }

            var operation = new WorkshopOperation(territory, id, after.Version, reason, now, [.. entry.ReferencesIn(territory)]);
            var outcome = await transactions.CommitAsync(
                territory,
                [
                    .. days,
                    new RowWrite.Replace(after, etag),
                    new RowWrite.Insert(operation),
                    new RowWrite.Insert(WorkshopNews.Of(after.IsCancelled ? MessageKinds.InviteCancel : MessageKinds.InviteUpdate, after, now)),
                    .. after.IsCancelled ? [] : WorkshopNews.Day(after, now),
                ],
                cancellationToken);
            if (outcome == CommitOutcome.Committed)
            {
                await FollowAsync(operation, cancellationToken);
                return new ChangeWorkshopOutcome.Changed(after, operation.Appointments.Count, Repeated: false);
            }

            await Retries.PauseAsync(attempt, cancellationToken);
        }

        return new ChangeWorkshopOutcome.Busy();
    }

    private async Task FollowAsync(WorkshopOperation operation, CancellationToken cancellationToken)
    {
        try
        {
            await runWorkshop.ExecuteAsync(operation, cancellationToken);
        }
        catch (StorageUnavailableException)
        {
            // The workshop is changed, which "nothing was done" would deny; the operation is taken up again by itself.
        }
    }

    /// <returns>Null when there is no room for it.</returns>
    private async Task<IReadOnlyList<RowWrite>?> DaysAsync(
        Workshop before, Workshop after, IEnumerable<string> codes, AgendaMonth old, Instant now, CancellationToken cancellationToken)
    {
        var left = old.Day(before.Date).Without(before.Id.Value);
        if (after.IsCancelled)
        {
            return [Write(old, new() { [before.Date.Day] = left with { Cancelled = left.Cancelled + 1 } })];
        }

        var entry = after.ToEntry(codes);
        var sameMonth = after.Date.ToYearMonth() == old.Month;
        var month = sameMonth
            ? old
            : await agenda.ReadMonthAsync(after.Territory, after.AdvisorId, after.Date.ToYearMonth(), cancellationToken);
        var target = after.Date == before.Date ? left : month.Day(after.Date);
        if (!WorkshopRules.Fits(target, entry, now))
        {
            return null;
        }

        // One row holds both days of a month, and a transaction takes each row once.
        var placed = target.With(entry, now);
        return sameMonth
            ? [Write(old, new() { [before.Date.Day] = left, [after.Date.Day] = placed })]
            : [Write(old, new() { [before.Date.Day] = left }), Write(month, new() { [after.Date.Day] = placed })];
    }

    private static RowWrite Write(AgendaMonth month, Dictionary<int, DayAgenda> days) => month.Write(days, month.HoursVersion);
}
