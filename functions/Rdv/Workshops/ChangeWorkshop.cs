using NodaTime;
using Rdv.Agenda;
using Rdv.Chores;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.People;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Workshops;

/// <param name="Told">How many have a seat, and are told.</param>
/// <param name="Repeated">It was so already: nothing changed.</param>
public sealed record WorkshopChanged(Workshop Workshop, int Told, bool Repeated);

/// <summary>
/// Cancels or moves a whole workshop. The agenda, the workshop and the list of those to tell change in one transaction; each of these
/// follows in one of its own, by a chore that survives a kill.
/// </summary>
public sealed class ChangeWorkshop(
    IWorkshopStore workshops,
    IAgendaStore agenda,
    Writer writer,
    ITerritoryDirectories directories,
    WorkshopRules rules,
    RunWorkshop runWorkshop,
    IClock clock)
{
    /// <param name="advisor">Whose workshop it has to be.</param>
    /// <param name="reason">Up to 500 characters, kept with each appointment.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<WorkshopChanged>> CancelAsync(
        Territory territory, AdvisorId advisor, WorkshopId id, string? reason, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var checkedReason = PeopleForm.CheckText(reason, "reason", PeopleForm.MaxText, errors);
        return errors.Any
            ? new Refusal.Invalid(errors)
            : await ChangeAsync(territory, advisor, id, checkedReason, (workshop, _) => Task.FromResult<Result<Workshop>>(workshop with { IsCancelled = true }), cancellationToken);
    }

    /// <param name="advisor">Whose workshop it has to be.</param>
    /// <param name="placeId">Null for the same place.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public Task<Result<WorkshopChanged>> MoveAsync(
        Territory territory, AdvisorId advisor, WorkshopId id, Instant? start, string? placeId, CancellationToken cancellationToken) =>
        ChangeAsync(territory, advisor, id, reason: null, (workshop, token) => MovedAsync(workshop, start, placeId, token), cancellationToken);

    private async Task<Result<Workshop>> MovedAsync(Workshop workshop, Instant? start, string? placeId, CancellationToken cancellationToken)
    {
        if (start == workshop.Start && (placeId is null || placeId == workshop.PlaceId.Value))
        {
            return workshop;
        }

        var errors = new FieldErrors();
        await rules.CheckAsync(
            workshop.Territory, workshop.AdvisorId, start, workshop.Minutes, placeId ?? workshop.PlaceId.Value, errors, cancellationToken,
            workshop.Session is null ? 0 : Course.MaxDays);
        return errors.Any
            ? new Refusal.Invalid(errors)
            : workshop with { Start = start!.Value, PlaceId = placeId is null ? workshop.PlaceId : new PlaceId(placeId) };
    }

    private async Task<Result<WorkshopChanged>> ChangeAsync(
        Territory territory,
        AdvisorId advisor,
        WorkshopId id,
        string? reason,
        Func<Workshop, CancellationToken, Task<Result<Workshop>>> change,
        CancellationToken cancellationToken)
    {
        if (!(await directories.GetAsync(territory, cancellationToken)).Advisors.ContainsKey(advisor))
        {
            return new Refusal.NotFound();
        }

        var written = await writer.WriteAsync<Written>(
            territory,
            async token =>
            {
                if (await workshops.ReadAsync(territory, id, token) is not { } stored || !stored.Value.IsOf(advisor))
                {
                    return new Refusal.NotFound();
                }

                var changed = await change(stored.Value, token);
                return changed.Succeeded(out var after) ? await DecideAsync(stored, after, reason, token) : changed.Refusal!;
            },
            cancellationToken);
        if (written.Succeeded(out var done) && done.Chore is { } chore)
        {
            await runWorkshop.RunNowAsync(chore, cancellationToken);
        }

        return written.Map(value => value.Change);
    }

    private async Task<Decision<Written>> DecideAsync(Stored<Workshop> stored, Workshop after, string? reason, CancellationToken cancellationToken)
    {
        var before = stored.Value;
        if (after == before)
        {
            return new Written(new WorkshopChanged(before, 0, Repeated: true), null);
        }

        var now = clock.GetCurrentInstant();
        if (before.IsCancelled || before.Start <= now)
        {
            return new Refusal.TooLate();
        }

        var draft = new AgendaDraft(agenda, before.Territory);
        var (_, held) = await draft.DayAsync(before.AdvisorId, before.Date, cancellationToken);
        if (held.Find(before.Id.Value) is not { Seats: { } seats } entry || entry.Version != before.Version)
        {
            // Both are written in one transaction: it changed between the two reads.
            return new Decision<Written>.ReadAgain();
        }

        after = after with { Version = before.Version + 1 };
        if (!await TryPlaceAsync(draft, before, after, seats.Codes, cancellationToken))
        {
            return new Refusal.Overlap(WorkshopRules.NoRoom);
        }

        var seated = entry.ReferencesIn(before.Territory).ToList();
        var chore = seated.Count == 0 ? null : WorkshopChore.Of(after, reason, seated, now);
        return new Decision<Written>.Write(
            [
                new RowWrite.Replace(after, stored.ETag),
                .. draft.Rows(),
                .. WorkshopNews.Of(after.IsCancelled ? MessageKinds.InviteCancel : MessageKinds.InviteUpdate, after, now),
                .. after.IsCancelled ? [] : WorkshopNews.Day(after, now),
                .. chore is null ? [] : new RowWrite[] { new RowWrite.Insert(chore) },
            ],
            new Written(new WorkshopChanged(after, seated.Count, Repeated: false), chore));
    }

    /// <summary>Takes it out of the agendas of its advisors, and puts it where it is now.</summary>
    private async Task<bool> TryPlaceAsync(
        AgendaDraft draft, Workshop before, Workshop after, IReadOnlyList<string> codes, CancellationToken cancellationToken)
    {
        foreach (var advisor in before.Advisors)
        {
            var left = (await draft.DayAsync(advisor, before.Date, cancellationToken)).Day.Without(before.Id.Value);

            // Of two advisors it is one workshop: it is counted where its seats were.
            draft.Put(advisor, before.Date, after.IsCancelled && advisor == before.AdvisorId ? left with { Cancelled = left.Cancelled + 1 } : left);
        }

        return after.IsCancelled || (await rules.PlaceAsync(draft, [after], _ => codes, cancellationToken)).Count == 0;
    }

    /// <param name="Chore">Null when nobody is to be told.</param>
    private sealed record Written(WorkshopChanged Change, Chore? Chore);
}
