using NodaTime;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.People;
using Rdv.Transactions;

namespace Rdv.Booking;

/// <summary>An advisor's time: the named one's, or that of the least loaded who is free.</summary>
public sealed class SlotBooking(
    IAgendaStore agenda, CandidateSearch candidates, ITerritoryDirectories directories, Alternatives alternatives, RdvSettings settings, IClock clock)
    : IBookable
{
    public bool IsWanted(BookingRequest request) => request is { WorkshopId: null, CourseId: null };

    public bool IsTaken(Appointment appointment) => appointment.Seat is null;

    public async Task<Take?> CheckAsync(BookingRequest request, FieldErrors errors, CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(request.Territory, cancellationToken);
        var notice = request.By == Actor.Advisor ? Duration.Zero : settings.MinimumNotice;
        return WantedSlot.Check(
            request.Territory, request.Topic, request.Start, request.PlaceId, request.AdvisorId, request.Means, request.Home?.Insee, request.Signs, directory, notice, settings, clock.GetCurrentInstant(), errors) is { } slot
            ? token => TakeAsync(request, slot, token)
            : null;
    }

    public async Task<IReadOnlyList<RowWrite>?> GiveBackAsync(IReadOnlyList<Appointment> appointments, Instant now, CancellationToken cancellationToken)
    {
        var appointment = appointments.Single();
        var date = appointment.LocalStart.Date;
        var month = await agenda.ReadMonthAsync(appointment.Territory, appointment.AdvisorId, date.ToYearMonth(), cancellationToken);
        var day = month.Day(date);
        return [month.Write(date, day.Without(appointment.Reference.Code) with { Cancelled = day.Cancelled + 1 })];
    }

    private async Task<Result<Taken>?> TakeAsync(BookingRequest request, WantedSlot slot, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var hold = HoldToken.Of(request.Hold, request.Territory, slot.Date);
        var query = new CandidateQuery(request.Territory, slot, new OfferTo(now, hold?.Id, OnWeb: request.By == Actor.Citizen), request.AdvisorId is null ? null : new AdvisorId(request.AdvisorId))
        {
            Preferred = hold is null ? [] : [hold.AdvisorId],
        };
        return await candidates.FindAsync(query, cancellationToken) is { } choice
            ? Taken(request, slot, hold, choice, now)
            : new Refusal.SlotTaken(request.Territory, await alternatives.NearAsync(request.Territory, slot, query.To.OnWeb, cancellationToken));
    }

    private static Taken Taken(BookingRequest request, WantedSlot slot, HoldToken? hold, Candidate choice, Instant now) => new(
        request.Start!.Value,
        slot.CellCount * DayGrid.MinutesPerCell,
        slot.Topic,
        choice.Advisor.StructureId,
        slot.Place,
        choice.Advisor.Id,
        Seat: null,
        appointments => [slot.Write(appointments[0], choice, hold, now)])
    {
        Means = slot.Means,
        Home = slot.Home,
    };
}
