namespace Rdv.Dispatch;

/// <summary>The kinds of messages, one word each throughout: due rows, logs, the API, the page of a demonstration.</summary>
public static class MessageKinds
{
    public const string Confirmation = "confirmation";
    public const string Reminder = "reminder";
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
}
