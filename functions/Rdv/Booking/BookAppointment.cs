using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Dispatch;
using Rdv.People;
using Rdv.Territories;
using Rdv.Transactions;
using Rdv.Workshops;

namespace Rdv.Booking;

/// <summary>A booking as it is asked for.</summary>
/// <param name="AdvisorId">Null for any advisor: the least loaded is chosen.</param>
/// <param name="Hold">The hold that keeps the slot, if any.</param>
/// <param name="Request">What makes a repetition of this request recognisable.</param>
/// <param name="WorkshopId">For a seat in a workshop, in place of topic, start, place and advisor.</param>
/// <param name="WorkshopVersion">The version that was read: a workshop that has moved since is not booked unseen. Null when none was read.</param>
/// <param name="Besides">Rows that are written in the same transaction; null for none.</param>
public sealed record BookingRequest(
    Territory Territory,
    string? Topic,
    Instant? Start,
    string? PlaceId,
    string? AdvisorId,
    string? Hold,
    CitizenForm? Citizen,
    HelperForm? Helper,
    string? Note,
    Actor By,
    RequestIdentity Request,
    string? WorkshopId = null,
    int? WorkshopVersion = null,
    IReadOnlyList<RowWrite>? Besides = null);

public abstract record BookOutcome
{
    private BookOutcome()
    {
    }

    /// <param name="Repeated">This very request had been answered before.</param>
    public sealed record Booked(Appointment Appointment, TerritoryDirectory Directory, bool Repeated) : BookOutcome;

    public sealed record SlotTaken(IReadOnlyList<Slot> Alternatives) : BookOutcome;

    public sealed record Invalid(FieldErrors Errors) : BookOutcome;

    /// <summary>The same key came with another request.</summary>
    public sealed record IdempotencyMismatch : BookOutcome;

    /// <summary>The number has as many appointments to come as one may book alone.</summary>
    public sealed record TooMany : BookOutcome;

    /// <summary>The agenda was contended to the last try: nothing was done.</summary>
    public sealed record Busy : BookOutcome;
}

/// <summary>
/// Books a slot. The write is the check: the advisor's month is read, checked in memory, and written back in one transaction only if
/// nobody has written to it since (docs/adr/0001).
/// </summary>
public sealed class BookAppointment(
    IAgendaStore agenda,
    OwnBookings own,
    BookSeat bookSeat,
    ITransactions transactions,
    ITerritoryDirectories directories,
    Alternatives alternatives,
    PhoneQuota quota,
    Links links,
    RdvSettings settings,
    IClock clock)
{
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<BookOutcome> ExecuteAsync(BookingRequest request, CancellationToken cancellationToken)
    {
        if (request.WorkshopId is not null)
        {
            return await bookSeat.ExecuteAsync(request, cancellationToken);
        }

        var directory = await directories.GetAsync(request.Territory, cancellationToken);
        var errors = new FieldErrors();
        var checkedRequest = Check(request, directory, errors);
        if (checkedRequest is null || errors.Any)
        {
            // A repeated request may have become wrong with time (its start has passed) and still has its first answer.
            return await own.FindRepeatedAsync(request.Territory, request.Request, directory, cancellationToken) ?? new BookOutcome.Invalid(errors);
        }

        if (request.By == Actor.Citizen
            && await quota.IsExhaustedAsync(request.Territory, checkedRequest.Citizen.Phone, cancellationToken))
        {
            return await own.FindRepeatedAsync(request.Territory, request.Request, directory, cancellationToken) ?? new BookOutcome.TooMany();
        }

        return await BookAsync(request, checkedRequest, directory, cancellationToken);
    }

    private async Task<BookOutcome> BookAsync(
        BookingRequest request, CheckedRequest wanted, TerritoryDirectory directory, CancellationToken cancellationToken)
    {
        var reloaded = false;
        var draw = 0;
        var createdAt = clock.GetCurrentInstant();
        for (var attempt = 1; attempt <= Retries.MaxAttempts; attempt++)
        {
            var offering = Candidates.Offering(directory, wanted.Slot, wanted.AdvisorId);
            var months = await ReadMonthsAsync(request.Territory, offering, wanted.Slot, cancellationToken);
            if (Candidates.IsOutdated(directory, months) || (offering.Count == 0 && !reloaded))
            {
                // Somebody who wrote to the agenda knew newer opening hours; or the cache predates the hours of this very slot.
                directory = await directories.ReloadAsync(request.Territory, cancellationToken);
                reloaded = true;
                continue;
            }

            var now = clock.GetCurrentInstant();
            var free = Candidates.Free(offering, months, wanted.Slot, now, wanted.Hold?.Id);
            if (free.Count == 0)
            {
                // Before saying no: an advisor whose hours were widened elsewhere is in no month that was read.
                if (Candidates.IsOutdated(directory, await agenda.ReadDaysAsync(request.Territory, wanted.Slot.Date, wanted.Slot.Date, cancellationToken)))
                {
                    directory = await directories.ReloadAsync(request.Territory, cancellationToken);
                    continue;
                }

                return await own.FindRepeatedAsync(request.Territory, request.Request, directory, cancellationToken)
                    ?? new BookOutcome.SlotTaken(await alternatives.NearAsync(
                        request.Territory, wanted.Slot.Topic, wanted.LocalStart, wanted.Slot.Place, cancellationToken));
            }

            var (advisor, month) = wanted.Hold is { } hold && free.Exists(candidate => candidate.Advisor.Id == hold.AdvisorId)
                ? free.Find(candidate => candidate.Advisor.Id == hold.AdvisorId)
                : free[0];
            var appointment = Compose(request, wanted, advisor, AppointmentReference.Derive(request.Territory, request.Request.Nonce, draw), createdAt);
            var outcome = await transactions.CommitAsync(request.Territory, [.. Write(appointment, wanted, month, advisor, now), .. request.Besides ?? []], cancellationToken);
            if (outcome == CommitOutcome.Committed)
            {
                quota.Seen(appointment.PhoneIndex);
                return new BookOutcome.Booked(appointment, directory, Repeated: false);
            }

            switch (await own.RecogniseAsync(appointment.Reference, request.Request, cancellationToken))
            {
                case (RowOwner.Ours, { } ours):
                    // Either our own answer was lost, or an earlier request had made the row: the instant of its creation tells.
                    return new BookOutcome.Booked(ours, directory, Repeated: ours.CreatedAt != createdAt);
                case (RowOwner.OursWithAnotherBody, _):
                    return new BookOutcome.IdempotencyMismatch();
                case (RowOwner.SomeoneElses, _):
                    draw++;
                    break;
            }

            await Retries.PauseAsync(attempt, cancellationToken);
        }

        return new BookOutcome.Busy();
    }

    private CheckedRequest? Check(BookingRequest request, TerritoryDirectory directory, FieldErrors errors)
    {
        if (directory.IsEmpty)
        {
            errors.Add("territory", "Aucun conseiller ne reçoit encore dans ce département.");
            return null;
        }

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

        var citizen = PeopleForm.Check(request.Citizen, request.Territory, errors);
        var helper = PeopleForm.CheckHelper(request.Helper, request.Territory, errors);
        var note = PeopleForm.CheckText(request.Note, "note", PeopleForm.MaxText, errors);
        StartRules.Check(
            request.Start, request.Territory, request.By == Actor.Advisor ? Duration.Zero : settings.MinimumNotice, settings, clock.GetCurrentInstant(), errors);
        if (errors.Any || citizen is null
            || StartRules.ToSlot(request.Territory, topic!, request.PlaceId!, request.Start!.Value, errors) is not { } slot)
        {
            return null;
        }

        HoldToken? hold = HoldToken.TryParse(request.Hold, out var token) && token.Territory == request.Territory && token.Date == slot.Date ? token : null;
        var only = request.AdvisorId is null ? (AdvisorId?)null : new AdvisorId(request.AdvisorId);
        return new CheckedRequest(slot, request.Start!.Value, topic!.Minutes, only, hold, citizen, helper, note);
    }

    private async Task<IReadOnlyList<AgendaMonth>> ReadMonthsAsync(
        Territory territory, List<Advisor> offering, WantedSlot slot, CancellationToken cancellationToken)
    {
        switch (offering.Count)
        {
            case 0:
                return [];
            case 1:
                return [await agenda.ReadMonthAsync(territory, offering[0].Id, slot.Month, cancellationToken)];
            default:
                var (monday, sunday) = Candidates.WeekOf(slot.Date);
                return await agenda.ReadDaysAsync(territory, monday, sunday, cancellationToken);
        }
    }

    private Appointment Compose(BookingRequest request, CheckedRequest wanted, Advisor advisor, AppointmentReference reference, Instant createdAt) => new()
    {
        Reference = reference,
        Start = wanted.Start,
        Minutes = wanted.Minutes,
        Topic = wanted.Slot.Topic,
        StructureId = advisor.StructureId,
        PlaceId = wanted.Slot.Place,
        AdvisorId = advisor.Id,
        Citizen = wanted.Citizen,
        Helper = wanted.Helper,
        Note = wanted.Note,
        BookedBy = request.By,
        CreatedAt = createdAt,
        Request = request.Request,
        LinkSecret = links.CurrentLinkSecret,
        PhoneIndex = links.IndexOf(wanted.Citizen.Phone),
    };

    private static List<RowWrite> Write(Appointment appointment, CheckedRequest wanted, AgendaMonth month, Advisor advisor, Instant now)
    {
        var entry = new AgendaEntry(
            EntryKind.Appointment, wanted.Slot.StartCell, wanted.Slot.CellCount, appointment.Reference.Code, appointment.Topic, appointment.PlaceId, appointment.Version);
        var day = month.Day(wanted.Slot.Date);
        if (wanted.Hold is { } hold)
        {
            day = day.WithoutHold(hold.Id);
        }

        var plan = MessagePlan.ForBooking(appointment, now);
        return
        [
            month.Write(new Dictionary<int, DayAgenda> { [wanted.Slot.Date.Day] = day.With(entry, now) }, advisor.HoursVersion),
            new RowWrite.Insert(appointment),
            new RowWrite.Put(PhoneEntry.Of(appointment)),
            .. Changes.Rows(appointment, ChangeActions.Booked, appointment.BookedBy, plan, now),
        ];
    }

    private sealed record CheckedRequest(
        WantedSlot Slot, Instant Start, int Minutes, AdvisorId? AdvisorId, HoldToken? Hold, Citizen Citizen, Helper? Helper, string? Note)
    {
        public LocalDateTime LocalStart => Slot.Date.At(DayGrid.TimeOf(Slot.StartCell));
    }
}
