using Rdv.Ids;

namespace Rdv.Appointments;

/// <summary>The workshop in which an appointment is a seat.</summary>
/// <param name="Session">Which session of which course the workshop is; null for one that is none.</param>
public sealed record SeatIn(WorkshopId Id, string Title, SessionOf? Session = null);
