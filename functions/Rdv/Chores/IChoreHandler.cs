namespace Rdv.Chores;

/// <summary>Does the chores of one kind.</summary>
public interface IChoreHandler
{
    /// <summary>One of <see cref="ChoreKinds"/>.</summary>
    string Kind { get; }

    /// <summary>
    /// Does it, and deletes the chore in the same transaction: whoever is killed on the way has done nothing, and of two who run it at
    /// once, one has.
    /// </summary>
    /// <returns>False when it could not be done now; it is taken up again at the next run.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    Task<bool> RunAsync(Chore chore, CancellationToken cancellationToken);
}
