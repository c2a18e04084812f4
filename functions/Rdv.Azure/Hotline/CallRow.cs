using Azure.Data.Tables;
using Rdv.Azure.Tables;
using Rdv.Booking;
using Rdv.Hotline;
using Rdv.Territories;

namespace Rdv.Azure.Hotline;

/// <summary>The row of one call to make.</summary>
internal static class CallRow
{
    public static TableEntity Write(CallToMake call) => new TableEntity(call.Reference.Territory.Code, RowKeys.Call(call))
        .With("Reference", call.Reference.Code)
        .With("Reason", call.Reason)
        .With("Kind", call.Kind)
        .With("DueAt", call.DueAt)
        .With("Version", call.Version)
        .With("Attempts", call.Attempts);

    public static CallToMake Read(TableEntity row) =>
        Territory.TryParse(row.PartitionKey, out var territory) && AppointmentReference.TryFromCode(territory, row.Text("Reference"), out var reference)
            ? new CallToMake(
                row.RowKey["call|".Length..], reference, row.Text("Reason"), row.Text("Kind"), row.Instant("DueAt"), row.Number("Version"), row.Number("Attempts"))
            : throw new InvalidDataException("A call names a reference that nobody writes.");
}
