using NodaTime;
using Rdv.Agenda;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Dispatch;
using Rdv.People;
using Rdv.Transactions;

namespace Rdv.Workshops;

/// <summary>
/// Books a seat in a workshop. As with any appointment the write is the check: the seats stand in the advisor's day, which is written
/// back only if nobody has written to it since.
/// </summary>
public sealed class BookSeat(
    IWorkshopStore workshops,
    IAgendaStore agenda,
    OwnBookings own,
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
        var directory = await directories.GetAsync(request.Territory, cancellationToken);
        var errors = new FieldErrors();
        var citizen = PeopleForm.Check(request.Citizen, request.Territory, errors);
        var helper = PeopleForm.CheckHelper(request.Helper, request.Territory, errors);
        var note = PeopleForm.CheckText(request.Note, "note", PeopleForm.MaxText, errors);
        if (!WorkshopId.TryParse(request.WorkshopId, out var id))
        {
            errors.Add("workshopId", "Cet atelier n'existe pas.");
        }

        if (errors.Any)
        {
            return await own.FindRepeatedAsync(request.Territory, request.Request, directory, cancellationToken) ?? new BookOutcome.Invalid(errors);
        }

        if (request.By == Actor.Citizen && await quota.IsExhaustedAsync(request.Territory, citizen!.Phone, cancellationToken))
        {
            return await own.FindRepeatedAsync(request.Territory, request.Request, directory, cancellationToken) ?? new BookOutcome.TooMany();
        }

        return await BookAsync(request, id, new Person(citizen!, helper, note), directory, cancellationToken);
    }

    private async Task<BookOutcome> BookAsync(
        BookingRequest request, WorkshopId id, Person person, TerritoryDirectory directory, CancellationToken cancellationToken)
    {
        var draw = 0;
        var createdAt = clock.GetCurrentInstant();
        for (var attempt = 1; attempt <= Retries.MaxAttempts; attempt++)
        {
            var workshop = (await workshops.ReadAsync(request.Territory, id, cancellationToken))?.Value;
            if (ProblemOf(workshop, request) is { } problem)
            {
                return await own.FindRepeatedAsync(request.Territory, request.Request, directory, cancellationToken)
                    ?? new BookOutcome.Invalid(FieldErrors.Of("workshopId", problem));
            }

            var month = await agenda.ReadMonthAsync(request.Territory, workshop!.AdvisorId, workshop.Date.ToYearMonth(), cancellationToken);
            var day = month.Day(workshop.Date);
            if (day.Find(id.Value) is not { Seats: { } seats } entry || entry.Version != workshop.Version)
            {
                // It moved, or was cancelled, between the two reads.
                await Retries.PauseAsync(attempt, cancellationToken);
                continue;
            }

            if (seats.Left == 0)
            {
                return await own.FindRepeatedAsync(request.Territory, request.Request, directory, cancellationToken)
                    ?? new BookOutcome.SlotTaken(await alternatives.NearAsync(
                        request.Territory, workshop.Topic, workshop.LocalStart, workshop.PlaceId, cancellationToken));
            }

            var now = clock.GetCurrentInstant();
            var appointment = Compose(request, person, workshop, AppointmentReference.Derive(request.Territory, request.Request.Nonce, draw), createdAt);
            var seated = entry with { Seats = seats.With(appointment.Reference.Code) };
            var outcome = await transactions.CommitAsync(
                request.Territory,
                [
                    month.Write(new Dictionary<int, DayAgenda> { [workshop.Date.Day] = day.Replacing(seated) }, month.HoursVersion),
                    new RowWrite.Insert(appointment),
                    new RowWrite.Put(PhoneEntry.Of(appointment)),
                    .. Changes.Rows(appointment, ChangeActions.Booked, appointment.BookedBy, MessagePlan.ForBooking(appointment, now), now),
                    new RowWrite.Put(WorkshopNews.SeatsChanged(workshop, now)),
                ],
                cancellationToken);
            if (outcome == CommitOutcome.Committed)
            {
                quota.Seen(appointment.PhoneIndex);
                return new BookOutcome.Booked(appointment, directory, Repeated: false);
            }

            switch (await own.RecogniseAsync(appointment.Reference, request.Request, cancellationToken))
            {
                case (RowOwner.Ours, { } ours):
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

    private string? ProblemOf(Workshop? workshop, BookingRequest request)
    {
        // An advisor books in their own agenda, whatever workshop is named.
        if (workshop is null || (request.By == Actor.Advisor && request.AdvisorId != workshop.AdvisorId.Value))
        {
            return "Cet atelier n'existe pas.";
        }

        if (workshop.IsCancelled)
        {
            return "Cet atelier est annulé.";
        }

        var now = clock.GetCurrentInstant();
        return workshop.Start <= now ? "Cet atelier a déjà commencé."
            : request.By != Actor.Advisor && workshop.Start < now + settings.MinimumNotice ? $"Il est trop tard pour réserver cet atelier ici. Appelez le {settings.HotlinePhone}."
            : request.WorkshopVersion is { } seen && seen != workshop.Version ? "Cet atelier vient de changer de jour, d'heure ou de lieu."
            : null;
    }

    private Appointment Compose(BookingRequest request, Person person, Workshop workshop, AppointmentReference reference, Instant createdAt) => new()
    {
        Reference = reference,
        Start = workshop.Start,
        Minutes = workshop.Minutes,
        Topic = workshop.Topic,
        StructureId = workshop.StructureId,
        PlaceId = workshop.PlaceId,
        AdvisorId = workshop.AdvisorId,
        Seat = new SeatIn(workshop.Id, workshop.Title),
        Citizen = person.Citizen,
        Helper = person.Helper,
        Note = person.Note,
        BookedBy = request.By,
        CreatedAt = createdAt,
        Request = request.Request,
        LinkSecret = links.CurrentLinkSecret,
        PhoneIndex = links.IndexOf(person.Citizen.Phone),
    };

    private sealed record Person(Citizen Citizen, Helper? Helper, string? Note);
}
