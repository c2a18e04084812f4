using Azure.Data.Tables;
using NodaTime;
using Rdv.Azure.Tables;
using Rdv.Quotas;

namespace Rdv.Azure.Quotas;

/// <summary>One row for each quota that something was taken of, in a partition of their own.</summary>
public sealed class TableQuotaStore(RdvTable table) : IQuotaStore
{
    public async Task<Takings> ReadAsync(QuotaKey key, CancellationToken cancellationToken) =>
        await table.FindAsync(RowKeys.QuotasPartition, RowKeys.Quota(key), null, cancellationToken) is { } row
            ? new Takings(key, [.. row.Text("Takings").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Read)], row.ETag.ToString())
            : new Takings(key, [], ETag: null);

    public async Task<bool> TryWriteAsync(Takings takings, CancellationToken cancellationToken) =>
        await table.TryWriteAsync(
            new TableEntity(RowKeys.QuotasPartition, RowKeys.Quota(takings.Key))
                .With("Takings", string.Join('\n', takings.Items.Select(Write)))
                .With("Until", takings.Items.Select(item => item.Until).DefaultIfEmpty(Instant.FromUnixTimeSeconds(0)).Max()),
            takings.ETag,
            cancellationToken) is not null;

    public Task ForgetAsync(Instant endedBefore, CancellationToken cancellationToken) =>
        table.DeleteWhereAsync(RowKeys.QuotasPartition, "Until", endedBefore, cancellationToken);

    private static string Write(Taking taking) => $"{taking.Id} {taking.At.ToUnixTimeSeconds()} {taking.Until.ToUnixTimeSeconds()}";

    private static Taking Read(string line) => line.Split(' ') is [var id, var at, var until]
        && long.TryParse(at, out var takenAt) && long.TryParse(until, out var ends)
            ? new Taking(id, Instant.FromUnixTimeSeconds(takenAt), Instant.FromUnixTimeSeconds(ends))
            : throw new InvalidDataException("A quota holds a taking that nobody writes.");
}
