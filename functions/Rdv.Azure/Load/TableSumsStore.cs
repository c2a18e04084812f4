using Azure.Data.Tables;
using NodaTime;
using NodaTime.Text;
using Rdv.Azure.Tables;
using Rdv.Load;
using Rdv.Territories;

namespace Rdv.Azure.Load;

/// <summary>The sums of structures stand with their territory, those of territories in a partition of their own, so that the country is one query.</summary>
public sealed class TableSumsStore(RdvTable table) : ISumsStore
{
    public async Task<IReadOnlyList<MonthSums>> ReadAsync(Territory territory, YearMonth from, YearMonth to, bool withHours, CancellationToken cancellationToken) =>
        (await table.RangeAsync(territory.Code, RowKeys.SumsOf(from), RowKeys.After(RowKeys.SumsOf(to)), withHours ? null : SumsRow.WithoutHours, cancellationToken))
            .ConvertAll(row => SumsRow.Read(territory, row));

    public async Task<IReadOnlyList<MonthSums>> ReadCountryAsync(YearMonth from, YearMonth to, bool withHours, CancellationToken cancellationToken) =>
        (await table.RangeAsync(
            RowKeys.LoadPartition, RowKeys.CountrySumsOf(from), RowKeys.After(RowKeys.CountrySumsOf(to)), withHours ? null : SumsRow.WithoutHours, cancellationToken))
            .ConvertAll(SumsRow.ReadCountry);

    public async Task<IReadOnlyDictionary<Territory, SumsDone>> ReadDoneAsync(CancellationToken cancellationToken) =>
        (await table.RangeAsync(RowKeys.LoadPartition, RowKeys.SumsDone, RowKeys.After(RowKeys.SumsDone), null, cancellationToken)).ToDictionary(
            row => Territory.Parse(row.RowKey[RowKeys.SumsDone.Length..]),
            row => new SumsDone(LocalDatePattern.Iso.Parse(row.Text("Through")).Value, row.Number("Said")));

    public Task PutAsync(MonthSums month, CancellationToken cancellationToken) => table.PutAsync(SumsRow.WriteCountry(month), cancellationToken);

    public Task PutAsync(Territory territory, SumsDone done, CancellationToken cancellationToken) => table.PutAsync(
        new TableEntity(RowKeys.LoadPartition, RowKeys.SumsDone + territory.Code).With("Through", LocalDatePattern.Iso.Format(done.Through)).With("Said", done.Said),
        cancellationToken);
}
