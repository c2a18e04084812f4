using NodaTime;
using Rdv.Booking;
using Rdv.Chores;
using Rdv.Directory;
using Rdv.Hotline;
using Rdv.People;
using Rdv.Reminders;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Waiting;

/// <summary>Nothing suits: please call me.</summary>
/// <param name="Insee">The commune from which nearness is told; null when only the territory is known.</param>
/// <param name="Request">What makes a repetition of this request recognisable.</param>
public sealed record CallbackRequest(
    Territory Territory, string? Topic, string? Insee, CitizenForm? Citizen, string? Note, Actor By, RequestIdentity Request);

public abstract record CallbackOutcome
{
    private CallbackOutcome()
    {
    }

    /// <param name="LinkSecret">From which the key of the link is derived.</param>
    /// <param name="Repeated">This very request had been answered before. They may not wait any more.</param>
    public sealed record Listed(WaitingId Id, int LinkSecret, bool Repeated) : CallbackOutcome;

    public sealed record Invalid(FieldErrors Errors) : CallbackOutcome;

    /// <summary>The same key came with another request.</summary>
    public sealed record IdempotencyMismatch : CallbackOutcome;

    /// <summary>The number waits for as much as one may ask for alone.</summary>
    public sealed record TooMany : CallbackOutcome;

    public sealed record Busy : CallbackOutcome;
}

/// <summary>
/// Puts someone on the waiting list, makes a call to make of it, and counts what could not be met, in one transaction. Two requests.
/// </summary>
public sealed class AskToBeCalled(
    IWaitingStore waiting,
    IDemandStore demand,
    ITransactions transactions,
    ITerritoryDirectories directories,
    IDirectoryStore directoryStore,
    Links links,
    RdvSettings settings,
    IClock clock)
{
    /// <summary>When an operator put them on the list, they have just been spoken with: a call is due only if nothing has come of it.</summary>
    public static readonly Duration CallAfterHotline = Duration.FromDays(7);

    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<CallbackOutcome> ExecuteAsync(CallbackRequest request, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        if (Check(request, errors) is not { } wanted || errors.Any)
        {
            return new CallbackOutcome.Invalid(errors);
        }

        // Where nobody receives yet, the demand counts most: the hotline must see the call all the same.
        if ((await directories.GetAsync(request.Territory, cancellationToken)).IsEmpty)
        {
            await directoryStore.ListTerritoryAsync(request.Territory, cancellationToken);
        }

        var draw = 0;
        for (var attempt = 1; attempt <= Retries.MaxAttempts; attempt++)
        {
            var list = await waiting.ListAsync(request.Territory, cancellationToken);
            var person = wanted with { Id = WaitingId.Derive(request.Territory, request.Request.Nonce, draw) };
            if (list.FirstOrDefault(stored => stored.Value.Id == person.Id)?.Value is { } known)
            {
                if (known.Request == request.Request)
                {
                    // Our own answer was lost, or an earlier request had made the row: the instant of its creation tells.
                    return new CallbackOutcome.Listed(known.Id, known.LinkSecret, Repeated: known.CreatedAt != person.CreatedAt);
                }

                if (known.Request.Nonce == request.Request.Nonce)
                {
                    return new CallbackOutcome.IdempotencyMismatch();
                }

                draw++;
                continue;
            }

            if (request.By == Actor.Citizen && list.Count(stored => stored.Value.Citizen.Phone == person.Citizen.Phone) >= settings.WaitingPerPhone)
            {
                return new CallbackOutcome.TooMany();
            }

            if (await transactions.CommitAsync(request.Territory, Rows(person), cancellationToken) == CommitOutcome.Committed)
            {
                return new CallbackOutcome.Listed(person.Id, person.LinkSecret, Repeated: false);
            }

            // Counted and not on the list: it was answered, and they do not wait any more.
            if (await waiting.FindAsync(person.Id, cancellationToken) is null && await demand.ExistsAsync(Demand.Of(person), cancellationToken))
            {
                return new CallbackOutcome.Listed(person.Id, person.LinkSecret, Repeated: true);
            }

            await Retries.PauseAsync(attempt, cancellationToken);
        }

        return new CallbackOutcome.Busy();
    }

    private WaitingPerson? Check(CallbackRequest request, FieldErrors errors)
    {
        var topic = Topics.Find(request.Topic);
        if (topic is null)
        {
            errors.Add("topic", request.Topic is null ? "Choisissez un sujet." : "Ce sujet n'existe pas.");
        }

        var commune = Communes.Find(request.Insee);
        if (request.Insee is not null && commune is null)
        {
            errors.Add("insee", "Cette commune n'existe pas.");
        }

        var citizen = PeopleForm.Check(request.Citizen, request.Territory, errors);
        var note = PeopleForm.CheckText(request.Note, "note", PeopleForm.MaxText, errors);
        return errors.Any || citizen is null
            ? null
            : new WaitingPerson(
                default,
                citizen,
                commune?.Insee,
                topic!.Id,
                note,
                request.By,
                clock.GetCurrentInstant(),
                request.Request,
                links.CurrentLinkSecret,
                Offered: 0,
                Offers: []);
    }

    private RowWrite[] Rows(WaitingPerson person)
    {
        var now = person.CreatedAt;
        var callAt = person.AskedBy == Actor.Citizen
            ? HumaneHours.NextCall(person.Territory, now)
            : HumaneHours.WorkingMorning(person.Territory, now + CallAfterHotline);
        return
        [
            new RowWrite.Insert(person),
            new RowWrite.Put(CallToMake.Of(person.Id.Subject, CallReasons.Request, CallReasons.Request, callAt, version: 0)),
            new RowWrite.Insert(Demand.Of(person)),
            new RowWrite.Insert(new Chore(person.Id.Subject, ChoreKinds.Forget, now + settings.WaitingTime, Version: 0)),
        ];
    }
}
