using Azure.Data.Tables;
using NodaTime.Text;
using Rdv.Azure.Tables;
using Rdv.Azure.Transactions;
using Rdv.Calls;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Azure.Hotline;

/// <summary>The row of one call to make.</summary>
internal sealed class CallRow : IRowFormat<CallToMake>
{
    public static TableEntity Write(Territory territory, CallToMake call) => new TableEntity(territory.Code, RowKeys.Call(call))
        .With("Subject", call.Subject.Code)
        .With("Reason", call.Reason)
        .With("Kind", call.Kind)
        .With("DueAt", call.DueAt)
        .With("Version", call.Version)
        .With("Attempts", call.Attempts)
        .With("OfPerson", call.OfPerson)
        .With("Day", call.Day is { } day ? LocalDatePattern.Iso.Format(day) : null);

    public static CallToMake Read(TableEntity row) =>
        Territory.TryParse(row.PartitionKey, out var territory) && Subject.TryFromCode(territory, row.Text("Subject"), out var subject)
            ? new CallToMake(
                row.RowKey["call|".Length..],
                subject,
                row.Text("Reason"),
                row.Text("Kind"),
                row.Instant("DueAt"),
                row.Number("Version"),
                row.Number("Attempts"),
                row.GetBoolean("OfPerson") ?? false,
                row.GetString("Day") is { } day ? LocalDatePattern.Iso.Parse(day).Value : null)
            : throw new InvalidDataException("A call names a subject that nobody writes.");
}
