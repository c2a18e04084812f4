using NodaTime;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Agenda;

public enum EntryKind
{
    Appointment,
    Workshop,
    Absence,
    Hold,

    /// <summary>Busy in a calendar that the advisor keeps elsewhere. Appointments that were there before stay.</summary>
    Calendar,
}

/// <summary>What came of an appointment.</summary>
public enum EntryOutcome
{
    None,
    Kept,
    Missed,
}

/// <summary>One thing in an advisor's day. It names no person.</summary>
/// <param name="StartCell">First cell, see <see cref="DayGrid"/>.</param>
/// <param name="CellCount">How many cells it takes.</param>
/// <param name="Id">The code of the appointment's reference, or the id of the absence, hold, workshop or calendar; all entries of one calendar bear its id.</param>
/// <param name="Version">Of the appointment.</param>
/// <param name="Expires">Of a hold.</param>
/// <param name="Seats">Of a workshop.</param>
public sealed record AgendaEntry(
    EntryKind Kind,
    int StartCell,
    int CellCount,
    string Id,
    string? Topic = null,
    PlaceId? PlaceId = null,
    int Version = 0,
    EntryOutcome Outcome = EntryOutcome.None,
    Instant? Expires = null,
    WorkshopSeats? Seats = null)
{
    /// <summary>The INSEE code of the commune, for what is at somebody's home: the way to it is counted. Null for all else.</summary>
    public string? Home { get; init; }

    /// <summary>Where the advisor is; null when it is not known.</summary>
    public Spot? Spot => PlaceId is { } place ? new Spot(place, Home) : null;

    public DayGrid Grid => DayGrid.Range(StartCell, StartCell + CellCount);

    /// <summary>Someone is received, or may be: it needs a pause, and the way to it.</summary>
    public bool IsMeeting => Kind is EntryKind.Appointment or EntryKind.Workshop or EntryKind.Hold;

    public int Minutes => CellCount * DayGrid.MinutesPerCell;

    /// <summary>The appointment that the entry stands for; null for any other kind.</summary>
    /// <param name="territory">Of the agenda that holds it.</param>
    public AppointmentReference? ReferenceIn(Territory territory) =>
        Kind == EntryKind.Appointment && AppointmentReference.TryFromCode(territory, Id, out var reference) ? reference : null;

    /// <summary>The appointments that the entry stands for: its own, or those who have a seat in the workshop.</summary>
    /// <param name="territory">Of the agenda that holds it.</param>
    public IEnumerable<AppointmentReference> ReferencesIn(Territory territory)
    {
        var codes = Kind switch
        {
            EntryKind.Appointment => [Id],
            EntryKind.Workshop => Seats?.Codes ?? [],
            _ => System.Collections.Immutable.ImmutableArray<string>.Empty,
        };
        foreach (var code in codes)
        {
            if (AppointmentReference.TryFromCode(territory, code, out var reference))
            {
                yield return reference;
            }
        }
    }

    public bool TakesTime(Instant now) => Kind != EntryKind.Hold || Expires > now;
}
