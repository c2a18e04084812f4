using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Booking;

/// <summary>Who may take a slot, and who comes first.</summary>
/// <param name="Only">The one who was asked for; anybody when null.</param>
internal sealed record CandidateQuery(Territory Territory, WantedSlot Slot, OfferTo To, AdvisorId? Only = null)
{
    public AdvisorId? Except { get; init; }

    /// <summary>In their order, before the least loaded.</summary>
    public IReadOnlyList<AdvisorId> Preferred { get; init; } = [];

    /// <summary>
    /// Whose month already holds what is asked for, free or not; null where it cannot be there. It may have been written a moment ago by another
    /// process, so that it is looked for in the agenda as it is now.
    /// </summary>
    public Func<AgendaMonth, bool>? Has { get; init; }

    /// <summary>Whether the month is the answer.</summary>
    public bool Takes(AgendaRules rules, Advisor advisor, AgendaMonth month) =>
        Has?.Invoke(month) == true || Candidates.IsFree(rules, advisor, month, Slot, To);
}

/// <summary>
/// Looks for who takes a slot. The order comes from what this process remembers of the agenda; each is then read by the key of the month, and the
/// first who is free is the one. Before saying no, all is read again: the agenda, and the directory when the agenda knows newer opening hours.
/// Once only: a directory that is behind the agenda for good must not shut a territory.
/// </summary>
public sealed class CandidateSearch(RecentAgendas recent, IAgendaStore agenda, ITerritoryDirectories directories)
{
    /// <summary>How many are read by key before all are read again: what is remembered has never been wrong that often.</summary>
    private const int MaxRead = 8;

    /// <returns>Null when nobody is free.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    internal async Task<Candidate?> FindAsync(CandidateQuery query, CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(query.Territory, cancellationToken);
        var (choice, isOutdated) = await FindAsync(query, directory, isLast: false, cancellationToken);
        if (choice is not null)
        {
            return choice;
        }

        if (!isOutdated)
        {
            // Of the one who was asked for, nothing newer is to be known.
            if (query.Only is not null)
            {
                return null;
            }

            // An advisor whose hours were widened elsewhere is in no month that was read.
            isOutdated = directory.IsBehind(await recent.ReadNowAsync(query.Territory, query.Slot.Monday, query.Slot.Sunday, cancellationToken));
        }

        directory = isOutdated ? await directories.ReloadAsync(query.Territory, cancellationToken) : directory;
        return (await FindAsync(query, directory, isLast: true, cancellationToken)).Choice;
    }

    /// <returns>Nobody, and whether the directory is older than the hours of the slot: then nobody may be wrong.</returns>
    private async Task<(Candidate? Choice, bool IsOutdated)> FindAsync(
        CandidateQuery query, TerritoryDirectory directory, bool isLast, CancellationToken cancellationToken)
    {
        var offering = Candidates.Offering(directory, query.Slot, query.Only);
        offering.RemoveAll(advisor => advisor.Id == query.Except);
        if (offering.Count == 0)
        {
            return (null, IsOutdated: true);
        }

        var preferred = query.Preferred.SelectMany(id => offering.Where(advisor => advisor.Id == id)).ToList();
        var found = await FirstAsync(preferred);
        if (found is not (null, false))
        {
            return found;
        }

        offering.RemoveAll(preferred.Contains);
        return await FirstAsync(offering.Count <= 1 ? offering : await OrderAsync(query, directory, offering, cancellationToken));

        async Task<(Candidate?, bool IsOutdated)> FirstAsync(IReadOnlyList<Advisor> advisors)
        {
            foreach (var advisor in isLast ? advisors : advisors.Take(MaxRead))
            {
                var month = await agenda.ReadMonthAsync(query.Territory, advisor.Id, query.Slot.Month, cancellationToken);
                if (!isLast && month.HoursVersion > advisor.HoursVersion)
                {
                    return (null, IsOutdated: true);
                }

                if (query.Takes(directory.Rules, advisor, month))
                {
                    return (new Candidate(advisor, month), false);
                }

                // Whoever asks next need not find it out again.
                recent.Apply(query.Territory, new AgendaDays(
                    month.AdvisorId, month.Month, new Dictionary<int, DayAgenda> { [query.Slot.Date.Day] = month.Day(query.Slot.Date) }, month.HoursVersion));
            }

            return (null, false);
        }
    }

    private async Task<IReadOnlyList<Advisor>> OrderAsync(
        CandidateQuery query, TerritoryDirectory directory, List<Advisor> offering, CancellationToken cancellationToken)
    {
        var months = query.Has is null
            ? await recent.ReadAsync(query.Territory, query.Slot.Monday, query.Slot.Sunday, cancellationToken)
            : await recent.ReadNowAsync(query.Territory, query.Slot.Monday, query.Slot.Sunday, cancellationToken);
        var having = months
            .Where(month => month.Month == query.Slot.Month && query.Has?.Invoke(month) == true)
            .Select(month => directory.Advisors.GetValueOrDefault(month.AdvisorId))
            .OfType<Advisor>();
        return [.. having, .. Candidates.Free(directory.Rules, offering, months, query.Slot, query.To)];
    }
}
