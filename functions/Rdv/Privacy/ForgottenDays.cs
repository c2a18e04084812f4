using NodaTime;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Privacy;

/// <summary>How far the people of a territory are forgotten: those of the appointments of that day and of all before.</summary>
public sealed record ForgottenDays(LocalDate Through) : IRow;

/// <summary>Reads how far people are forgotten. It is written by <see cref="ITransactions"/>.</summary>
public interface IForgottenDaysStore
{
    /// <summary>One point read; null when nobody was forgotten yet.</summary>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    Task<ForgottenDays?> FindAsync(Territory territory, CancellationToken cancellationToken);
}
