using NodaTime;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Transactions;

namespace Rdv.Booking;

/// <summary>What an appointment takes up in an agenda, and gives back: an advisor's time, or a seat in a workshop.</summary>
public interface IBookable
{
    bool IsWanted(BookingRequest request);

    bool IsTaken(Appointment appointment);

    /// <summary>Checks what a request says of it.</summary>
    /// <returns>What takes it; null, with what is wrong, when that cannot be tried.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    Task<Take?> CheckAsync(BookingRequest request, FieldErrors errors, CancellationToken cancellationToken);

    /// <param name="appointments">By time: one, or several of one enrolment.</param>
    /// <returns>The rows that give it back; null when it was changed between two reads.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    Task<IReadOnlyList<RowWrite>?> GiveBackAsync(IReadOnlyList<Appointment> appointments, Instant now, CancellationToken cancellationToken);
}

/// <summary>Reads the agenda, and says what is taken of it or why nothing is.</summary>
/// <returns>Null when it was changed between two reads.</returns>
/// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
public delegate Task<Result<Taken>?> Take(CancellationToken cancellationToken);

/// <summary>What an appointment is to take.</summary>
/// <param name="RowsFor">The rows that take it for an appointment; with <see cref="Further"/>, for all of them in that order.</param>
public sealed record Taken(
    Instant Start,
    int Minutes,
    string Topic,
    StructureId StructureId,
    PlaceId PlaceId,
    AdvisorId AdvisorId,
    SeatIn? Seat,
    Func<IReadOnlyList<Appointment>, IReadOnlyList<RowWrite>> RowsFor)
{
    public Means Means { get; init; }

    /// <summary>See <see cref="WantedSlot"/>.</summary>
    public string? Home { get; init; }

    /// <summary>Of a workshop with a second advisor.</summary>
    public AdvisorId? CoAdvisorId { get; init; }

    /// <summary>Whether it is an enrolment in a course.</summary>
    public bool IsEnrolment { get; init; }

    /// <summary>What is taken with it, each for an appointment of its own: the other sessions of a course.</summary>
    public IReadOnlyList<Taken> Further { get; init; } = [];
}
