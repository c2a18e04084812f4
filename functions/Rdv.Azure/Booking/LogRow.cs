using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Data.Tables;
using NodaTime;
using Rdv.Appointments;
using Rdv.Azure.Tables;
using Rdv.Azure.Transactions;
using Rdv.Calls;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.People;
using Rdv.Territories;

namespace Rdv.Azure.Booking;

/// <summary>The rows of an appointment's audit trail and of its messages. They name no person.</summary>
internal sealed partial class LogRow
    : IRowFormat<ChangeLog>, IRowFormat<MessageLog>, IRowFormat<MessageSettlement>, IRowFormat<ReportedMessage>, IRowFormat<CallLog>
{
    static bool IRowFormat<ChangeLog>.IsLasting => true;

    static bool IRowFormat<MessageLog>.IsLasting => true;

    static bool IRowFormat<CallLog>.IsLasting => true;

    static bool IRowFormat<MessageSettlement>.IsLasting => true;

    static bool IRowFormat<MessageSettlement>.IsPart => true;

    static bool IRowFormat<ReportedMessage>.IsPart => true;

    public static TableEntity Write(Territory territory, ChangeLog log) => new TableEntity(territory.Code, RowKeys.Log(log))
        .With("At", log.At)
        .With("By", log.By.ToString())
        .With("Who", log.Who)
        .With("Messages", JsonSerializer.Serialize(
            [.. log.Messages.Select(message => new PlannedMessage(
                RowKeys.Text(message.Channel), message.Kind, message.Recipient.Value, message.DueAt.ToUnixTimeSeconds(), message.Deadline.ToUnixTimeSeconds()))],
            PlannedJson.Default.PlannedMessageArray));

    public static TableEntity Write(Territory territory, MessageLog log) => new TableEntity(territory.Code, RowKeys.Log(log))
        .With("At", log.At)
        .With("Channel", RowKeys.Text(log.Channel))
        .With("State", log.State.ToString())
        .With("ProviderId", log.ProviderId)
        .With("Reason", log.Reason)
        .With("By", log.By?.ToString())
        .With("Who", log.Who);

    public static TableEntity Write(Territory territory, MessageSettlement settled) => Write(territory, settled.Log);

    /// <summary>The columns of a report are not those of the settlement: either may come first.</summary>
    public static TableEntity Write(Territory territory, ReportedMessage reported) => new TableEntity(territory.Code, RowKeys.Log(reported.Message))
        .With("Report", reported.Report.Delivered ? "Delivered" : "Failed")
        .With("ReportedAt", reported.Report.At)
        .With("ReportedId", reported.Report.ProviderId)
        .With("ReportReason", reported.Report.Reason ?? "");

    public static TableEntity Write(Territory territory, CallLog log) => new TableEntity(territory.Code, RowKeys.Log(log))
        .With("At", log.At)
        .With("Outcome", log.Outcome.ToString())
        .With("Note", log.Note)
        .With("PhoneKey", log.Person?.KeyNumber)
        .With("PhoneHash", log.Person?.Hash)
        .With("Who", log.Who);

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
                changes.Add(new ChangeLog(reference, version, row.Instant("At"), parts[4], Enum.Parse<Actor>(row.Text("By")), ReadPlanned(reference, version, row)) { Who = row.GetString("Who") });
            }
            else
            {
                messages.Add(ReadMessage(reference, row));
            }
        }

        return new AppointmentHistory(changes, messages);
    }

    /// <summary>Reads <c>log|{code}|message|{version}|{kind}|{recipient}</c>.</summary>
    public static MessageLog ReadMessage(Subject subject, TableEntity row)
    {
        var parts = row.RowKey.Split('|');
        var report = row.GetString("Report") is { } said
            ? new MessageReport(said == "Delivered", row.Instant("ReportedAt"), row.GetString("ReportedId"), row.GetString("ReportReason") is { Length: > 0 } why ? why : null)
            : null;
        return new MessageLog(
            subject,
            // Only SMS are reported on.
            row.GetString("Channel") is { } channel ? ReadChannel(channel) : Channel.Sms,
            parts[4],
            new Recipient(parts[5]),
            int.Parse(parts[3], provider: null),
            row.FindInstant("At") ?? row.Instant("ReportedAt"),
            row.GetString("State") is { } state ? Enum.Parse<MessageState>(state) : MessageState.Due,
            row.GetString("ProviderId"),
            row.GetString("Reason"),
            row.GetString("By") is { } by ? Enum.Parse<Actor>(by) : null,
            report)
        {
            Who = row.GetString("Who"),
        };
    }

    /// <summary>Reads <c>log|{code}|call|{instant}|{reason}</c>.</summary>
    public static CallLog ReadCall(Subject subject, TableEntity row) =>
        new(subject, row.Instant("At"), row.RowKey.Split('|')[4], Enum.Parse<CallOutcome>(row.Text("Outcome")), row.GetString("Note"))
        {
            Who = row.GetString("Who"),
            Person = PersonOf(row),
        };

    /// <summary>Whose note the row holds; null for one that holds none, or that an appointment leads to.</summary>
    public static PhoneIndex? PersonOf(TableEntity row) =>
        row.GetInt32("PhoneKey") is { } key && row.GetString("PhoneHash") is { } hash ? new PhoneIndex(key, hash) : null;

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
