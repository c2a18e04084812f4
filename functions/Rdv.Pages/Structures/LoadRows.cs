using System.Globalization;
using NodaTime;
using Rdv.Directory;
using Rdv.Load;

namespace Rdv.Pages.Structures;

/// <summary>A line of figures, in words.</summary>
/// <param name="Percent">0 to 100; null when nothing was offered, or when it is not told.</param>
public sealed record LoadRow(
    string Name, string Offered, string Free, string Booked, int? Percent, string Appointments, string Kept, string Missed, string Cancelled, string WalkIns, string Unmet)
{
    /// <summary>What is not told: few people, or a figure that would tell of few. Nobody is to see which of both.</summary>
    public const string Untold = "–";

    /// <summary>Where it leads; null for nowhere.</summary>
    public string? Address { get; init; }

    public string Share => Percent is { } percent ? $"{percent}\u00a0%" : "–";

    public static LoadRow Of(string name, Disclosed counts) => new(
        name,
        Hours(counts.OfferedMinutes),
        counts.FreeMinutes is { } free ? Hours(free) : Untold,
        counts.BookedMinutes is { } booked ? Hours(booked) : Untold,
        counts.Occupancy is { } occupancy ? (int)Math.Round(occupancy * 100) : null,
        Count(counts.Booked),
        Count(counts.Kept),
        Count(counts.Missed),
        Count(counts.Cancelled),
        Count(counts.WalkIns),
        Count(counts.UnmetDemand));

    private static string Count(int? count) => count?.ToString(CultureInfo.InvariantCulture) ?? Untold;

    /// <summary><c>12 h</c>, <c>12 h 30</c>.</summary>
    public static string Hours(int minutes) => (minutes % 60) switch
    {
        0 => $"{minutes / 60}\u00a0h",
        var rest => $"{minutes / 60}\u00a0h\u00a0{rest.ToString("00", CultureInfo.InvariantCulture)}",
    };
}

/// <summary>A week as a bar: what was offered, booked, and missed.</summary>
/// <param name="Offered">0 to 1 of the longest week.</param>
/// <param name="Booked">The same; null when it is not told.</param>
/// <param name="Missed">The part of what was booked to which nobody came.</param>
public sealed record WeekRow(string Label, bool IsToCome, double Offered, double? Booked, double? Missed, LoadRow Row)
{
    public static IReadOnlyList<WeekRow> Of(IReadOnlyList<WeekFigures> weeks, IReadOnlyList<Disclosed> counts, LocalDate today)
    {
        var longest = Math.Max(1.0, weeks.Count == 0 ? 1 : weeks.Max(week => Math.Max(week.Counts.OfferedMinutes, week.Counts.BookedMinutes)));
        return
        [
            .. weeks.Zip(counts, (week, told) => new WeekRow(
                LoadWords.Day(week.Monday),
                week.Monday.PlusDays(6) >= today,
                told.OfferedMinutes / longest,
                told.BookedMinutes / longest,
                told is { BookedMinutes: { } minutes, Booked: > 0 and { } booked, Missed: { } missed } ? minutes / longest * missed / booked : null,
                LoadRow.Of(LoadWords.Day(week.Monday), told))),
        ];
    }
}

/// <param name="Fields">By hour, one for each day; null where nothing was offered, or where it is not told.</param>
public sealed record HeatView(IReadOnlyList<IsoDayOfWeek> Days, IReadOnlyList<(int Hour, IReadOnlyList<int?> Percents)> Fields)
{
    public static HeatView Empty { get; } = new([], []);

    public static HeatView Of(IReadOnlyList<HourFigures> hours, int fewestMeetings)
    {
        if (hours.Count == 0)
        {
            return Empty;
        }

        var days = hours.Select(hour => hour.Day).Distinct().Order().ToList();
        var known = hours.Where(hour => hour.Meetings >= fewestMeetings).ToDictionary(hour => (hour.Day, hour.Hour), hour => (int)Math.Round(hour.Share * 100));
        var first = hours.Min(hour => hour.Hour);
        return new HeatView(
            days,
            [.. Enumerable.Range(first, hours.Max(hour => hour.Hour) - first + 1).Select(hour => (hour, (IReadOnlyList<int?>)[.. days.Select(day => known.TryGetValue((day, hour), out var percent) ? percent : default(int?))]))]);
    }

    /// <summary>How dark a field is, 0 to 4.</summary>
    public static int Shade(int percent) => percent switch { < 20 => 0, < 40 => 1, < 60 => 2, < 80 => 3, _ => 4 };
}

/// <summary>A half-day of the week: how often it was open, how often full, and the share that was taken.</summary>
public sealed record HalfDayRow(string Name, int Times, int Full, string Share)
{
    public static IReadOnlyList<HalfDayRow> Of(IReadOnlyList<HalfDayFigures> halves, int fewestMeetings) =>
        [.. halves.Where(half => half.Meetings >= fewestMeetings).Select(half => new HalfDayRow(LoadWords.Name(half), half.Times, half.Full, $"{Math.Round(half.Share * 100)}\u00a0%"))];
}

/// <summary>Requests from a commune about a topic.</summary>
public sealed record UnmetRow(string Commune, string Topic, int Count)
{
    private const int Most = 20;

    /// <summary>
    /// The most asked for; the others together. Where those come to fewer than <paramref name="fewest"/>, the total would tell them: the smallest that
    /// is shown goes with them.
    /// </summary>
    public static IReadOnlyList<UnmetRow> Of(IReadOnlyList<UnmetLine> lines, int fewest)
    {
        var shown = lines.Where(line => line.Count >= fewest).Take(Most).ToList();
        var rest = lines.Sum(line => line.Count) - shown.Sum(line => line.Count);
        if (rest > 0 && rest < fewest && shown.Count > 0)
        {
            rest += shown[^1].Count;
            shown.RemoveAt(shown.Count - 1);
        }

        return
        [
            .. shown.Select(line => new UnmetRow(line.Commune ?? "Commune non précisée", Topics.Find(line.Topic)?.Label ?? line.Topic, line.Count)),
            .. rest >= Math.Max(fewest, 1) ? [new UnmetRow("Autres", "Tous sujets", rest)] : Array.Empty<UnmetRow>(),
        ];
    }
}
