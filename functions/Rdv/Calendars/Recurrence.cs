using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using NodaTime;

namespace Rdv.Calendars;

/// <summary>A rule by which an event comes again (RFC 5545, 3.3.10), in wall time: it is its zone that makes instants of what comes out.</summary>
/// <remarks>
/// Ical.Net knows the rules; what it is asked for is bounded here. It is given no zone: the names of Windows, and clocks that change, are
/// <see cref="CalendarZones"/>'s. The end of a rule is looked for here too, since it is an instant where the rest is wall time.
/// </remarks>
internal sealed class Recurrence
{
    // A rule that meets nothing for so long meets nothing any more: 29 February is found, 30 February is not.
    private static readonly EvaluationOptions Options = new() { MaxUnmatchedIncrementsLimit = 5_000 };

    // What one step of a rule may unfold into: some rules of a few letters give every second of a year.
    private const int MostTimesADay = 100;

    private readonly RecurrenceRule _rule;
    private readonly string? _until;

    private Recurrence(RecurrenceRule rule, bool isCounted, string? until) => (_rule, IsCounted, _until) = (rule, isCounted, until);

    /// <summary>It is known only from its first occurrence how many are left.</summary>
    private bool IsCounted { get; }

    /// <exception cref="UnreadableCalendarException">It is no rule, or one that no agenda has.</exception>
    public static Recurrence Parse(string text)
    {
        var parts = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2))
            .Where(part => part.Length == 2)
            .DistinctBy(part => part[0].ToUpperInvariant())
            .ToDictionary(part => part[0].ToUpperInvariant(), part => part[1]);
        if (parts.GetValueOrDefault("FREQ")?.ToUpperInvariant() is "SECONDLY" or "MINUTELY" || Values("BYHOUR") * Values("BYMINUTE") * Values("BYSECOND") > MostTimesADay)
        {
            throw new UnreadableCalendarException(CalendarFault.TooLarge);
        }

        var rule = string.Join(';', parts.Where(part => part.Key != "UNTIL").Select(part => $"{part.Key}={part.Value}"));
        try
        {
            return new Recurrence(new RecurrenceRule(rule), parts.ContainsKey("COUNT"), parts.GetValueOrDefault("UNTIL"));
        }
        catch (Exception exception) when (IsOfRule(exception))
        {
            throw new UnreadableCalendarException(CalendarFault.NotACalendar, exception);
        }

        int Values(string name) => parts.TryGetValue(name, out var values) ? values.Count(letter => letter == ',') + 1 : 1;
    }

    /// <summary>The wall times from the first one, in their order, as they are asked for. They may never end.</summary>
    /// <param name="from">Those that begin before need not be told.</param>
    public IEnumerable<LocalDateTime> From(LocalDateTime first, LocalDateTime from, Func<LocalDateTime, Instant> zone)
    {
        using var occurrences = new RecurrencePatternEvaluator(_rule)
            .Evaluate(Of(first), Of(IsCounted || from < first ? first : from), Options)
            .GetEnumerator();
        while (Next() is { } next && !IsOver(next, zone))
        {
            yield return next;
        }

        LocalDateTime? Next()
        {
            try
            {
                return occurrences.MoveNext() ? LocalDateTime.FromDateTime(occurrences.Current.StartTime.Value) : null;
            }
            catch (EvaluationLimitExceededException)
            {
                return null;
            }
            catch (Exception exception) when (IsOfRule(exception))
            {
                // Past the last year that there is, or an interval of a thousand years.
                return null;
            }
        }
    }

    private bool IsOver(LocalDateTime occurrence, Func<LocalDateTime, Instant> zone) =>
        _until is not null && EventTime.ParseLocal(_until) is { } until && (
            _until.EndsWith('Z') ? zone(occurrence) > CalendarZones.Utc(until)
            // A day alone is its whole day.
            : _until.Contains('T', StringComparison.Ordinal) ? occurrence > until
            : occurrence.Date > until.Date);

    private static CalDateTime Of(LocalDateTime local) => new(
        DateTime.SpecifyKind(local.ToDateTimeUnspecified(), DateTimeKind.Unspecified), null, true);

    private static bool IsOfRule(Exception exception) =>
        exception is EvaluationException or ArgumentException or FormatException or OverflowException or InvalidOperationException or NotSupportedException;
}
