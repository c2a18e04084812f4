using System.Diagnostics.CodeAnalysis;
using NodaTime;
using NodaTime.Text;
using Rdv.Ids;

namespace Rdv.Pages.Shared;

/// <summary>A slot as the value of a button: <c>2026-11-24T09:00@p1</c>, in wall time.</summary>
public sealed record SlotValue(LocalDateTime Start, PlaceId PlaceId)
{
    // Near both ends of what NodaTime counts, an offset overflows: no appointment is there.
    private const int FirstYear = 1900;
    private const int LastYear = 2999;

    private static readonly LocalDateTimePattern Pattern = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm");

    public static SlotValue Of(Slot slot) => new(slot.Start, slot.PlaceId);

    public static bool TryParse(string? text, [NotNullWhen(true)] out SlotValue? value)
    {
        value = text?.Split('@') is [var start, var place] && DirectoryIds.IsValid(place) && Pattern.Parse(start) is { Success: true, Value: { Year: >= FirstYear and <= LastYear } parsed }
            ? new SlotValue(parsed, new PlaceId(place))
            : null;
        return value is not null;
    }

    public override string ToString() => $"{Pattern.Format(Start)}@{PlaceId}";
}
