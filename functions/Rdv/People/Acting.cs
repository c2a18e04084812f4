namespace Rdv.People;

/// <summary>
/// Who of the staff acts in this flow of execution, for the audit trail alone: it decides nothing. A door says it once, and whatever is written from
/// there on bears it, however deep; what is done later, by a chore, bears who has made it necessary.
/// </summary>
public static class Acting
{
    private static readonly AsyncLocal<string?> Current = new();

    /// <summary>An id that says nothing of who it is (docs/adr/0024); null for a citizen and for a timer.</summary>
    public static string? Who => Current.Value;

    /// <summary>Runs as somebody, who acts no more when it has ended.</summary>
    public static async Task<T> AsAsync<T>(string? who, Func<Task<T>> run)
    {
        // What an asynchronous method sets is gone where it returns to.
        Current.Value = who;
        return await run();
    }
}
