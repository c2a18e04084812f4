using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Booking;

/// <summary>A slot to keep while a form is filled in.</summary>
public sealed record HoldRequest(
    Territory Territory, string? Topic, Instant? Start, string? PlaceId, string? AdvisorId, RequestIdentity Request);

public abstract record HoldOutcome
{
    private HoldOutcome()
    {
    }

    public sealed record Held(HoldToken Token, Instant ExpiresAt, bool Repeated) : HoldOutcome;

    public sealed record SlotTaken(IReadOnlyList<Slot> Alternatives) : HoldOutcome;

    public sealed record Invalid(FieldErrors Errors) : HoldOutcome;

    /// <summary>The same key came with another slot of that day.</summary>
    public sealed record IdempotencyMismatch : HoldOutcome;

    public sealed record Busy : HoldOutcome;
}

/// <summary>Keeps a slot for some minutes. It expires by itself: nobody has to clean up.</summary>
public sealed class HoldSlot(
    IAgendaStore agenda,
    ITransactions transactions,
    ITerritoryDirectories directories,
    Alternatives alternatives,
    RdvSettings settings,
    IClock clock)
{
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<HoldOutcome> ExecuteAsync(HoldRequest request, CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(request.Territory, cancellationToken);
        var errors = new FieldErrors();
        if (Check(request, directory, errors) is not { } slot || errors.Any)
        {
            return new HoldOutcome.Invalid(errors);
        }

        // The id comes from the request, so that the same request finds its own hold.
        var id = "h" + request.Request.Nonce[..16];
        var only = request.AdvisorId is null ? (AdvisorId?)null : new AdvisorId(request.AdvisorId);
        for (var attempt = 1; attempt <= Retries.MaxAttempts; attempt++)
        {
            var offering = Candidates.Offering(directory, slot, only);
            IReadOnlyList<AgendaMonth> months = offering.Count switch
            {
                0 => [],
                1 => [await agenda.ReadMonthAsync(request.Territory, offering[0].Id, slot.Month, cancellationToken)],
                _ => await agenda.ReadDaysAsync(request.Territory, Candidates.WeekOf(slot.Date).Monday, Candidates.WeekOf(slot.Date).Sunday, cancellationToken),
            };
            if (Candidates.IsOutdated(directory, months))
            {
                // Somebody who wrote to the agenda knew newer opening hours.
                directory = await directories.ReloadAsync(request.Territory, cancellationToken);
                continue;
            }

            var now = clock.GetCurrentInstant();
            var own = months.Select(month => (month.AdvisorId, Entry: month.Day(slot.Date).Find(id))).FirstOrDefault(found => found.Entry is not null);
            if (own.Entry is { Expires: { } until } kept && until > now)
            {
                if (kept.StartCell != slot.StartCell || kept.Topic != slot.Topic || kept.PlaceId != slot.Place)
                {
                    return new HoldOutcome.IdempotencyMismatch();
                }

                return new HoldOutcome.Held(new HoldToken(request.Territory, own.AdvisorId, slot.Date, id), until, Repeated: attempt == 1);
            }

            var free = Candidates.Free(offering, months, slot, now, id);
            if (free.Count == 0)
            {
                // Before saying no: an advisor whose hours were widened elsewhere is in no month that was read.
                if (Candidates.IsOutdated(directory, await agenda.ReadDaysAsync(request.Territory, slot.Date, slot.Date, cancellationToken)))
                {
                    directory = await directories.ReloadAsync(request.Territory, cancellationToken);
                    continue;
                }

                return new HoldOutcome.SlotTaken(await alternatives.NearAsync(
                    request.Territory, slot.Topic, slot.Date.At(DayGrid.TimeOf(slot.StartCell)), slot.Place, cancellationToken));
            }

            var (advisor, month) = free[0];
            // Whole seconds: what is answered is what is stored.
            var expires = Instant.FromUnixTimeSeconds((now + settings.HoldDuration).ToUnixTimeSeconds());
            var entry = new AgendaEntry(EntryKind.Hold, slot.StartCell, slot.CellCount, id, slot.Topic, slot.Place, Expires: expires);
            var outcome = await transactions.CommitAsync(request.Territory, [Write(month, slot.Date, month.Day(slot.Date).WithoutHold(id).With(entry, now), advisor.HoursVersion)], cancellationToken);
            if (outcome == CommitOutcome.Committed)
            {
                return new HoldOutcome.Held(new HoldToken(request.Territory, advisor.Id, slot.Date, id), expires, Repeated: false);
            }

            await Retries.PauseAsync(attempt, cancellationToken);
        }

        return new HoldOutcome.Busy();
    }

    /// <summary>Gives a held slot back; nothing happens when the hold is gone already.</summary>
    /// <returns>False when the agenda was contended to the last try: the hold will expire by itself.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<bool> ReleaseAsync(HoldToken token, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Retries.MaxAttempts; attempt++)
        {
            var month = await agenda.ReadMonthAsync(token.Territory, token.AdvisorId, token.Date.ToYearMonth(), cancellationToken);
            var day = month.Day(token.Date);
            if (day.Find(token.Id) is not { Kind: EntryKind.Hold })
            {
                return true;
            }

            if (await transactions.CommitAsync(token.Territory, [Write(month, token.Date, day.WithoutHold(token.Id), month.HoursVersion)], cancellationToken)
                == CommitOutcome.Committed)
            {
                return true;
            }

            await Retries.PauseAsync(attempt, cancellationToken);
        }

        return false;
    }

    private WantedSlot? Check(HoldRequest request, TerritoryDirectory directory, FieldErrors errors)
    {
        var topic = Topics.Find(request.Topic);
        if (topic is null)
        {
            errors.Add("topic", request.Topic is null ? "Choisissez un sujet." : "Ce sujet n'existe pas.");
        }

        if (request.PlaceId is null || !directory.Places.ContainsKey(new PlaceId(request.PlaceId)))
        {
            errors.Add("placeId", request.PlaceId is null ? "Choisissez un lieu." : "Ce lieu n'existe pas.");
        }

        if (request.AdvisorId is not null && !directory.Advisors.ContainsKey(new AdvisorId(request.AdvisorId)))
        {
            errors.Add("advisorId", "Ce conseiller n'existe pas.");
        }

        StartRules.Check(request.Start, request.Territory, settings.MinimumNotice, settings, clock.GetCurrentInstant(), errors);
        return errors.Any ? null : StartRules.ToSlot(request.Territory, topic!, request.PlaceId!, request.Start!.Value, errors);
    }

    private static RowWrite Write(AgendaMonth month, LocalDate date, DayAgenda day, int hoursVersion) =>
        month.Write(new Dictionary<int, DayAgenda> { [date.Day] = day }, hoursVersion);
}
