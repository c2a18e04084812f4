using NodaTime;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.People;
using Rdv.Transactions;

namespace Rdv.Workshops;

/// <summary>
/// A seat in a workshop. As with any appointment the write is the check: the seats stand in the advisor's day, which is written back only if
/// nobody has written to it since.
/// </summary>
public sealed class SeatBooking(IWorkshopStore workshops, IAgendaStore agenda, Alternatives alternatives, RdvSettings settings, IClock clock)
    : IBookable
{
    public bool IsWanted(BookingRequest request) => request.WorkshopId is not null;

    public bool IsTaken(Appointment appointment) => appointment.Seat is not null;

    public Task<Take?> CheckAsync(BookingRequest request, FieldErrors errors, CancellationToken cancellationToken)
    {
        if (!WorkshopId.TryParse(request.WorkshopId, out var id))
        {
            errors.Add("workshopId", "Cet atelier n'existe pas.");
            return Task.FromResult<Take?>(null);
        }

        if (MeansWords.Parse(request.Means) != Means.Place)
        {
            errors.Add("means", "Un atelier a lieu sur place.");
        }

        return Task.FromResult<Take?>(token => TakeAsync(request, id, token));
    }

    public async Task<IReadOnlyList<RowWrite>?> GiveBackAsync(Appointment appointment, Instant now, CancellationToken cancellationToken)
    {
        // Where the workshop stands now, which is not where the appointment stood when the workshop is just being moved.
        if (await workshops.ReadAsync(appointment.Territory, appointment.Seat!.Id, cancellationToken) is not { Value: { IsCancelled: false } workshop })
        {
            // With the workshop, its seats are gone from the agenda.
            return [];
        }

        return await FindAsync(workshop, cancellationToken) is var (month, entry, seats)
            ? [
                .. Rows(month, workshop, entry with { Seats = seats.Without(appointment.Reference.Code) }, now),
                .. workshop.Start - now >= FreedSlot.Lead
                    ? [new RowWrite.Insert(SeatChore.Of(appointment.Reference, workshop.Id, appointment.Version + 1, now))]
                    : Array.Empty<RowWrite>(),
            ]
            : null;
    }

    private async Task<Result<Taken>?> TakeAsync(BookingRequest request, WorkshopId id, CancellationToken cancellationToken)
    {
        var workshop = (await workshops.ReadAsync(request.Territory, id, cancellationToken))?.Value;
        if (ProblemOf(workshop, request) is { } problem)
        {
            return new Refusal.Invalid("workshopId", problem);
        }

        if (await FindAsync(workshop!, cancellationToken) is not var (month, entry, seats))
        {
            return null;
        }

        var hold = HoldToken.Of(request.Hold, request.Territory, workshop!.Date)?.Id;
        return seats.LeftAt(clock.GetCurrentInstant(), hold) == 0
            ? new Refusal.SlotTaken(request.Territory, await alternatives.NearAsync(
                request.Territory, workshop.Topic, workshop.LocalStart, workshop.PlaceId, request.By == Actor.Citizen, cancellationToken))
            : new Taken(
                workshop.Start,
                workshop.Minutes,
                workshop.Topic,
                workshop.StructureId,
                workshop.PlaceId,
                workshop.AdvisorId,
                new SeatIn(workshop.Id, workshop.Title),
                appointment => Rows(
                    month,
                    workshop,
                    entry with { Seats = seats.With(appointment.Reference.Code, clock.GetCurrentInstant(), hold) },
                    clock.GetCurrentInstant()));
    }

    /// <returns>Null when it moved, or was cancelled, between the two reads.</returns>
    private async Task<(StoredMonth Month, AgendaEntry Entry, WorkshopSeats Seats)?> FindAsync(Workshop workshop, CancellationToken cancellationToken)
    {
        var month = await agenda.ReadMonthAsync(workshop.Territory, workshop.AdvisorId, workshop.Date.ToYearMonth(), cancellationToken);
        return month.Day(workshop.Date).Find(workshop.Id.Value) is { Seats: { } seats } entry && entry.Version == workshop.Version
            ? (month, entry, seats)
            : null;
    }

    private static IReadOnlyList<RowWrite> Rows(StoredMonth month, Workshop workshop, AgendaEntry entry, Instant now) =>
        [month.Write(workshop.Date, month.Day(workshop.Date).Replacing(entry)), new RowWrite.Put(WorkshopNews.SeatsChanged(workshop, now))];

    private string? ProblemOf(Workshop? workshop, BookingRequest request)
    {
        if (workshop is null)
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
}
