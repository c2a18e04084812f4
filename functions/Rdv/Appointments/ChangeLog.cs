using NodaTime;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.People;
using Rdv.Transactions;

namespace Rdv.Appointments;

/// <summary>One line of an appointment's audit trail: who did what, and which messages it made due.</summary>
/// <param name="Action">One of <see cref="ChangeActions"/>.</param>
public sealed record ChangeLog(
    AppointmentReference Reference,
    int Version,
    Instant At,
    string Action,
    Actor By,
    IReadOnlyList<DueMessage> Messages) : IRow
{
    /// <summary>Who of the staff it was; null for a citizen, and for what was written before this was known.</summary>
    public string? Who { get; init; } = Acting.Who;
}

public static class ChangeActions
{
    public const string Booked = "booked";
    public const string Moved = "moved";
    public const string Cancelled = "cancelled";
    public const string Kept = "kept";
    public const string Missed = "missed";
}
