using NodaTime;
using Rdv.Ids;
using Rdv.Transactions;

namespace Rdv.Messages;

public enum Channel
{
    Sms,
    Mail,

    /// <summary>What is due and is no message (<see cref="Chores.Chore"/>).</summary>
    Chore,
}

/// <summary>One message to send at a time, written in the transaction that makes it true.</summary>
/// <param name="Kind">One of <see cref="MessageKinds"/>.</param>
/// <param name="Version">The version of the subject that it speaks of.</param>
/// <param name="Deadline">After it, the message says nothing useful any more and is not sent.</param>
public sealed record DueMessage(
    Channel Channel,
    Instant DueAt,
    Subject Subject,
    string Kind,
    Recipient Recipient,
    int Version,
    Instant Deadline) : IRow
{
    /// <inheritdoc cref="Tracing.Cause"/>
    public string? Cause { get; init; } = Tracing.Cause;
}

/// <summary>The claim of one run on a message: who tries, since when, and with which id.</summary>
/// <param name="At">When this try began.</param>
/// <param name="RepeatabilityId">The same for every try.</param>
/// <param name="FirstSent">When the first try began.</param>
/// <param name="Attempts">Tries that ended without the message leaving.</param>
/// <param name="NotBefore">After a try that did not go through, when the next may be made. Null while a try is under way.</param>
public sealed record Claim(Instant At, Guid RepeatabilityId, Instant FirstSent, int Attempts, Instant? NotBefore);

/// <summary>What the key of a due message tells.</summary>
public sealed record WaitingMessage(Instant DueAt, string Kind);

/// <summary>A due message as it is stored.</summary>
public sealed record StoredDue(DueMessage Message, Claim? Claim, string ETag)
{
    /// <summary>What is due about other subjects in the very same second, perhaps to the same person: one message may tell of all.</summary>
    public IReadOnlyList<DueMessage> Beside { get; init; } = [];
}
