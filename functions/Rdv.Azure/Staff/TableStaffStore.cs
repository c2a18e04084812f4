using Rdv.Azure.Tables;
using Rdv.Staff;

namespace Rdv.Azure.Staff;

public sealed class TableStaffStore(RdvTable table) : IStaffStore
{
    public async Task<Stored<StaffPerson>?> FindAsync(StaffId id, CancellationToken cancellationToken) =>
        await table.FindAsync(StaffRows.Partition, StaffRows.KeyOf(id), null, cancellationToken) is { } row
            ? new Stored<StaffPerson>(StaffRows.Read(row), row.ETag.ToString())
            : null;

    public Task<StaffId?> FindOwnerAsync(SignInCode code, CancellationToken cancellationToken) => ReadOwnerAsync(StaffRows.KeyOf(code), cancellationToken);

    public Task<StaffId?> FindOwnerAsync(string address, CancellationToken cancellationToken) =>
        ReadOwnerAsync(StaffRows.KeyOf(new StaffAddressOwner(address, default)), cancellationToken);

    public async Task<IReadOnlyList<Stored<StaffPerson>>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await table.RangeAsync(StaffRows.Partition, StaffRows.People, RowKeys.After(StaffRows.People), null, cancellationToken))
            .Select(row => new Stored<StaffPerson>(StaffRows.Read(row), row.ETag.ToString()))];

    public async Task<string?> ReadAdminsAsync(CancellationToken cancellationToken) =>
        (await table.FindAsync(StaffRows.Partition, StaffRows.Admins, ["RowKey"], cancellationToken))?.ETag.ToString();

    private async Task<StaffId?> ReadOwnerAsync(string key, CancellationToken cancellationToken) =>
        await table.FindAsync(StaffRows.Partition, key, ["Person"], cancellationToken) is { } row ? StaffRows.ReadOwner(row) : null;
}
