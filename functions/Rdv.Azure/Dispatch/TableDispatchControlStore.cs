using Azure.Data.Tables;
using NodaTime.Text;
using Rdv.Azure.Tables;
using Rdv.Dispatch;
using Rdv.Messages;
using Rdv.Territories;

namespace Rdv.Azure.Dispatch;

/// <summary>Rows in a partition of their own: what people change, what is known of each provider, what runs count, and what the loops saw.</summary>
public sealed class TableDispatchControlStore(RdvTable table) : IDispatchControlStore
{
    private const string SwitchesRow = "dispatch";
    private const string SmsProviderRow = "provider-sms";
    private const string MailProviderRow = "provider-mail";
    private const string CountRow = "sms-count";

    public async Task<DispatchControl> ReadAsync(CancellationToken cancellationToken)
    {
        var switches = new DispatchSwitches(ChannelSwitch.Running, ChannelSwitch.Running, null);
        var count = SmsCount.None;
        var (sms, mail) = (ProviderState.Working, ProviderState.Working);
        var heartbeats = new Dictionary<Channel, Heartbeat>();
        foreach (var row in await table.RangeAsync(RowKeys.OperationsPartition, SwitchesRow, RowKeys.After(CountRow), null, cancellationToken))
        {
            switch (row.RowKey)
            {
                case SwitchesRow:
                    switches = new DispatchSwitches(ReadSwitch(row, "SmsPausedAt"), ReadSwitch(row, "MailPausedAt"), row.ETag.ToString());
                    break;
                case SmsProviderRow:
                    sms = ReadProvider(row);
                    break;
                case MailProviderRow:
                    mail = ReadProvider(row);
                    break;
                case CountRow:
                    count = new SmsCount(
                        row.Instant("Minute"),
                        row.Number("InMinute"),
                        LocalDatePattern.Iso.Parse(row.Text("Day")).Value,
                        row.Number("InDay"),
                        row.ETag.ToString());
                    break;
                default:
                    foreach (var channel in Enum.GetValues<Channel>().Where(channel => row.RowKey == RowKeys.Heartbeat(channel)))
                    {
                        heartbeats[channel] = ReadHeartbeat(row);
                    }

                    break;
            }
        }

        return new DispatchControl(switches, count, sms, mail) { Heartbeats = heartbeats };
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
                .With("InDay", count.InDay),
            count.ETag,
            cancellationToken) is { } etag ? count with { ETag = etag } : null;

    public async Task<ProviderState?> TryWriteAsync(Channel channel, ProviderState provider, CancellationToken cancellationToken) =>
        await table.TryWriteAsync(
            new TableEntity(RowKeys.OperationsPartition, channel == Channel.Sms ? SmsProviderRow : MailProviderRow).With("NotBefore", provider.NotBefore),
            provider.ETag,
            cancellationToken) is { } etag ? provider with { ETag = etag } : null;

    public Task WriteAsync(Channel channel, Heartbeat heartbeat, CancellationToken cancellationToken) => table.PutAsync(
        new TableEntity(RowKeys.OperationsPartition, RowKeys.Heartbeat(channel))
            .With("At", heartbeat.At)
            .With("Waiting", Codes(heartbeat.Waiting))
            .With("InTrouble", Codes(heartbeat.InTrouble))
            .With("Oldest", heartbeat.Oldest),
        cancellationToken);

    private static Heartbeat ReadHeartbeat(TableEntity row) => new(
        row.Instant("At"), Territories(row.Text("Waiting")), Territories(row.GetString("InTrouble") ?? ""), row.FindInstant("Oldest"));

    private static string Codes(IReadOnlyList<Territory> territories) => string.Join(' ', territories.Select(territory => territory.Code));

    private static Territory[] Territories(string codes) => [.. codes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Territory.Parse)];

    private static ProviderState ReadProvider(TableEntity row) => new(row.FindInstant("NotBefore"), row.ETag.ToString());

    private static ChannelSwitch ReadSwitch(TableEntity row, string column) => new(row.FindInstant(column));
}
