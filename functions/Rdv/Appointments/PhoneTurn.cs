using Rdv.Ids;
using Rdv.Transactions;

namespace Rdv.Appointments;

/// <summary>
/// The row that one number's bookings by itself write one after the other: two at once cannot both find room for one more
/// (docs/adr/0009).
/// </summary>
/// <param name="Last">The appointment that wrote it last.</param>
public sealed record PhoneTurn(PhoneIndex Index, AppointmentReference Last) : IRow;

/// <summary>What one number has in a territory.</summary>
/// <param name="ETag">Of its turn; null when it has never booked there by itself.</param>
public sealed record PhoneEntries(IReadOnlyList<PhoneEntry> Appointments, string? ETag);
