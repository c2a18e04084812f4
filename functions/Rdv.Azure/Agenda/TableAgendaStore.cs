using NodaTime;
using Rdv.Agenda;
using Rdv.Azure.Tables;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Azure.Agenda;

public sealed class TableAgendaStore(RdvTable table) : IAgendaStore
{
    public async Task<StoredMonth> ReadMonthAsync(Territory territory, AdvisorId advisor, YearMonth month, CancellationToken cancellationToken) =>
        await table.FindAsync(territory.Code, RowKeys.Agenda(month, advisor), null, cancellationToken) is { } row
            ? AgendaRow.Read(row)
            : StoredMonth.Missing(advisor, month);

    public Task<IReadOnlyList<AgendaMonth>> ReadDaysAsync(Territory territory, LocalDate from, LocalDate to, CancellationToken cancellationToken) =>
        ReadDaysAgainAsync(territory, from, to, [], cancellationToken);

    public async Task<IReadOnlyList<AgendaMonth>> ReadDaysAgainAsync(
        Territory territory, LocalDate from, LocalDate to, IReadOnlyList<AgendaMonth> before, CancellationToken cancellationToken)
    {
        var known = before.ToDictionary(month => (month.AdvisorId, month.Month));
        var rows = await table.RangeAsync(
            territory.Code,
            RowKeys.AgendaMonth(from.ToYearMonth()),
            RowKeys.After(RowKeys.AgendaMonth(to.ToYearMonth())),
            AgendaRow.Columns(from, to),
            cancellationToken);
        return rows.ConvertAll(row => AgendaRow.Read(row, from, to, known));
    }

    public async Task<IReadOnlyList<AgendaMonth>> ReadDaysAsync(
        Territory territory, AdvisorId advisor, LocalDate from, LocalDate to, CancellationToken cancellationToken)
    {
        var (first, last) = (from.ToYearMonth(), to.ToYearMonth());
        if (first == last)
        {
            var row = await table.FindAsync(territory.Code, RowKeys.Agenda(first, advisor), AgendaRow.Columns(from, to), cancellationToken);
            return row is null ? [] : [AgendaRow.Read(row, from, to)];
        }

        return [.. (await ReadDaysAsync(territory, from, to, cancellationToken)).Where(month => month.AdvisorId == advisor)];
    }
}
