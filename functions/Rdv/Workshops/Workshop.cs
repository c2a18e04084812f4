using NodaTime;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Workshops;

/// <summary>
/// A workshop (atelier): one advisor, several citizens. Who has a seat is in the advisor's agenda, whose ETag guards it; this row tells
/// where in the agenda it stands, and what has become of it.
/// </summary>
/// <param name="Title">What citizens read; up to 80 characters.</param>
/// <param name="Version">1 when planned; rises when it moves and when it is cancelled.</param>
public sealed record Workshop(
    Territory Territory,
    WorkshopId Id,
    AdvisorId AdvisorId,
    StructureId StructureId,
    PlaceId PlaceId,
    string Title,
    string Topic,
    Instant Start,
    int Minutes,
    int Seats,
    bool IsCancelled,
    int Version,
    Instant CreatedAt,
    RequestIdentity Request) : IRow
{
    public const int DefaultMinutes = 120;

    /// <summary>Which session of which course it is; null for one that stands alone.</summary>
    public SessionOf? Session { get; init; }

    /// <summary>A second advisor, whose time it takes too; null for one alone. The seats stand in the day of the first.</summary>
    public AdvisorId? CoAdvisorId { get; init; }

    /// <summary>The first one first.</summary>
    public IEnumerable<AdvisorId> Advisors => CoAdvisorId is { } second ? [AdvisorId, second] : [AdvisorId];

    /// <summary>What a room holds, and what a stored day holds with certainty.</summary>
    public const int MaxSeats = 40;

    /// <summary>For one advisor and day: see <see cref="DayAgenda.MaxEntries"/>.</summary>
    public const int MaxADay = 10;

    public Instant End => Start + Duration.FromMinutes(Minutes);

    /// <summary>Wall time in the territory.</summary>
    public LocalDateTime LocalStart => Start.InZone(Territory.Zone).LocalDateTime;

    public LocalDate Date => LocalStart.Date;

    /// <summary>SEQUENCE of the calendar event (RFC 5545, 3.8.7.4).</summary>
    public int Sequence => Version - 1;

    /// <summary>As an appointment in it knows it.</summary>
    public SeatIn Seat => new(Id, Title, Session);

    public bool IsOf(AdvisorId advisor) => advisor == AdvisorId || advisor == CoAdvisorId;

    /// <summary>As it stands in the agenda of one of its advisors.</summary>
    /// <param name="codes">Of those who have a seat.</param>
    public AgendaEntry ToEntry(AdvisorId advisor, IEnumerable<string> codes) =>
        advisor == AdvisorId ? ToEntry(codes) : ToEntry(codes: []) with { Seats = new WorkshopSeats(Title, Seats, []) { Session = Session, Lead = AdvisorId } };

    /// <summary>As it stands in the agenda of its first advisor.</summary>
    /// <param name="codes">Of those who have a seat.</param>
    public AgendaEntry ToEntry(IEnumerable<string> codes) => new(
        EntryKind.Workshop,
        DayGrid.CellOf(LocalStart.TimeOfDay),
        Minutes / DayGrid.MinutesPerCell,
        Id.Value,
        Topic,
        PlaceId,
        Version,
        Seats: new WorkshopSeats(Title, Seats, [.. codes]) { Session = Session });
}
