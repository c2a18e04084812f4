using Azure.Data.Tables;
using Rdv.Azure.Tables;
using Rdv.Directory;
using Rdv.Territories;

namespace Rdv.Azure.Directory;

public sealed class TableDirectoryStore(RdvTable table) : IDirectoryStore
{
    private const int RowsPerTransaction = 100;

    public async Task<TerritoryDirectory> ReadAsync(Territory territory, CancellationToken cancellationToken) =>
        DirectoryRows.Read(
            territory,
            await table.RangeAsync(territory.Code, DirectoryRows.Prefix, RowKeys.After(DirectoryRows.Prefix), null, cancellationToken));

    public async Task<IReadOnlyList<Territory>> ListTerritoriesAsync(CancellationToken cancellationToken)
    {
        var rows = await table.RangeAsync(RowKeys.TerritoriesPartition, "", RowKeys.After(""), ["RowKey"], cancellationToken);
        return [.. rows.Select(row => Territory.Parse(row.RowKey))];
    }

    public async Task<Stored<Advisor>?> FindAdvisorAsync(Territory territory, AdvisorId id, CancellationToken cancellationToken) =>
        await table.FindAsync(territory.Code, DirectoryRows.KeyOf(id), null, cancellationToken) is { } row
            ? new Stored<Advisor>(DirectoryRows.ReadAdvisor(row), row.ETag.ToString())
            : null;

    public async Task<Stored<Structure>?> FindStructureAsync(Territory territory, StructureId id, CancellationToken cancellationToken) =>
        await table.FindAsync(territory.Code, DirectoryRows.KeyOf(id), null, cancellationToken) is { } row
            ? new Stored<Structure>(DirectoryRows.ReadStructure(row), row.ETag.ToString())
            : null;

    public Task ListTerritoryAsync(Territory territory, CancellationToken cancellationToken) =>
        table.PutAsync(new TableEntity(RowKeys.TerritoriesPartition, territory.Code), cancellationToken);

    public async Task UpsertAsync(
        Territory territory,
        IReadOnlyCollection<Structure> structures,
        IReadOnlyCollection<Place> places,
        IReadOnlyCollection<Advisor> advisors,
        CancellationToken cancellationToken)
    {
        var rows = structures.Select(structure => DirectoryRows.Write(territory, structure))
            .Concat(places.Select(place => DirectoryRows.Write(territory, place)))
            .Concat(advisors.Select(advisor => DirectoryRows.Write(territory, advisor)))
            .ToList();
        if (rows.Count == 0)
        {
            return;
        }

        // First the list: a territory that is listed and empty is harmless, one that has rows and is not listed gets no reminders.
        await ListTerritoryAsync(territory, cancellationToken);
        foreach (var chunk in rows.Chunk(RowsPerTransaction))
        {
            try
            {
                await table.Client.SubmitTransactionAsync(
                    chunk.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)), cancellationToken);
            }
            catch (Exception exception) when (RdvTable.IsUnavailable(exception, cancellationToken))
            {
                throw new StorageUnavailableException("The directory was not written whole; writing it again is safe.", exception);
            }
        }
    }
}
