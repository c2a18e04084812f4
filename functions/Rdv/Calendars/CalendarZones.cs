using System.Globalization;
using NodaTime;
using NodaTime.TimeZones;

namespace Rdv.Calendars;

/// <summary>Reads the wall times of a calendar as instants, in the zones that it names.</summary>
/// <remarks>
/// A name is looked for in the time zone database, then among the names of Windows, which Outlook writes; then what its VTIMEZONE says counts:
/// the place that it names, else its offsets. A time without a zone, or in one that nothing explains, is meant where the advisor is.
/// </remarks>
internal sealed class CalendarZones
{
    private static readonly TzdbDateTimeZoneSource Source = TzdbDateTimeZoneSource.Default;

    private readonly Dictionary<string, Func<LocalDateTime, Instant>> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, CalendarBlock> _described = new(StringComparer.OrdinalIgnoreCase);

    public CalendarZones(IEnumerable<CalendarBlock> timezones, DateTimeZone own)
    {
        Own = In(own);
        foreach (var timezone in timezones)
        {
            if (timezone.Find("TZID")?.Value is { } id)
            {
                _described[id] = timezone;
            }
        }
    }

    /// <summary>Where the advisor is.</summary>
    public Func<LocalDateTime, Instant> Own { get; }

    public static Func<LocalDateTime, Instant> Utc { get; } = local => local.InUtc().ToInstant();

    public Func<LocalDateTime, Instant> Find(string? id)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            return Own;
        }

        if (!_known.TryGetValue(id, out var zone))
        {
            var described = _described.GetValueOrDefault(id);
            zone = Named(id) ?? Named(described?.Find("X-LIC-LOCATION")?.Value) ?? (described is null ? null : Offsets(described)) ?? Own;
            _known[id] = zone;
        }

        return zone;
    }

    // As people live through a change of the clocks: an hour that is skipped is the one after, one that comes twice is the first.
    private static Func<LocalDateTime, Instant> In(DateTimeZone zone) => local => local.InZoneLeniently(zone).ToInstant();

    private static Func<LocalDateTime, Instant>? Named(string? id)
    {
        if (id is null)
        {
            return null;
        }

        var name = id.Trim();

        // Some programs put who made the zone in front: /freeassociation.sourceforge.net/Europe/Paris.
        for (var rest = name; rest.Length > 0;)
        {
            if (Source.CanonicalIdMap.ContainsKey(rest))
            {
                return In(Source.ForId(rest));
            }

            var next = rest.IndexOf('/', StringComparison.Ordinal);
            rest = next < 0 ? "" : rest[(next + 1)..];
        }

        return Source.WindowsMapping.PrimaryMapping.TryGetValue(name, out var mapped) ? In(Source.ForId(mapped)) : null;
    }

    /// <summary>The offsets that a VTIMEZONE gives: that of the part which began last.</summary>
    private static Func<LocalDateTime, Instant>? Offsets(CalendarBlock timezone)
    {
        var parts = timezone.Blocks
            .Select(part => (Onsets: OnsetsOf(part), Offset: OffsetOf(part.Find("TZOFFSETTO")?.Value)))
            .Where(part => part.Offset is not null)
            .SelectMany(part => part.Onsets, (part, onset) => (Onset: onset, Offset: part.Offset!.Value))
            .OrderBy(part => part.Onset)
            .ToList();
        return parts.Count == 0
            ? null
            : local => local.WithOffset((parts.FindLastIndex(part => part.Onset <= local) is var at && at >= 0 ? parts[at] : parts[0]).Offset).ToInstant();
    }

    private static IEnumerable<LocalDateTime> OnsetsOf(CalendarBlock part)
    {
        if (part.Find("DTSTART")?.Value is not { } text || EventTime.ParseLocal(text) is not { } start)
        {
            return [];
        }

        return part.Find("RRULE") is { } rule
            ? Recurrence.Parse(rule.Value).From(start, start, Utc).TakeWhile(onset => onset.Year < 2200)
            : [start];
    }

    private static Offset? OffsetOf(string? text) =>
        text is ['+' or '-', ..] && text.Length is 5 or 7 && int.TryParse(text.AsSpan(1, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && (number / 100 * 60) + (number % 100) is var minutes and < 18 * 60
            ? Offset.FromSeconds((text[0] == '-' ? -60 : 60) * minutes)
            : null;
}
