using NodaTime;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.People;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Appointments;

public enum AppointmentStatus
{
    Booked,
    Cancelled,
    Kept,
    Missed,
}

/// <summary>One appointment, as it is stored.</summary>
public sealed record Appointment : IRow
{
    public required AppointmentReference Reference { get; init; }

    public AppointmentStatus Status { get; init; } = AppointmentStatus.Booked;

    /// <summary>1 when booked; rises at each move and at the cancellation.</summary>
    public int Version { get; init; } = 1;

    /// <summary>
    /// The last version that changed what the citizen was told. A colleague who takes over at the same time and place changes the
    /// version and not this: reminders stay true, and nobody is disturbed.
    /// </summary>
    public int CitizenVersion { get; init; } = 1;

    public required Instant Start { get; init; }

    public required int Minutes { get; init; }

    /// <summary>Topic id.</summary>
    public required string Topic { get; init; }

    public required StructureId StructureId { get; init; }

    public required PlaceId PlaceId { get; init; }

    public required AdvisorId AdvisorId { get; init; }

    /// <summary>How one meets. By telephone, the advisor calls the citizen's number from the place; a move keeps it.</summary>
    public Means Means { get; init; }

    /// <summary>Where the advisor comes to; null for all that is not at home, and once it is cancelled.</summary>
    public HomeAddress? Home { get; init; }

    /// <summary>The workshop in which it is a seat; null for an individual appointment.</summary>
    public SeatIn? Seat { get; init; }

    /// <summary>What was booked with it, as one enrolment (inscription) in a course; null for what was booked alone.</summary>
    public Enrolment? Enrolment { get; init; }

    /// <summary>It was cancelled with all that was still to come of its <see cref="Enrolment"/>.</summary>
    public bool IsWholeCancelled { get; init; }

    public required Citizen Citizen { get; init; }

    public Helper? Helper { get; init; }

    /// <summary>What the citizen or the operator wrote for the advisor; up to 500 characters.</summary>
    public string? Note { get; init; }

    /// <summary>Who booked.</summary>
    public required Actor BookedBy { get; init; }

    public Actor? CancelledBy { get; init; }

    public string? CancelReason { get; init; }

    public required Instant CreatedAt { get; init; }

    /// <summary>The request that made this row, so that a repeated request recognises its own.</summary>
    public required RequestIdentity Request { get; init; }

    /// <summary>The number of the link secret from which the key of the SMS link is derived.</summary>
    public required int LinkSecret { get; init; }

    /// <summary>The key of the row that finds the appointment by the citizen's number.</summary>
    public required PhoneIndex PhoneIndex { get; init; }

    /// <summary>When its person was forgotten; null while they are known.</summary>
    public Instant? ForgottenAt { get; init; }

    public Territory Territory => Reference.Territory;

    public Instant End => Start + Duration.FromMinutes(Minutes);

    /// <summary>SEQUENCE of the calendar event (RFC 5545, 3.8.7.4): 0 when booked, rising with each version.</summary>
    public int Sequence => Version - 1;

    /// <summary>Whether the person is told of the booking with it: of an enrolment, with one of them only.</summary>
    public bool TellsOfBooking => Enrolment is null || Enrolment.First == Reference.Code;

    /// <summary>Wall time in the territory.</summary>
    public LocalDateTime LocalStart => Start.InZone(Territory.Zone).LocalDateTime;

    /// <summary>Without who came, and without all that they or others wrote of them. What is left is what statistics count.</summary>
    public Appointment Forget(Instant now) => this with
    {
        Citizen = Citizen.Forgotten,
        Helper = null,
        Note = null,
        Home = null,
        CancelReason = null,
        Request = RequestIdentity.Forgotten,
        PhoneIndex = PhoneIndex.Forgotten,
        ForgottenAt = now,
    };

    public override string ToString() => $"{Reference} {Status} v{Version}";
}
