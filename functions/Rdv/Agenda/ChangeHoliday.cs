using NodaTime;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Agenda;

public sealed record HolidayChanged(LocalDate Date, bool IsOpen);

/// <summary>
/// Says that a structure works on a public holiday, or not after all. As with opening hours, the month of each of its advisors is touched
/// with a new version: another instance, which still offers the day, finds its month changed and reads the directory again.
/// </summary>
/// <remarks>
/// One transaction; several where the structure has more advisors than one can hold. The structure's row is in the first: a newer version
/// in a month sends a reader to the directory, who must find there what the version announces. The other way round, it would take the
/// versions for known with the old holidays beside them. Until the last is written, nothing has been answered, and whoever is booked with an
/// advisor whose turn has not come was booked before the change. A repeated call goes through the later ones again: the first may have
/// been killed between them.
/// </remarks>
public sealed class ChangeHoliday(
    IDirectoryStore store, IAgendaStore agenda, Writer writer, ITerritoryDirectories directories, RdvSettings settings, IClock clock)
{
    /// <summary>Two rows each, beside the structure's.</summary>
    public const int AdvisorsAtOnce = (ITransactions.MaxRows - 1) / 2;

    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<HolidayChanged>> ExecuteAsync(
        Territory territory, StructureId id, LocalDate date, bool open, CancellationToken cancellationToken)
    {
        if (!PublicHolidays.Contains(territory, date))
        {
            return new Refusal.Invalid("date", "Ce jour n'est pas férié dans ce département.");
        }

        var done = new HolidayChanged(date, open);
        var groups = (await AdvisorsAsync(territory, id, date, cancellationToken)).Chunk(AdvisorsAtOnce).ToList();
        var result = await writer.WriteAsync<HolidayChanged>(
            territory,
            async token =>
            {
                if (await store.FindStructureAsync(territory, id, token) is not { Value: var structure, ETag: var etag })
                {
                    return new Refusal.NotFound();
                }

                if (structure.WorksOn(date) == open)
                {
                    return done;
                }

                var worked = (structure.WorkedHolidays ?? []).Where(day => day != date);
                var changed = structure with { WorkedHolidays = [.. (open ? worked.Append(date) : worked).Order()] };
                return new Decision<HolidayChanged>.Write(
                    [new RowWrite.Replace(changed, etag), .. await TouchAsync(territory, groups.FirstOrDefault() ?? [], date, token)], done);
            },
            cancellationToken);
        foreach (var group in result.Refusal is null ? groups.Skip(1) : [])
        {
            await writer.WriteAsync<HolidayChanged>(
                territory,
                async token => new Decision<HolidayChanged>.Write(await TouchAsync(territory, group, date, token), done),
                cancellationToken);
        }

        await directories.TryReloadAsync(territory, cancellationToken);
        return result;
    }

    /// <summary>Those who may be booked that day: as stored, since an import may have added some a moment ago.</summary>
    private async Task<IEnumerable<AdvisorId>> AdvisorsAsync(Territory territory, StructureId id, LocalDate date, CancellationToken cancellationToken)
    {
        var today = clock.GetCurrentInstant().InZone(territory.Zone).Date;
        return date < today || date > today.PlusDays(settings.HorizonDays)
            ? []
            : (await store.ReadAsync(territory, cancellationToken)).AdvisorsOf(id).Select(advisor => advisor.Id);
    }

    private async Task<IReadOnlyList<RowWrite>> TouchAsync(
        Territory territory, IEnumerable<AdvisorId> advisors, LocalDate date, CancellationToken cancellationToken) =>
        [.. (await Task.WhenAll(advisors.Select(async advisor =>
        {
            var month = await agenda.ReadMonthAsync(territory, advisor, date.ToYearMonth(), cancellationToken);
            return await store.FindAdvisorAsync(territory, advisor, cancellationToken) is { } stored
                ? RewriteAdvisor.Rows(RewriteAdvisor.Risen(stored.Value, [month]), stored.ETag, [month])
                : [];
        }))).SelectMany(rows => rows)];
}
