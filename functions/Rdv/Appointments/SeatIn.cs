using Rdv.Ids;

namespace Rdv.Appointments;

/// <summary>The workshop in which an appointment is a seat.</summary>
public sealed record SeatIn(WorkshopId Id, string Title);
