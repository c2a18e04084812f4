using Azure.Data.Tables;
using NodaTime;
using Rdv.Appointments;
using Rdv.Azure.Booking;
using Rdv.Azure.Tables;
using Rdv.Calls;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Azure.Hotline;

public sealed class TableCallStore(RdvTable table) : ICallStore
{
    public async Task<IReadOnlyList<CallToMake>> ListAsync(Territory territory, Instant until, CancellationToken cancellationToken)
    {
        var rows = await table.RangeAsync(territory.Code, RowKeys.Calls, RowKeys.CallsAfter(until), null, cancellationToken);
        return rows.ConvertAll(CallRow.Read);
    }

    public async Task<IReadOnlyList<CallLog>> ListMadeAsync(Subject subject, CancellationToken cancellationToken)
    {
        var prefix = RowKeys.LogOfCalls(subject);
        var rows = await table.RangeAsync(subject.Territory.Code, prefix, RowKeys.After(prefix), null, cancellationToken);
        return rows.ConvertAll(row => LogRow.ReadCall(subject, row));
    }

    public async Task<IReadOnlyList<CallLog>> ListNotesAsync(Territory territory, IReadOnlyCollection<PhoneIndex> people, CancellationToken cancellationToken)
    {
        var hashes = string.Join(" or ", people.Select(person => TableClient.CreateQueryFilter($"PhoneHash eq {person.Hash}")));
        var rows = await table.RangeAsync(
            territory.Code, RowKeys.LogOfWaiting, RowKeys.After(RowKeys.LogOfWaiting), null, cancellationToken, where: people.Count == 0 ? null : $"({hashes})");
        return
        [
            .. rows
                .Select(row => (Row: row, Parts: row.RowKey.Split('|')))
                .Where(found => found.Parts[2] == "call" && people.Contains(LogRow.PersonOf(found.Row) ?? default))
                .Select(found => LogRow.ReadCall(new Subject(territory, found.Parts[1]), found.Row)),
        ];
    }

    public async Task<CallToMake?> FindAsync(CallId id, CancellationToken cancellationToken) =>
        await table.FindAsync(id.Territory.Code, RowKeys.Calls + id.Id, null, cancellationToken) is { } row ? CallRow.Read(row) : null;
}
