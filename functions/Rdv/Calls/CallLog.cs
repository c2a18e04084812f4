using NodaTime;
using Rdv.Ids;
using Rdv.Transactions;

namespace Rdv.Calls;

/// <summary>What came of one call, for the audit trail of its subject.</summary>
/// <param name="Note">What the operator wrote; up to 500 characters.</param>
public sealed record CallLog(Subject Subject, Instant At, string Reason, CallOutcome Outcome, string? Note) : IRow;
