using NodaTime;
using Rdv.Messages;

namespace Rdv.Backups;

/// <summary>What to do with a message that was due in a backup, once the table that came after it is lost.</summary>
public enum LostMessage
{
    /// <summary>It was still to come: it leaves when it is due.</summary>
    ToCome,

    /// <summary>It has left, or someone was told that it had not: it does not leave again.</summary>
    Over,

    /// <summary>It was due shortly before the loss: nobody knows. As a try that died, it becomes a call (docs/adr/0003).</summary>
    Unknown,
}

/// <summary>Judges the messages of a backup by when they were due and when the table was lost, since what became of them is lost too.</summary>
public static class AfterALoss
{
    /// <summary>The reason in the log of a message that is <see cref="LostMessage.Over"/>.</summary>
    public const string Reason = "restored";

    /// <summary>As long as the watchdog lets a message wait: what was due before has left, or its alarm was up.</summary>
    public static readonly Duration Doubt = Duration.FromMinutes(15);

    /// <param name="lostAt">When the table was last written to, or when messages last left, if that is earlier.</param>
    public static LostMessage Judge(StoredDue due, Instant lostAt)
    {
        // One that did not go through was put off.
        var at = due.Claim?.NotBefore is { } later ? Instant.Max(later, due.Message.DueAt) : due.Message.DueAt;
        return at > lostAt ? LostMessage.ToCome : at > lostAt - Doubt ? LostMessage.Unknown : LostMessage.Over;
    }
}
