using Azure.Data.Tables;
using Rdv.Appointments;
using Rdv.Azure.Tables;
using Rdv.Azure.Transactions;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Azure.Booking;

/// <summary>The row that finds an appointment by an HMAC of its citizen's number.</summary>
internal sealed class PhoneRow : IRowFormat<PhoneEntry>
{
    public static TableEntity Write(Territory territory, PhoneEntry entry) => new TableEntity(territory.Code, RowKeys.Phone(entry))
        .With("Start", entry.Start)
        .With("Cancelled", entry.Cancelled)
        .With("Enrolment", entry.Enrolment);

    public static PhoneEntry Read(TableEntity row, Territory territory, PhoneIndex index)
    {
        var code = row.RowKey[(row.RowKey.LastIndexOf('|') + 1)..];
        return AppointmentReference.TryFromCode(territory, code, out var reference)
            ? new PhoneEntry(index, reference, row.Instant("Start"), row.GetBoolean("Cancelled") ?? false, row.GetString("Enrolment"))
            : throw new InvalidDataException("A phone row names a reference that nobody writes.");
    }
}
