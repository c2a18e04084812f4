using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Territories;

namespace Rdv.Booking;

/// <summary>What is found for a slot under one directory.</summary>
/// <param name="Choice">Null when nobody is free.</param>
/// <param name="IsOffered">Whether anyone offers it by their opening hours.</param>
/// <param name="Months">The months that were read.</param>
internal sealed record Found<TChoice>(TChoice? Choice, bool IsOffered, IReadOnlyList<AgendaMonth> Months)
    where TChoice : class;

/// <summary>
/// Looks for who takes a slot under the cached directory, and once more under a fresh one when the agenda knows newer opening hours. Once
/// only: a directory that is behind the agenda for good must not shut a territory.
/// </summary>
public sealed class CandidateSearch(IAgendaStore agenda, ITerritoryDirectories directories)
{
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    internal async Task<TChoice?> FindAsync<TChoice>(
        Territory territory,
        LocalDate date,
        Func<TerritoryDirectory, Task<Found<TChoice>>> find,
        CancellationToken cancellationToken)
        where TChoice : class
    {
        var directory = await directories.GetAsync(territory, cancellationToken);
        var found = await find(directory);
        return await IsOutdatedAsync(directory, found, territory, date, cancellationToken)
            ? (await find(await directories.ReloadAsync(territory, cancellationToken))).Choice
            : found.Choice;
    }

    /// <summary>The month of one advisor, or the week of all: from it the least loaded is told.</summary>
    internal async Task<IReadOnlyList<AgendaMonth>> ReadMonthsAsync(
        Territory territory, List<Advisor> offering, WantedSlot slot, CancellationToken cancellationToken)
    {
        switch (offering.Count)
        {
            case 0:
                return [];
            case 1:
                return [await agenda.ReadMonthAsync(territory, offering[0].Id, slot.Month, cancellationToken)];
            default:
                var (monday, sunday) = Candidates.WeekOf(slot.Date);
                return await agenda.ReadDaysAsync(territory, monday, sunday, cancellationToken);
        }
    }

    private async Task<bool> IsOutdatedAsync<TChoice>(
        TerritoryDirectory directory, Found<TChoice> found, Territory territory, LocalDate date, CancellationToken cancellationToken)
        where TChoice : class =>
        Candidates.IsOutdated(directory, found.Months)
        || (found.Choice is null
            // Before saying no: the cache may predate the hours of this very slot, and an advisor whose hours were widened elsewhere is in
            // no month that was read.
            && (!found.IsOffered || Candidates.IsOutdated(directory, await agenda.ReadDaysAsync(territory, date, date, cancellationToken))));
}
