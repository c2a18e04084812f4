using Rdv.Ids;
using Rdv.Messages;
using Rdv.Territories;

namespace Rdv.Appointments;

/// <summary>Reads appointments. They are written by <see cref="Transactions.ITransactions"/> only.</summary>
/// <remarks>Every member throws <see cref="StorageUnavailableException"/> when storage does not answer.</remarks>
public interface IAppointmentStore
{
    /// <summary>One point read; null when there is none.</summary>
    Task<Stored<Appointment>?> ReadAsync(AppointmentReference reference, CancellationToken cancellationToken);

    /// <summary>The appointments of one number in one territory: one range query.</summary>
    Task<IReadOnlyList<PhoneEntry>> FindByPhoneAsync(Territory territory, PhoneIndex index, CancellationToken cancellationToken);

    /// <summary>The same, with the turn of the number: one range query.</summary>
    Task<PhoneEntries> ReadPhoneAsync(Territory territory, PhoneIndex index, CancellationToken cancellationToken);

    /// <summary>The audit trail and the messages of an appointment, oldest first: one range query.</summary>
    Task<AppointmentHistory> ReadHistoryAsync(AppointmentReference reference, CancellationToken cancellationToken);
}

public sealed record AppointmentHistory(IReadOnlyList<ChangeLog> Changes, IReadOnlyList<MessageLog> Messages);
