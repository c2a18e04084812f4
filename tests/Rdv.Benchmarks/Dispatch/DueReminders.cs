using System.Globalization;
using Azure.Data.Tables;
using NodaTime;
using NodaTime.Text;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Benchmarks.Dispatch;

/// <summary>
/// Reminders that are due in waves, a minute apart, spread over all territories: the rows that the product wrote of one booking, under
/// other keys. Each is about an appointment of its own.
/// </summary>
internal sealed class DueReminders(TableEntity appointment, TableEntity reminder, IReadOnlyList<Territory> territories, int messagesAWave)
{
    private const int RowsPerTransaction = 100;

    // 06 39 98 xx xx is kept for fiction.
    private const int FictionNumbers = 10_000;

    // Between 9:00 and 19:00 in all of them, from Guadeloupe to La Réunion: reminders do not leave at night.
    private static readonly Instant First = Instant.FromUtc(2026, 11, 23, 13, 30);

    public static Instant DueAt(int wave) => First + Duration.FromMinutes(wave);

    /// <summary>Due in weeks: what an idle tick must not see.</summary>
    public static Instant Later { get; } = First + Duration.FromDays(20);

    /// <summary>How many of a wave each territory has, by its code.</summary>
    public IReadOnlyDictionary<string, int> ByTerritory() =>
        Enumerable.Range(0, messagesAWave).CountBy(number => territories[number % territories.Count].Code).ToDictionary();

    /// <summary>Writes the appointments and the due rows of a wave.</summary>
    public Task WriteAsync(TableClient table, int wave) => WriteAsync(table, $"wave {wave}", DueAt(wave), messagesAWave);

    public Task WriteLaterAsync(TableClient table, int count) => WriteAsync(table, "later", Later, count);

    private async Task WriteAsync(TableClient table, string name, Instant dueAt, int count)
    {
        var byTerritory = Enumerable.Range(0, count).ToLookup(number => territories[number % territories.Count]);
        var chunks = byTerritory.SelectMany(numbers => numbers.SelectMany(number => RowsOf(numbers.Key, name, number, dueAt)).Chunk(RowsPerTransaction));
        await Parallel.ForEachAsync(chunks, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (rows, token) =>
            await table.SubmitTransactionAsync(rows.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)), token));
    }

    private IEnumerable<TableEntity> RowsOf(Territory territory, string name, int number, Instant dueAt)
    {
        var reference = AppointmentReference.Derive(territory, $"{name} {number}");
        var row = Copy(appointment, territory, $"rdv|{reference.Code}");
        row["CitizenPhone"] = string.Create(CultureInfo.InvariantCulture, $"+3363998{number % FictionNumbers:D4}");
        yield return row;
        // People's reminders fall due in seconds of their own.
        var second = dueAt - Duration.FromSeconds(number / territories.Count % 60);
        yield return Copy(reminder, territory, $"due|sms|{InstantPattern.General.Format(second)}|{reference.Code}|reminder|citizen|1");
    }

    private static TableEntity Copy(TableEntity row, Territory territory, string key)
    {
        var copy = new TableEntity(territory.Code, key);
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
