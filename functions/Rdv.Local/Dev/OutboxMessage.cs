using NodaTime;

namespace Rdv.Local.Dev;

/// <summary>A message as it was handed to a gateway.</summary>
/// <param name="Channel"><c>sms</c> or <c>mail</c>.</param>
/// <param name="To">The number in E.164, or the address.</param>
/// <param name="Text">What is read; for a mail, every part decoded, calendar included.</param>
/// <param name="Kind">As in the design: <c>confirmation</c>, <c>reminder</c>, <c>invite</c> …</param>
/// <param name="Subject">Of a mail.</param>
public sealed record OutboxMessage(
    string Channel, string To, string Text, Instant SentAt, string Kind, string? Reference, string? Subject = null);
