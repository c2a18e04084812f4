using NodaTime;
using Rdv.Appointments;
using Rdv.Ids;
using Rdv.People;
using Rdv.Transactions;

namespace Rdv.Calls;

/// <summary>What came of one call, for the audit trail of its subject.</summary>
/// <param name="Note">What the operator wrote; up to 500 characters.</param>
public sealed record CallLog(Subject Subject, Instant At, string Reason, CallOutcome Outcome, string? Note) : IRow
{
    /// <summary>Who of the staff it was; null for a citizen, and for what was written before this was known.</summary>
    public string? Who { get; init; } = Acting.Who;

    /// <summary>
    /// Of whom the note is, where nothing else leads to it: who waited is off the list when the note is asked for. Null for a call about an appointment,
    /// which finds its own, and without a note.
    /// </summary>
    public PhoneIndex? Person { get; init; }

    /// <summary>That somebody was called, and what came of it.</summary>
    public CallLog WithoutNote() => this with { Note = null, Person = null };

    // A record would print every property: a log line must not carry a note.
    public override string ToString() => $"{Subject} {At}";
}
