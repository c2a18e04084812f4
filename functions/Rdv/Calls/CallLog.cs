using NodaTime;
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
}
