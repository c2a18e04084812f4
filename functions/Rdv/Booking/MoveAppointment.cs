using NodaTime;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.People;
using Rdv.Transactions;

namespace Rdv.Booking;

/// <summary>A move as it is asked for.</summary>
/// <param name="PlaceId">Null for the same place.</param>
/// <param name="AdvisorId">Null for any advisor of the place, the present one first.</param>
/// <param name="Hold">The hold that keeps the new slot, if any.</param>
/// <param name="Except">An advisor who must not keep it: they are away.</param>
/// <param name="Version">When given, the version that the caller saw.</param>
/// <param name="Besides">Rows that change with it, if anything changes.</param>
public sealed record MoveRequest(
    AppointmentReference Reference,
    Access Access,
    Instant? Start,
    string? PlaceId,
    string? AdvisorId,
    string? Hold,
    int? Version,
    AdvisorId? Except = null,
    IReadOnlyList<RowWrite>? Besides = null);

/// <param name="Repeated">It was already there: nothing changed.</param>
public sealed record Moved(Appointment Appointment, bool Repeated);

/// <summary>Moves an appointment inside its territory: the old time given back and the new one taken in one transaction over both months.</summary>
public sealed class MoveAppointment(
    IAppointmentStore appointments,
    IAgendaStore agenda,
    CandidateSearch candidates,
    ITerritoryDirectories directories,
    Alternatives alternatives,
    Writer writer,
    Links links,
    RdvSettings settings,
    IClock clock)
{
    /// <summary>So often may one appointment be moved with its link: each move is an SMS, an invite and a line of its history.</summary>
    public const int MaxMoves = 10;

    /// <summary>So often may it be moved at all, whoever asks: a person of the hotline helps where a link has been used up.</summary>
    public const int MaxMovesByStaff = 50;

    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<Moved>> ExecuteAsync(MoveRequest request, CancellationToken cancellationToken)
    {
        var territory = request.Reference.Territory;
        return await writer.WriteAsync<Moved>(territory, DecideAsync, cancellationToken);

        async Task<Decision<Moved>> DecideAsync(CancellationToken token)
        {
            if (await appointments.ReadAsync(request.Reference, token) is not { Value: var appointment, ETag: var etag }
                || !request.Access.Opens(appointment, links))
            {
                return new Refusal.NotFound();
            }

            var now = clock.GetCurrentInstant();
            if (appointment.Status != AppointmentStatus.Booked || appointment.Start <= now)
            {
                return new Refusal.TooLate();
            }

            if (appointment.Seat is not null)
            {
                return new Refusal.Invalid("start", "Une place dans un atelier ne se déplace pas. Annulez-la, puis réservez une autre place.");
            }

            if (IsThere(request, appointment))
            {
                return new Moved(appointment, Repeated: true);
            }

            if (TooManyMoves(request, appointment) is { } refusal)
            {
                return refusal;
            }

            if (request.Version is { } version && version != appointment.Version)
            {
                return new Refusal.Stale();
            }

            var errors = new FieldErrors();
            if (Check(request, appointment, await directories.GetAsync(territory, token), now, errors) is not { } slot || errors.Any)
            {
                return new Refusal.Invalid(errors);
            }

            var hold = HoldToken.Of(request.Hold, territory, slot.Date);
            if (await candidates.FindAsync(QueryOf(request, appointment, slot, hold, now), token) is not { } target)
            {
                // Changed since it was read: what stands in the way may be the appointment itself, moved by this very request sent twice.
                return (await appointments.ReadAsync(request.Reference, token))?.ETag == etag
                    ? new Refusal.SlotTaken(territory, await alternatives.NearAsync(territory, slot, request.Access.Actor == Actor.Citizen, token))
                    : new Decision<Moved>.ReadAgain();
            }

            var moved = MovedTo(request.Start!.Value, appointment, slot, target);
            return new Decision<Moved>.Write(
                [
                    .. await WriteMonthsAsync(appointment, moved, target, slot, hold, now, token),
                    new RowWrite.Replace(moved, etag),
                    new RowWrite.Put(PhoneEntry.Of(moved)),
                    .. Changes.Rows(moved, ChangeActions.Moved, request.Access.Actor, MessagePlan.ForMove(appointment, moved, now), now),
                    .. moved.AdvisorId != appointment.AdvisorId || moved.Start != appointment.Start ? FreedSlot.Rows(appointment, moved.Version, now) : [],
                    .. request.Besides ?? [],
                ],
                new Moved(moved, Repeated: false));
        }
    }

    private static Appointment MovedTo(Instant start, Appointment appointment, WantedSlot slot, Candidate target) => appointment with
    {
        Version = appointment.Version + 1,
        CitizenVersion = start == appointment.Start && IsSameToCitizen(appointment, slot, target) ? appointment.CitizenVersion : appointment.Version + 1,
        Start = start,
        PlaceId = slot.Place,
        AdvisorId = target.Advisor.Id,
        StructureId = target.Advisor.StructureId,
    };

    private static bool IsSameToCitizen(Appointment appointment, WantedSlot slot, Candidate target) => slot.Means switch
    {
        // From where the advisor calls, or comes, is nothing to who is called or visited.
        Means.Phone or Means.Home => true,

        // Another advisor has another link.
        Means.Video => target.Advisor.Id == appointment.AdvisorId,
        _ => slot.Place == appointment.PlaceId,
    };

    /// <summary>The version counts the moves: it is 1 when booked, and nothing but a move raises it while the appointment is to come.</summary>
    private static Refusal.TooMany? TooManyMoves(MoveRequest request, Appointment appointment) => (request, request.Access.Actor) switch
    {
        // Nobody asked for it: the advisor is away, and a refusal would cancel.
        ({ Except: not null }, _) => null,
        (_, Actor.Citizen) when appointment.Version > MaxMoves => new(Message: $"Ce rendez-vous a déjà été déplacé {MaxMoves} fois. Appelez-nous : nous cherchons une heure avec vous."),
        (_, not Actor.Citizen) when appointment.Version > MaxMovesByStaff => new(Message: $"Ce rendez-vous a déjà été déplacé {MaxMovesByStaff} fois. Annulez-le, puis prenez-en un autre."),
        _ => null,
    };

    private static bool IsThere(MoveRequest request, Appointment appointment) =>
        request.Start == appointment.Start
        && request.Except != appointment.AdvisorId
        && (request.PlaceId is null || request.PlaceId == appointment.PlaceId.Value)
        && (request.AdvisorId is null || request.AdvisorId == appointment.AdvisorId.Value);

    private WantedSlot? Check(MoveRequest request, Appointment appointment, TerritoryDirectory directory, Instant now, FieldErrors errors)
    {
        if (request.PlaceId is not null && !directory.Places.ContainsKey(new PlaceId(request.PlaceId)))
        {
            errors.Add("placeId", "Ce lieu n'existe pas.");
        }

        if (request.AdvisorId is not null && !directory.Advisors.ContainsKey(new AdvisorId(request.AdvisorId)))
        {
            errors.Add("advisorId", "Ce conseiller n'existe pas.");
        }

        var notice = request.Access.Actor == Actor.Advisor ? Duration.Zero : settings.MinimumNotice;
        StartRules.Check(request.Start, appointment.Territory, notice, settings, now, errors);
        return errors.Any
            ? null
            : StartRules.ToSlot(
                appointment.Territory,
                appointment.Topic,
                appointment.Minutes,
                request.PlaceId is null ? appointment.PlaceId : new PlaceId(request.PlaceId),
                appointment.Means,
                appointment.Home?.Insee,
                request.Start!.Value,
                errors);
    }

    /// <summary>The held advisor first, then the one that the citizen knows, then the least loaded.</summary>
    private static CandidateQuery QueryOf(MoveRequest request, Appointment appointment, WantedSlot slot, HoldToken? hold, Instant now) =>
        new(appointment.Territory, slot, new OfferTo(now, hold?.Id, appointment.Reference.Code, request.Access.Actor == Actor.Citizen), request.AdvisorId is null ? null : new AdvisorId(request.AdvisorId))
        {
            Except = request.Except,
            Preferred = hold is null || hold.AdvisorId == appointment.AdvisorId
                ? [appointment.AdvisorId]
                : [hold.AdvisorId, appointment.AdvisorId],
        };

    private async Task<IReadOnlyList<RowWrite>> WriteMonthsAsync(
        Appointment before, Appointment after, Candidate target, WantedSlot slot, HoldToken? hold, Instant now, CancellationToken cancellationToken)
    {
        var code = before.Reference.Code;
        var oldDate = before.LocalStart.Date;
        if (before.AdvisorId == target.Advisor.Id && oldDate.ToYearMonth() == slot.Month)
        {
            // One row holds both days, and a transaction takes each row once.
            var month = target.Month;
            var days = new Dictionary<int, DayAgenda> { [oldDate.Day] = month.Day(oldDate).Without(code) };
            days[slot.Date.Day] = slot.Into(days.TryGetValue(slot.Date.Day, out var same) ? same : month.Day(slot.Date), after, hold, now);
            return [month.Write(days, target.Advisor.HoursVersion)];
        }

        var old = await agenda.ReadMonthAsync(before.Territory, before.AdvisorId, oldDate.ToYearMonth(), cancellationToken);
        return [old.Write(oldDate, old.Day(oldDate).Without(code)), slot.Write(after, target, hold, now)];
    }
}
