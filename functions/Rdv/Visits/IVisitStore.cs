namespace Rdv.Visits;

/// <summary>Knows which visits have been counted.</summary>
/// <remarks>Throws <see cref="StorageUnavailableException"/> when storage does not answer.</remarks>
public interface IVisitStore
{
    /// <summary>One point read.</summary>
    Task<bool> ExistsAsync(Visit visit, CancellationToken cancellationToken);
}
