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

    public async Task<IReadOnlyList<RowWrite>?> GiveBackAsync(IReadOnlyList<Appointment> appointments, Instant now, CancellationToken cancellationToken)
    {
        // Where the workshop stands now, which is not where the appointment stood when the workshop is just being moved.
        var read = await Task.WhenAll(appointments.Select(async appointment =>
            (Appointment: appointment, (await workshops.ReadAsync(appointment.Territory, appointment.Seat!.Id, cancellationToken))?.Value)));

        // With the workshop, its seats are gone from the agenda.
        var standing = read.Where(one => one.Value is { IsCancelled: false }).Select(one => (one.Appointment, Workshop: one.Value!)).ToList();
        return await HeldSeats.ReadAsync(agenda, [.. standing.Select(one => one.Workshop)], cancellationToken) is { } held
            ? [
                .. HeldSeats.Write(held, (seats, index) => seats.Without(standing[index].Appointment.Reference.Code)),
                .. HeldSeats.News(held, now),

                // One for an enrolment: who waits for the course is offered all of its sessions at once.
                .. standing.Where(one => one.Workshop.Start - now >= FreedSlot.Lead).Take(1).Select(one =>
                    new RowWrite.Insert(SeatChore.Of(one.Appointment.Reference, one.Workshop.Id, one.Appointment.Version + 1, now))),
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

        if (await HeldSeats.ReadAsync(agenda, [workshop!], cancellationToken) is not { } held)
        {
            return null;
        }

        var hold = HoldToken.Of(request.Hold, request.Territory, workshop!.Date)?.Id;
        return held[0].Seats.LeftAt(clock.GetCurrentInstant(), hold) == 0
            ? new Refusal.SlotTaken(request.Territory, await alternatives.NearAsync(
                request.Territory, workshop.Topic, workshop.LocalStart, workshop.PlaceId, request.By == Actor.Citizen, cancellationToken))
            : new Taken(
                workshop.Start,
                workshop.Minutes,
                workshop.Topic,
                workshop.StructureId,
                workshop.PlaceId,
                workshop.AdvisorId,
                workshop.Seat,
                appointments =>
                [
                    .. HeldSeats.Write(held, (seats, index) => seats.With(appointments[index].Reference.Code, clock.GetCurrentInstant(), hold)),
                    .. HeldSeats.News(held, clock.GetCurrentInstant()),
                ])
            {
                CoAdvisorId = workshop.CoAdvisorId,
            };
    }

    private string? ProblemOf(Workshop? workshop, BookingRequest request)
    {
        if (workshop is null)
        {
            return "Cet atelier n'existe pas.";
        }

        if (workshop.IsCancelled)
        {
            return workshop.Session is null ? "Cet atelier est annulé." : "Cette séance est annulée.";
        }

        if (workshop.Session is { } session && request.By == Actor.Citizen)
        {
            return $"C'est la séance {session.Number} du cours «\u00a0{workshop.Title}\u00a0». Inscrivez-vous au cours entier. Pour une seule séance, appelez le {settings.HotlinePhone}.";
        }

        var now = clock.GetCurrentInstant();
        return workshop.Start <= now ? "Cet atelier a déjà commencé."
            : request.By != Actor.Advisor && workshop.Start < now + settings.MinimumNotice ? $"Il est trop tard pour réserver cet atelier ici. Appelez le {settings.HotlinePhone}."
            : request.WorkshopVersion is { } seen && seen != workshop.Version ? "Cet atelier vient de changer de jour, d'heure ou de lieu."
            : null;
    }
}
