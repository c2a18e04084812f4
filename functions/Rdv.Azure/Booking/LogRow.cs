using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Data.Tables;
using NodaTime;
using Rdv.Azure.Tables;
using Rdv.Booking;
using Rdv.Dispatch;
using Rdv.Hotline;

namespace Rdv.Azure.Booking;

/// <summary>The rows of an appointment's audit trail and of its messages. They name no person.</summary>
internal static partial class LogRow
{
    public static TableEntity Write(ChangeLog log) => new TableEntity(log.Reference.Territory.Code, RowKeys.Log(log))
        .With("At", log.At)
        .With("By", log.By.ToString())
        .With("Messages", JsonSerializer.Serialize(
            [.. log.Messages.Select(message => new PlannedMessage(
                RowKeys.Text(message.Channel), message.Kind, message.Recipient.Value, message.DueAt.ToUnixTimeSeconds(), message.Deadline.ToUnixTimeSeconds()))],
            PlannedJson.Default.PlannedMessageArray));

    public static TableEntity Write(MessageLog log) => new TableEntity(log.Subject.Territory.Code, RowKeys.Log(log))
        .With("At", log.At)
        .With("Channel", RowKeys.Text(log.Channel))
        .With("State", log.State.ToString())
        .With("ProviderId", log.ProviderId)
        .With("Reason", log.Reason);

    public static TableEntity Write(CallLog log) => new TableEntity(log.Subject.Territory.Code, RowKeys.Log(log))
        .With("At", log.At)
        .With("Outcome", log.Outcome.ToString())
        .With("Note", log.Note);

    public static AppointmentHistory Read(AppointmentReference reference, IEnumerable<TableEntity> rows)
    {
        var changes = new List<ChangeLog>();
        var messages = new List<MessageLog>();
        foreach (var row in rows)
        {
            // log|{code}|change|{version}|{action} or log|{code}|message|{version}|{kind}|{recipient}
            var parts = row.RowKey.Split('|');
            if (parts[2] == "call")
            {
                // log|{code}|call|{instant}|{reason}: kept for who asks later, not part of the history of messages.
                continue;
            }

            var version = int.Parse(parts[3], provider: null);
            if (parts[2] == "change")
            {
                changes.Add(new ChangeLog(reference, version, row.Instant("At"), parts[4], Enum.Parse<Actor>(row.Text("By")), ReadPlanned(reference, version, row)));
            }
            else
            {
                messages.Add(new MessageLog(
                    reference,
                    ReadChannel(row.Text("Channel")),
                    parts[4],
                    new Recipient(parts[5]),
                    version,
                    row.Instant("At"),
                    Enum.Parse<MessageState>(row.Text("State")),
                    row.GetString("ProviderId"),
                    row.GetString("Reason")));
            }
        }

        return new AppointmentHistory(changes, messages);
    }

    public static Channel ReadChannel(string text) => text == "sms" ? Channel.Sms : Channel.Mail;

    private static DueMessage[] ReadPlanned(AppointmentReference reference, int version, TableEntity row) =>
        [.. (JsonSerializer.Deserialize(row.Text("Messages"), PlannedJson.Default.PlannedMessageArray) ?? [])
            .Select(message => new DueMessage(
                ReadChannel(message.Channel),
                Instant.FromUnixTimeSeconds(message.DueAt),
                reference,
                message.Kind,
                new Recipient(message.Recipient),
                version,
                Instant.FromUnixTimeSeconds(message.Deadline)))];

    private sealed record PlannedMessage(
        [property: JsonPropertyName("c")] string Channel,
        [property: JsonPropertyName("k")] string Kind,
        [property: JsonPropertyName("r")] string Recipient,
        [property: JsonPropertyName("d")] long DueAt,
        [property: JsonPropertyName("l")] long Deadline);

    [JsonSerializable(typeof(PlannedMessage[]))]
    private sealed partial class PlannedJson : JsonSerializerContext;
}
