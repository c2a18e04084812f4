using System.Globalization;
using Azure.Data.Tables;
using Rdv.Benchmarks.Samples;
using Rdv.Benchmarks.Storage;

namespace Rdv.Benchmarks.Scale;

/// <summary>
/// Appointments that are already stored, in the partition that is measured: the rows that the product wrote of one booking, under other
/// keys. One in ten is still to come and has its reminder, the others are past; each also has the logs of three messages.
/// </summary>
internal sealed class StoredAppointments
{
    private const int RowsPerTransaction = 100;
    private const int PastMonths = 12;
    private const int MessagesEach = 3;
    private const int OneInToCome = 10;

    private readonly TableClient _table;
    private readonly TableEntity _appointment;
    private readonly TableEntity _phone;
    private readonly TableEntity _reminder;
    private readonly TableEntity _log;
    private readonly List<TableEntity> _months;
    private int _stored;

    private StoredAppointments(TableClient table, IReadOnlyList<TableEntity> rows, List<TableEntity> months)
    {
        _table = table;
        _months = months;
        _appointment = Of("rdv|");
        _phone = Of("phone|");
        _reminder = Of("due|sms|");
        _log = Of("log|");

        TableEntity Of(string family) => rows.Last(row => row.RowKey.StartsWith(family, StringComparison.Ordinal));
    }

    /// <param name="recorded">The product on another table, where it shows what it writes.</param>
    /// <param name="filled">The table that is measured, with its directory and its months.</param>
    public static async Task<StoredAppointments> CreateAsync(Product recorded, SampleTerritory sample, TableClient filled)
    {
        if (await recorded.Book.ExecuteAsync(SampleBookings.Named(sample, 0, 0, "template", 9999), CancellationToken.None) is not { Refusal: null })
        {
            throw new InvalidOperationException("The template was not booked.");
        }

        var filter = $"PartitionKey eq '{sample.Territory.Code}' and RowKey ge 'agenda|2026-11|' and RowKey lt 'agenda|2026-11|~'";
        var stored = new StoredAppointments(
            filled, [.. recorded.Recorder!.Transaction!.Select(action => (TableEntity)action.Entity)], await filled.QueryAsync<TableEntity>(filter).ToListAsync());
        await stored.AddPastMonthsAsync();
        return stored;
    }

    /// <summary>Adds appointments until so many are stored.</summary>
    public async Task GrowToAsync(int count)
    {
        var from = _stored;
        _stored = count;
        var chunks = Enumerable.Range(from, count - from).SelectMany(RowsOf).Chunk(RowsPerTransaction);
        await Parallel.ForEachAsync(chunks, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (rows, token) =>
            await _table.SubmitTransactionAsync(rows.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)), token));
    }

    private async Task AddPastMonthsAsync()
    {
        for (var back = 1; back <= PastMonths; back++)
        {
            var month = FixedTime.Today.ToYearMonth().PlusMonths(-back);
            foreach (var rows in _months.Chunk(RowsPerTransaction))
            {
                await _table.SubmitTransactionAsync(rows.Select(row => new TableTransactionAction(
                    TableTransactionActionType.UpsertReplace,
                    Copy(row, string.Create(CultureInfo.InvariantCulture, $"agenda|{month.Year:D4}-{month.Month:D2}|{row.RowKey.Split('|')[2]}")))));
            }
        }
    }

    private IEnumerable<TableEntity> RowsOf(int number)
    {
        // Eight characters like those of a reference, spread over the range of them.
        var code = $"{(uint)number * 2654435761u:X8}";
        yield return Copy(_appointment, $"rdv|{code}");
        yield return Copy(_phone, $"phone|1|{code}{code}{code}{code}|{code}");
        yield return Copy(_log, $"log|{code}|change|000001|booked");
        for (var message = 0; message < MessagesEach; message++)
        {
            yield return Copy(_log, $"log|{code}|message|000001|{message}|citizen");
        }

        if (number % OneInToCome == 0)
        {
            var at = FixedTime.Today.PlusDays(1 + (number / OneInToCome % 40));
            yield return Copy(_reminder, string.Create(
                CultureInfo.InvariantCulture, $"due|sms|{at.Year:D4}-{at.Month:D2}-{at.Day:D2}T09:00:00Z|{code}|reminder|citizen|1"));
        }
    }

    private static TableEntity Copy(TableEntity row, string key)
    {
        var copy = new TableEntity(row.PartitionKey, key);
        foreach (var (column, value) in row)
        {
            if (column is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag"))
            {
                copy[column] = value;
            }
        }

        return copy;
    }
}
