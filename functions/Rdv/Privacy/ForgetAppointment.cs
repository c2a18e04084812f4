using NodaTime;
using Rdv.Appointments;
using Rdv.Calls;
using Rdv.Ids;
using Rdv.Transactions;

namespace Rdv.Privacy;

/// <summary>Forgets the person of one appointment: what is left is its topic, place, time and outcome. Done once, however often it is asked.</summary>
public sealed class ForgetAppointment(IAppointmentStore appointments, ICallStore calls, Writer writer, IClock clock)
{
    /// <returns>False when there was nobody to forget, or when it is still to come.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<bool> ExecuteAsync(AppointmentReference reference, CancellationToken cancellationToken) => (await writer.WriteAsync<bool>(
        reference.Territory,
        async token =>
        {
            var now = clock.GetCurrentInstant();
            return await appointments.ReadAsync(reference, token) is { } stored
                && (stored.Value.Status != AppointmentStatus.Booked || stored.Value.Start <= now)
                && await RowsAsync(stored, now, token) is { Count: > 0 } rows
                    ? new Decision<bool>.Write(rows, true)
                    : false;
        },
        cancellationToken)).Value;

    /// <summary>
    /// The row without its person, and without the row that finds it by telephone; the turn of the number goes with the last of these. The notes of its
    /// calls go too: nothing would lead to them any more.
    /// </summary>
    /// <returns>Nothing, when the person is forgotten.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    internal async Task<IReadOnlyList<RowWrite>> RowsAsync(Stored<Appointment> stored, Instant now, CancellationToken cancellationToken)
    {
        var (appointment, etag) = (stored.Value, stored.ETag);
        if (appointment.ForgottenAt is not null)
        {
            return [];
        }

        var (index, reference) = (appointment.PhoneIndex, appointment.Reference);
        var entries = await appointments.ReadPhoneAsync(appointment.Territory, index, cancellationToken);
        return
        [
            new RowWrite.Replace(appointment.Forget(now), etag),
            .. entries.Appointments.Where(entry => entry.Reference == reference).Select(entry => new RowWrite.Delete(entry)),
            .. entries.ETag is { } turn && entries.Appointments.All(entry => entry.Reference == reference)
                ? [new RowWrite.Delete(new PhoneTurn(index, reference), turn)]
                : Array.Empty<RowWrite>(),
            .. (await calls.ListMadeAsync(reference, cancellationToken)).Where(call => call.Note is not null).Select(call => new RowWrite.Put(call.WithoutNote())),
        ];
    }
}
