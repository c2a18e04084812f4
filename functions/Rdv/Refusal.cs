using System.Text.Json;
using NodaTime;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv;

/// <summary>
/// Why the product says no to somebody who is there and may ask: the contract's table of problems, said once. One mapping makes an answer
/// of the API of it, one a page.
/// </summary>
public abstract record Refusal
{
    private Refusal()
    {
    }

    /// <summary>The contract's, as <c>slot-taken</c>.</summary>
    public string Code => JsonNamingPolicy.KebabCaseLower.ConvertName(GetType().Name);

    /// <summary>Wrong shape or value, by field, in French.</summary>
    public sealed record Invalid(FieldErrors Errors) : Refusal
    {
        public Invalid(string field, string message)
            : this(FieldErrors.Of(field, message))
        {
        }
    }

    /// <summary>It is another's, and the caller knows that it is there.</summary>
    public sealed record Forbidden : Refusal;

    /// <summary>Unknown, or the key is wrong: the same answer.</summary>
    public sealed record NotFound : Refusal;

    /// <param name="Territory">Whose wall time the alternatives are in.</param>
    /// <param name="Alternatives">The nearest free slots: at most five, nearest in time, then in place.</param>
    public sealed record SlotTaken(Territory Territory, IReadOnlyList<Slot> Alternatives) : Refusal;

    /// <summary>The same key came with another request.</summary>
    public sealed record IdempotencyMismatch : Refusal;

    /// <summary>Somebody has changed it since the caller saw it.</summary>
    public sealed record Stale : Refusal;

    /// <summary>It has started, was cancelled, or its outcome is known.</summary>
    /// <param name="Message">In French, where the general one would mislead.</param>
    public sealed record TooLate(string? Message = null) : Refusal;

    /// <summary>There are appointments inside, and they were not to be touched.</summary>
    /// <param name="Appointments">Individual ones, and seats in workshops.</param>
    public sealed record AppointmentsInside(IReadOnlyList<AppointmentReference> Appointments, IReadOnlyList<WorkshopId> Workshops) : Refusal;

    /// <summary>Something is still to come, and it was not to be cancelled.</summary>
    public sealed record StillToCome(IReadOnlyList<AppointmentReference> Appointments) : Refusal;

    /// <summary>Two things of one agenda cover the same time.</summary>
    /// <param name="Message">Which, in French.</param>
    public sealed record Overlap(string Message) : Refusal;

    /// <param name="RetryAfter">Null when waiting alone does not help.</param>
    /// <param name="Message">In French, where the general one would mislead.</param>
    public sealed record TooMany(Duration? RetryAfter = null, string? Message = null) : Refusal;
}
