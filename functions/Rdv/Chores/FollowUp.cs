namespace Rdv.Chores;

/// <summary>Goes on with a change that is too long for one transaction, in the request that began it.</summary>
public static class FollowUp
{
    /// <summary>Somebody waits for the answer: what takes longer is left to the next run of the chores.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <inheritdoc cref="RunNowAsync(IChoreHandler, Chore, CancellationToken)"/>
    public static Task RunNowAsync(this IEnumerable<IChoreHandler> handlers, Chore chore, CancellationToken cancellationToken) =>
        handlers.Single(handler => handler.Kind == chore.Kind).RunNowAsync(chore, cancellationToken);

    /// <summary>
    /// Does what can be done now. The change itself is written, which "nothing was done" would deny: whatever goes wrong from here on is
    /// taken up again by itself.
    /// </summary>
    public static async Task RunNowAsync(this IChoreHandler handler, Chore chore, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await handler.RunAsync(chore, patience.Token);
        }
        catch (Exception exception) when (exception is StorageUnavailableException or ContendedException or UnknownOutcomeException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The chore is due in a moment.
        }
    }
}
