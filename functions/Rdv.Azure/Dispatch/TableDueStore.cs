using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using NodaTime;
using Rdv.Azure.Tables;
using Rdv.Messages;
using Rdv.Territories;

namespace Rdv.Azure.Dispatch;

public sealed partial class TableDueStore(RdvTable table, ILogger<TableDueStore> logger) : IDueStore
{
    public async Task<IReadOnlyList<StoredDue>> ListAsync(Territory territory, Channel channel, Instant until, CancellationToken cancellationToken)
    {
        // The key of a row due in this very second goes on after the second: the range ends with the next one.
        var rows = await table.RangeAsync(
            territory.Code, RowKeys.Due(channel), RowKeys.Due(channel, until + Duration.FromSeconds(1)), null, cancellationToken);
        var due = new List<StoredDue>(rows.Count);
        foreach (var row in rows)
        {
            try
            {
                due.Add(DueRow.Read(row));
            }
            catch (Exception exception) when (exception is InvalidDataException or FormatException or OverflowException or InvalidOperationException)
            {
                // One bad row never stops a batch.
                LogUnreadable(logger, territory.Code, exception);
            }
        }

        return due;
    }

    public async Task<StoredDue?> FindAsync(DueMessage message, CancellationToken cancellationToken) =>
        await table.FindAsync(message.Subject.Territory.Code, RowKeys.Due(message), null, cancellationToken) is { } row ? DueRow.Read(row) : null;

    public async Task<IReadOnlyList<WaitingMessage>> ListWaitingAsync(
        Territory territory, Channel channel, Instant until, CancellationToken cancellationToken)
    {
        var rows = await table.RangeAsync(
            territory.Code, RowKeys.Due(channel), RowKeys.Due(channel, until + Duration.FromSeconds(1)), ["RowKey"], cancellationToken);
        var waiting = new List<WaitingMessage>(rows.Count);
        foreach (var row in rows)
        {
            try
            {
                waiting.Add(new WaitingMessage(DueRow.ReadDueAt(row), row.RowKey.Split('|')[4]));
            }
            catch (Exception exception) when (exception is FormatException or IndexOutOfRangeException or NodaTime.Text.UnparsableValueException)
            {
                LogUnreadable(logger, territory.Code, exception);
            }
        }

        return waiting;
    }

    public async Task<StoredDue?> ClaimAsync(StoredDue due, Claim claim, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await RdvTable.AskAsync(
                "A claim",
                () => table.Client.UpdateEntityAsync(DueRow.Write(due.Message, claim), new ETag(due.ETag), TableUpdateMode.Merge, cancellationToken),
                cancellationToken);
            return due with { Claim = claim, ETag = answer.Headers.ETag.ToString() ?? throw new InvalidDataException("A write came back without an ETag.") };
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 412)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A due row of territory {Territory} cannot be read and was passed over.")]
    private static partial void LogUnreadable(ILogger logger, string territory, Exception exception);
}
