using Azure.Data.Tables;
using Rdv.Azure.Tables;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Azure.Directory;

public sealed class TableDirectoryStore(RdvTable table) : IDirectoryStore
{
    public async Task<TerritoryDirectory> ReadAsync(Territory territory, CancellationToken cancellationToken) =>
        DirectoryRows.Read(
            territory,
            await table.RangeAsync(territory.Code, DirectoryRows.Prefix, RowKeys.After(DirectoryRows.Prefix), null, cancellationToken));

    public async Task<string?> ReadRevisionAsync(Territory territory, CancellationToken cancellationToken) =>
        (await table.FindAsync(territory.Code, DirectoryRows.Revision, ["RowKey"], cancellationToken))?.ETag.ToString();

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
}
