using Microsoft.Extensions.Logging;
using NodaTime;
using NodaTime.Text;
using Rdv.Azure.Tables;
using Rdv.Chores;
using Rdv.Messages;
using Rdv.Territories;

namespace Rdv.Azure.Chores;

public sealed partial class TableChoreStore(RdvTable table, ILogger<TableChoreStore> logger) : IChoreStore
{
    public async Task<IReadOnlyList<Chore>> ListAsync(Territory territory, Instant until, CancellationToken cancellationToken)
    {
        // As for messages: the range ends with the second after.
        var rows = await table.RangeAsync(
            territory.Code, RowKeys.Due(Channel.Chore), RowKeys.Due(Channel.Chore, until + Duration.FromSeconds(1)), null, cancellationToken);
        var chores = new List<Chore>(rows.Count);
        foreach (var row in rows)
        {
            try
            {
                chores.Add(ChoreRow.Read(row));
            }
            catch (Exception exception) when (exception is InvalidDataException or FormatException or OverflowException or InvalidOperationException or UnparsableValueException)
            {
                // One bad row never stops a batch.
                LogUnreadable(logger, territory.Code, exception);
            }
        }

        return chores;
    }

    public async Task<bool> IsPendingAsync(Chore chore, CancellationToken cancellationToken) =>
        await table.FindAsync(chore.Subject.Territory.Code, RowKeys.Chore(chore), ["RowKey"], cancellationToken) is not null;

    public async Task<Stored<Chore>?> FindAsync(Chore chore, CancellationToken cancellationToken) =>
        await table.FindAsync(chore.Subject.Territory.Code, RowKeys.Chore(chore), null, cancellationToken) is { } row
            ? new Stored<Chore>(ChoreRow.Read(row), row.ETag.ToString())
            : null;

    [LoggerMessage(Level = LogLevel.Error, Message = "A chore of territory {Territory} cannot be read and was passed over.")]
    private static partial void LogUnreadable(ILogger logger, string territory, Exception exception);
}
