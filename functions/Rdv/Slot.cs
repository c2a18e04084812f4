using NodaTime;
using Rdv.Ids;

namespace Rdv;

/// <summary>A time that can be booked at a place.</summary>
/// <param name="Start">Wall time in the territory.</param>
/// <param name="Free">How many advisors could take it.</param>
public sealed record Slot(LocalDateTime Start, int Minutes, StructureId StructureId, PlaceId PlaceId, int Free)
{
    public Means Means { get; init; }
}
