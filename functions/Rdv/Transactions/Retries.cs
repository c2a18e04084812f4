namespace Rdv.Transactions;

/// <summary>How often a use case reads again and tries once more after a conflict, and how long it waits in between.</summary>
public static class Retries
{
    /// <summary>Enough for a crowd on one advisor's month; under it all stays below about three seconds.</summary>
    public const int MaxAttempts = 24;

    /// <summary>Waits a random time that grows with the attempts, so that those who collided do not collide again.</summary>
    public static Task PauseAsync(int attempt, CancellationToken cancellationToken)
    {
        var ceiling = Math.Min(200, 10 * attempt);
        return Task.Delay(Random.Shared.Next(1, ceiling + 1), cancellationToken);
    }
}

/// <summary>Until every use case writes with <see cref="Writer"/>.</summary>
public static class TransactionsWithoutWriter
{
    public static Task<CommitOutcome> CommitAsync(
        this ITransactions transactions, Rdv.Territories.Territory territory, IReadOnlyList<RowWrite> writes, CancellationToken cancellationToken) =>
        transactions.CommitAsync(territory, writes, Guid.NewGuid().ToString("N"), cancellationToken);
}
