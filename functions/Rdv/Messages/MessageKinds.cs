namespace Rdv.Messages;

/// <summary>The kinds of messages, one word each throughout: due rows, logs, the API, the page of a demonstration.</summary>
public static class MessageKinds
{
    public const string Confirmation = "confirmation";
    public const string Reminder = "reminder";

    /// <summary>The first of two reminders, days before; to the outside it is a reminder like the other.</summary>
    public const string ReminderAhead = "reminder-ahead";

    /// <summary>The reminder two hours before; to the outside it is a reminder like the other.</summary>
    public const string ReminderSoon = "reminder-soon";

    public const string Cancellation = "cancellation";
    public const string Move = "move";
    public const string Freed = "freed";
    public const string Link = "link";
    public const string Invite = "invite";
    public const string InviteUpdate = "invite-update";
    public const string InviteCancel = "invite-cancel";
    public const string Day = "day";

    /// <summary>An advisor's own calendar meets what is booked, or cannot be read.</summary>
    public const string Calendar = "calendar";

    /// <summary>The kind of the second, third … sending of a message, which is asked for by hand: <c>confirmation-2</c>.</summary>
    /// <param name="number">From 2.</param>
    public static string Again(string kind, int number) => $"{kind}-{number}";

    public static bool IsAgain(string kind) => Ordinal(kind) > 0;

    /// <summary>What the message says, whichever sending it is: what the outside reads.</summary>
    public static string Base(string kind) => Ordinal(kind) is > 0 and var at ? kind[..at] : kind is ReminderAhead or ReminderSoon ? Reminder : kind;

    /// <summary>Where the hyphen before a number is; 0 or less when there is none.</summary>
    private static int Ordinal(string kind)
    {
        var at = kind.LastIndexOf('-');
        return at > 0 && at < kind.Length - 1 && kind.AsSpan(at + 1).IndexOfAnyExceptInRange('0', '9') < 0 ? at : 0;
    }
}
