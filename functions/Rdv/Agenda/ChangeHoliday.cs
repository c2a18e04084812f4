using NodaTime;
using Rdv.Directory;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Agenda;

public enum ChangeHolidayOutcome
{
    Changed,

    /// <summary>That day is no public holiday of the territory.</summary>
    NotAHoliday,
    NotFound,
    Busy,
}

/// <summary>Says that a structure works on a public holiday, or not after all.</summary>
public sealed class ChangeHoliday(
    IDirectoryStore store, ITransactions transactions, ITerritoryDirectories directories)
{
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<ChangeHolidayOutcome> ExecuteAsync(
        Territory territory, StructureId id, LocalDate date, bool open, CancellationToken cancellationToken)
    {
        if (!PublicHolidays.Contains(territory, date))
        {
            return ChangeHolidayOutcome.NotAHoliday;
        }

        for (var attempt = 1; attempt <= Retries.MaxAttempts; attempt++)
        {
            if (await store.FindStructureAsync(territory, id, cancellationToken) is not { Value: var structure, ETag: var etag })
            {
                return ChangeHolidayOutcome.NotFound;
            }

            if (structure.WorksOn(date) == open)
            {
                return ChangeHolidayOutcome.Changed;
            }

            var worked = (structure.WorkedHolidays ?? []).Where(day => day != date);
            var changed = structure with { WorkedHolidays = [.. (open ? worked.Append(date) : worked).Order()] };
            if (await transactions.CommitAsync(territory, [new RowWrite.Replace(changed, etag)], cancellationToken) == CommitOutcome.Committed)
            {
                await directories.ReloadAsync(territory, cancellationToken);
                return ChangeHolidayOutcome.Changed;
            }

            await Retries.PauseAsync(attempt, cancellationToken);
        }

        return ChangeHolidayOutcome.Busy;
    }
}
