using Azure.Data.Tables;
using NodaTime.Text;
using Rdv.Azure.Tables;
using Rdv.Dispatch;

namespace Rdv.Azure.Dispatch;

/// <summary>Two rows in a partition of their own: what people change, and what runs count.</summary>
public sealed class TableDispatchControlStore(RdvTable table) : IDispatchControlStore
{
    private const string SwitchesRow = "dispatch";
    private const string CountRow = "sms-count";

    public async Task<DispatchControl> ReadAsync(CancellationToken cancellationToken)
    {
        var switches = new DispatchSwitches(ChannelSwitch.Running, ChannelSwitch.Running, null);
        var count = SmsCount.None;
        foreach (var row in await table.RangeAsync(RowKeys.OperationsPartition, SwitchesRow, RowKeys.After(CountRow), null, cancellationToken))
        {
            switch (row.RowKey)
            {
                case SwitchesRow:
                    switches = new DispatchSwitches(ReadSwitch(row, "SmsPausedAt"), ReadSwitch(row, "MailPausedAt"), row.ETag.ToString());
                    break;
                case CountRow:
                    count = new SmsCount(
                        row.Instant("Minute"),
                        row.Number("InMinute"),
                        LocalDatePattern.Iso.Parse(row.Text("Day")).Value,
                        row.Number("InDay"),
                        row.FindInstant("NotBefore"),
                        row.ETag.ToString());
                    break;
            }
        }

        return new DispatchControl(switches, count);
    }

    public async Task<bool> TryWriteAsync(DispatchSwitches switches, CancellationToken cancellationToken) =>
        await table.TryWriteAsync(
            new TableEntity(RowKeys.OperationsPartition, SwitchesRow)
                .With("SmsPausedAt", switches.Sms.Since)
                .With("MailPausedAt", switches.Mail.Since),
            switches.ETag,
            cancellationToken) is not null;

    public async Task<SmsCount?> TryWriteAsync(SmsCount count, CancellationToken cancellationToken) =>
        await table.TryWriteAsync(
            new TableEntity(RowKeys.OperationsPartition, CountRow)
                .With("Minute", count.Minute)
                .With("InMinute", count.InMinute)
                .With("Day", LocalDatePattern.Iso.Format(count.Day))
                .With("InDay", count.InDay)
                .With("NotBefore", count.NotBefore),
            count.ETag,
            cancellationToken) is { } etag ? count with { ETag = etag } : null;

    private static ChannelSwitch ReadSwitch(TableEntity row, string column) => new(row.FindInstant(column));
}
