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
/// An enrolment in a course: a seat in each session to come, in one transaction. The days of all of them are written back only if nobody has
/// written to them since, so that there is never one seat too many, and nobody who has some of the sessions only.
/// </summary>
public sealed class CourseBooking(IWorkshopStore workshops, IAgendaStore agenda, Alternatives alternatives, RdvSettings settings, IClock clock)
    : IBookable
{
    public bool IsWanted(BookingRequest request) => request.CourseId is not null;

    /// <summary>What an enrolment takes are seats, and <see cref="SeatBooking"/> gives them back.</summary>
    public bool IsTaken(Appointment appointment) => false;

    public Task<Take?> CheckAsync(BookingRequest request, FieldErrors errors, CancellationToken cancellationToken)
    {
        if (!CourseId.TryParse(request.CourseId, out var id))
        {
            errors.Add("courseId", "Ce cours n'existe pas.");
            return Task.FromResult<Take?>(null);
        }

        if (request.WorkshopId is not null)
        {
            errors.Add("workshopId", "Choisissez le cours ou une de ses séances, pas les deux.");
        }

        if (MeansWords.Parse(request.Means) != Means.Place)
        {
            errors.Add("means", "Un cours a lieu sur place.");
        }

        return Task.FromResult<Take?>(token => TakeAsync(request, id, token));
    }

    public Task<IReadOnlyList<RowWrite>?> GiveBackAsync(IReadOnlyList<Appointment> appointments, Instant now, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A seat is given back as a seat.");

    private async Task<Result<Taken>?> TakeAsync(BookingRequest request, CourseId id, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var course = await workshops.ReadCourseAsync(request.Territory, id, cancellationToken);
        List<Workshop> toCome = [.. course?.ToCome(now).Select(session => session.Value) ?? []];
        if (ProblemOf(course, toCome, request, now) is { } problem)
        {
            return new Refusal.Invalid("courseId", problem);
        }

        if (await HeldSeats.ReadAsync(agenda, toCome, cancellationToken) is not { } held)
        {
            return null;
        }

        var first = toCome[0];
        var hold = HoldToken.Of(request.Hold, request.Territory, first.Date)?.Id;
        if (held.Any(session => session.Seats.LeftAt(now, hold) == 0))
        {
            return new Refusal.SlotTaken(request.Territory, await alternatives.NearAsync(
                request.Territory, first.Topic, first.LocalStart, first.PlaceId, request.By == Actor.Citizen, cancellationToken));
        }

        return TakenOf(first, appointments =>
        [
            .. HeldSeats.Write(held, (seats, index) => seats.With(appointments[index].Reference.Code, now, hold)),
            .. HeldSeats.News(held, now),
        ]) with
        {
            IsEnrolment = true,
            Further = [.. toCome.Skip(1).Select(session => TakenOf(session, _ => []))],
        };
    }

    private static Taken TakenOf(Workshop session, Func<IReadOnlyList<Appointment>, IReadOnlyList<RowWrite>> rowsFor) => new(
        session.Start, session.Minutes, session.Topic, session.StructureId, session.PlaceId, session.AdvisorId, session.Seat, rowsFor)
    {
        CoAdvisorId = session.CoAdvisorId,
    };

    private string? ProblemOf(Course? course, List<Workshop> toCome, BookingRequest request, Instant now)
    {
        if (course is null)
        {
            return "Ce cours n'existe pas.";
        }

        if (toCome.Count == 0)
        {
            return course.IsCancelled ? "Ce cours est annulé." : "Ce cours est terminé.";
        }

        return request.By == Actor.Citizen && course.HasBegun(now) ? $"Ce cours a déjà commencé. Pour le rejoindre, appelez le {settings.HotlinePhone}."
            : request.By != Actor.Advisor && toCome[0].Start < now + settings.MinimumNotice ? $"Il est trop tard pour s'inscrire à ce cours ici. Appelez le {settings.HotlinePhone}."
            : request.WorkshopVersion is { } seen && seen != Course.Seen(toCome.Select(session => (session.Id, session.Version)))
                ? "Une séance de ce cours vient de changer de jour, d'heure ou de lieu."
            : null;
    }
}
