namespace Rdv.Chores;

/// <summary>Does the chores of one kind.</summary>
public interface IChoreHandler
{
    /// <summary>One of <see cref="ChoreKinds"/>.</summary>
    string Kind { get; }

    /// <summary>
    /// Does it, and deletes the chore in the last transaction. May be run again at any point, by anyone, even twice at once: whoever is killed
    /// on the way has done a part of it, and each step is done once.
    /// </summary>
    /// <returns>False when it could not be done now; it is taken up again at the next run.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    Task<bool> RunAsync(Chore chore, CancellationToken cancellationToken);
}
