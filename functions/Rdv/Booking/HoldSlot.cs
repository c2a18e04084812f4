using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Quotas;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Booking;

/// <summary>A slot to keep while a form is filled in.</summary>
public sealed record HoldRequest(
    Territory Territory, string? Topic, Instant? Start, string? PlaceId, string? AdvisorId, RequestIdentity Request)
{
    /// <summary>Null for staff, who keep slots for others.</summary>
    public HoldingClient? Client { get; init; }

    /// <summary>False for staff, who hold what is kept for the telephone too.</summary>
    public bool OnWeb { get; init; } = true;

    /// <summary>In the words of <see cref="MeansWords"/>; at the place when null.</summary>
    public string? Means { get; init; }

    /// <summary>The INSEE code of the commune, of who is met at home.</summary>
    public string? Home { get; init; }

    /// <summary>See <see cref="Topic.MinutesFor"/>.</summary>
    public bool Signs { get; init; }
}

/// <param name="Repeated">This very request had been answered before.</param>
public sealed record Held(HoldToken Token, Instant ExpiresAt, bool Repeated);

/// <summary>Keeps a slot for some minutes. It expires by itself: nobody has to clean up.</summary>
public sealed class HoldSlot(
    IAgendaStore agenda,
    CandidateSearch candidates,
    ITerritoryDirectories directories,
    Alternatives alternatives,
    Writer writer,
    HoldQuota quota,
    RdvSettings settings,
    IClock clock)
{
    // In place of the cell where one began.
    private const int NoHold = -1;

    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<Held>> ExecuteAsync(HoldRequest request, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        if (WantedSlot.Check(
            request.Territory,
            request.Topic,
            request.Start,
            request.PlaceId,
            request.AdvisorId,
            request.Means,
            request.Home,
            request.Signs,
            await directories.GetAsync(request.Territory, cancellationToken),
            settings.MinimumNotice,
            settings,
            clock.GetCurrentInstant(),
            errors) is not { } slot)
        {
            return new Refusal.Invalid(errors);
        }

        // The id comes from the request, so that the same request finds its own hold.
        var id = "h" + request.Request.Nonce[..16];
        if (request.Client is not { } client)
        {
            return await writer.WriteAsync<Held>(request.Territory, DecideAsync, cancellationToken);
        }

        var taken = await quota.TakeAsync(client, request.Territory, slot, request.AdvisorId, id, cancellationToken);
        if (taken == TakeOutcome.No)
        {
            return new Refusal.TooMany();
        }

        // What had been taken before stands for a hold that was placed then: whatever becomes of this request, it counts.
        var result = await writer.WriteAsync<Held>(request.Territory, DecideAsync, cancellationToken);
        if (taken == TakeOutcome.Anew && !(result.Succeeded(out var placed) && !placed.Repeated))
        {
            await quota.GiveBackAsync(client, request.Territory, slot, request.AdvisorId, id, cancellationToken);
        }

        return result;

        async Task<Decision<Held>> DecideAsync(CancellationToken token)
        {
            var now = clock.GetCurrentInstant();
            var query = new CandidateQuery(request.Territory, slot, new OfferTo(now, id, OnWeb: request.OnWeb), request.AdvisorId is null ? null : new AdvisorId(request.AdvisorId))
            {
                Has = month => OwnHold(month, slot.Date, id, now) is not null,
            };
            if (await candidates.FindAsync(query, token) is not { } choice)
            {
                return new Refusal.SlotTaken(request.Territory, await alternatives.NearAsync(request.Territory, slot, request.OnWeb, token));
            }

            var (advisor, month) = choice;
            var hold = new HoldToken(request.Territory, advisor.Id, slot.Date, id);
            if (OwnHold(month, slot.Date, id, now) is { Expires: { } until } kept)
            {
                return kept.StartCell == slot.StartCell && kept.CellCount == slot.CellCount && kept.Topic == slot.Topic && kept.PlaceId == slot.Place && kept.Home == slot.Home
                    ? new Held(hold, until, Repeated: true)
                    : new Refusal.IdempotencyMismatch();
            }

            // Whole seconds: what is answered is what is stored.
            var expires = Instant.FromUnixTimeSeconds((now + settings.HoldDuration).ToUnixTimeSeconds());
            var entry = slot.ToHold(id, expires);
            return new Decision<Held>.Write(
                [Write(month, slot.Date, month.Day(slot.Date).WithoutHold(id).With(entry, now), advisor.HoursVersion)],
                new Held(hold, expires, Repeated: false));
        }
    }

    /// <summary>Gives a held slot back; nothing happens when the hold is gone already.</summary>
    /// <param name="client">Who kept it, when it counts for one.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer: the hold will expire by itself.</exception>
    public async Task ReleaseAsync(HoldToken token, CancellationToken cancellationToken, HoldingClient? client = null)
    {
        var released = await writer.WriteAsync<int>(
            token.Territory,
            async cancelled =>
            {
                var month = await agenda.ReadMonthAsync(token.Territory, token.AdvisorId, token.Date.ToYearMonth(), cancelled);
                var day = month.Day(token.Date);
                return day.Find(token.Id) is { Kind: EntryKind.Hold } hold
                    ? new Decision<int>.Write([month.Write(token.Date, day.WithoutHold(token.Id))], hold.StartCell)
                    : NoHold;
            },
            cancellationToken);

        // Anyone can write a token: where no hold was, none is given back.
        if (client is not null && released.Succeeded(out var startCell) && startCell != NoHold)
        {
            await quota.GiveBackAsync(client, token, startCell, cancellationToken);
        }
    }

    private static AgendaEntry? OwnHold(AgendaMonth month, LocalDate date, string id, Instant now) =>
        month.Day(date).Find(id) is { Kind: EntryKind.Hold } hold && hold.Expires > now ? hold : null;

    private static RowWrite Write(StoredMonth month, LocalDate date, DayAgenda day, int hoursVersion) =>
        month.Write(new Dictionary<int, DayAgenda> { [date.Day] = day }, hoursVersion);
}
