using Rdv.Transactions;

namespace Rdv.Staff;

/// <summary>Reads the staff directory. Its rows are written by <see cref="ITransactions"/> only.</summary>
/// <remarks>Every member throws <see cref="StorageUnavailableException"/> when storage does not answer.</remarks>
public interface IStaffStore
{
    /// <summary>One point read.</summary>
    Task<Stored<StaffPerson>?> FindAsync(StaffId id, CancellationToken cancellationToken);

    /// <summary>One point read: who has bound that account.</summary>
    Task<StaffId?> FindOwnerAsync(SignInCode code, CancellationToken cancellationToken);

    /// <summary>One point read: whose that address is.</summary>
    /// <param name="address">As <see cref="StaffAddress.Of"/> writes it.</param>
    Task<StaffId?> FindOwnerAsync(string address, CancellationToken cancellationToken);

    /// <summary>All of them: one query.</summary>
    Task<IReadOnlyList<Stored<StaffPerson>>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The ETag of <see cref="StaffAdmins"/>; null when there is none yet: one point read.</summary>
    Task<string?> ReadAdminsAsync(CancellationToken cancellationToken);
}
