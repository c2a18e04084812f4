using NodaTime;
using Rdv.Booking;

namespace Rdv.Hotline;

/// <summary>What came of one call, for the audit trail of the appointment.</summary>
/// <param name="Note">What the operator wrote; up to 500 characters.</param>
public sealed record CallLog(AppointmentReference Reference, Instant At, string Reason, CallOutcome Outcome, string? Note);
