using Rdv.Appointments;
using Rdv.Azure.Tables;
using Rdv.Booking;
using Rdv.Ids;
using Rdv.People;
using Rdv.Territories;

namespace Rdv.Azure.Booking;

public sealed class TableAppointmentStore(RdvTable table) : IAppointmentStore
{
    public async Task<Stored<Appointment>?> ReadAsync(AppointmentReference reference, CancellationToken cancellationToken)
    {
        if (await table.FindAsync(reference.Territory.Code, RowKeys.Appointment(reference), null, cancellationToken) is not { } row)
        {
            return null;
        }

        Acting.Saw(reference.ToString());
        return new Stored<Appointment>(Read(row), row.ETag.ToString());
    }

    /// <summary>Whatever is wrong with a row has one name, and says nothing of what is in it.</summary>
    private static Appointment Read(global::Azure.Data.Tables.TableEntity row)
    {
        try
        {
            return AppointmentRow.Read(row);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidOperationException or OverflowException)
        {
            throw new InvalidDataException($"The row of an appointment cannot be read: {exception.GetType().Name}.");
        }
    }

    public async Task<IReadOnlyList<PhoneEntry>> FindByPhoneAsync(Territory territory, PhoneIndex index, CancellationToken cancellationToken) =>
        (await ReadPhoneAsync(territory, index, cancellationToken)).Appointments;

    public async Task<PhoneEntries> ReadPhoneAsync(Territory territory, PhoneIndex index, CancellationToken cancellationToken)
    {
        var (prefix, turn) = (RowKeys.Phone(index), RowKeys.PhoneTurn(index));
        var rows = await table.RangeAsync(territory.Code, prefix, RowKeys.After(prefix), null, cancellationToken);
        return new(
            [.. rows.Where(row => row.RowKey != turn).Select(row => PhoneRow.Read(row, territory, index))],
            rows.Find(row => row.RowKey == turn)?.ETag.ToString());
    }

    public async Task<AppointmentHistory> ReadHistoryAsync(AppointmentReference reference, CancellationToken cancellationToken)
    {
        var prefix = RowKeys.Log(reference);
        return LogRow.Read(reference, await table.RangeAsync(reference.Territory.Code, prefix, RowKeys.After(prefix), null, cancellationToken));
    }
}
