using NodaTime;
using Rdv.Dispatch;
using Rdv.Transactions;
using Rdv.Waiting;

namespace Rdv.Chores;

public static class ChoreKinds
{
    /// <summary>A slot was given back: it is offered to those who wait.</summary>
    public const string Freed = "freed";

    /// <summary>A person has waited for too long.</summary>
    public const string Forget = "forget";
}

/// <summary>One thing to do at a time that is no message. It names no person.</summary>
/// <param name="Kind">One of <see cref="ChoreKinds"/>.</param>
/// <param name="Version">The version of the subject that made it due.</param>
/// <param name="Slot">Of <see cref="ChoreKinds.Freed"/>.</param>
public sealed record Chore(Subject Subject, string Kind, Instant DueAt, int Version, FreedSlot? Slot = null) : IRow;
