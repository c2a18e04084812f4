using Rdv.Azure.Booking;
using Rdv.Azure.Tables;
using Rdv.Messages;

namespace Rdv.Azure.Dispatch;

public sealed class TableMessageLogStore(RdvTable table) : IMessageLogStore
{
    public async Task<Stored<MessageLog>?> FindAsync(MessageTag message, CancellationToken cancellationToken) =>
        await table.FindAsync(message.Subject.Territory.Code, RowKeys.Log(message), null, cancellationToken) is { } row
            ? new Stored<MessageLog>(LogRow.ReadMessage(message.Subject, row), row.ETag.ToString())
            : null;

    public async Task<bool> IsDueAsync(MessageTag message, CancellationToken cancellationToken) =>
        await table.FindAsync(message.Subject.Territory.Code, RowKeys.Due(Channel.Sms, message), ["RowKey"], cancellationToken) is not null;
}
