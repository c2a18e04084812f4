namespace Rdv.People;

/// <summary>
/// Who of the staff acts in this flow of execution, for the audit trail alone: it decides nothing. A door says it once, and whatever is written from
/// there on bears it, however deep; what is done later, by a chore, bears who has made it necessary. And what they have read of people meanwhile is
/// noted, by whatever reads it.
/// </summary>
public static class Acting
{
    private static readonly AsyncLocal<Somebody?> Current = new();

    /// <summary>An id that says nothing of who it is (docs/adr/0024); null for a citizen and for a timer.</summary>
    public static string? Who => Current.Value?.Who;

    /// <summary>Runs as somebody, who acts no more when it has ended.</summary>
    /// <param name="seen">Takes what they read; null for a chore, whose reading nobody looks at.</param>
    public static async Task<T> AsAsync<T>(string? who, Func<Task<T>> run, SeenRecords? seen = null)
    {
        // What an asynchronous method sets is gone where it returns to.
        Current.Value = new Somebody(who, seen);
        return await run();
    }

    /// <summary>That a record of a person was read: by the store that reads it, so that no door can forget to say so.</summary>
    /// <param name="record">As logs may name it: a reference, the id of who waits, whose agenda. Never a name, a number or a key.</param>
    public static void Saw(string record) => Current.Value?.Seen?.Add(record);

    /// <summary>Reads what nobody is shown, to choose from it: whoever chooses says what was seen.</summary>
    public static async Task<T> UnseenAsync<T>(Func<Task<T>> run)
    {
        if (Current.Value is { } somebody)
        {
            Current.Value = somebody with { Seen = null };
        }

        return await run();
    }

    private sealed record Somebody(string? Who, SeenRecords? Seen);
}
