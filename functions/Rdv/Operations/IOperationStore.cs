using Rdv.Territories;

namespace Rdv.Operations;

/// <summary>Reads operations. They are written by <see cref="Transactions.ITransactions"/> only.</summary>
public interface IOperationStore
{
    /// <summary>The operations of a territory that are not done: one range query.</summary>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    Task<IReadOnlyList<Operation>> ListAsync(Territory territory, CancellationToken cancellationToken);
}
