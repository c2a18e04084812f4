using System.Text;

namespace Rdv.Calendars;

/// <summary>One property of an iCalendar object (RFC 5545, 3.1).</summary>
internal sealed record CalendarLine(string Name, IReadOnlyDictionary<string, string> Parameters, string Value)
{
    public string? Parameter(string name) => Parameters.GetValueOrDefault(name);
}

/// <summary>A component of an iCalendar object, with those of its properties that say when: a title is left out where it is met.</summary>
internal sealed class CalendarBlock(string name)
{
    /// <summary>Of a whole calendar; the longest that were seen have a few thousand.</summary>
    public const int MostEvents = 10_000;

    private const int MaxDepth = 8;

    // A rule or a list of dates; what is longer is no event of a person.
    private const int MaxLine = 32 * 1024;

    private static readonly HashSet<string> Kept = new(StringComparer.Ordinal)
    {
        "UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS",
        "TZID", "TZOFFSETFROM", "TZOFFSETTO", "X-LIC-LOCATION",
    };

    public string Name => name;

    public List<CalendarLine> Lines { get; } = [];

    public List<CalendarBlock> Blocks { get; } = [];

    public CalendarLine? Find(string property) => Lines.Find(line => line.Name == property);

    public IEnumerable<CalendarLine> All(string property) => Lines.Where(line => line.Name == property);

    /// <exception cref="UnreadableCalendarException">It is no calendar, or it breaks off, or it is more than anybody's.</exception>
    public static CalendarBlock Read(string text)
    {
        var root = new CalendarBlock("");
        var open = new Stack<CalendarBlock>([root]);
        var events = 0;
        foreach (var line in Unfold(text))
        {
            if (Parse(line) is not { } property)
            {
                continue;
            }

            switch (property.Name)
            {
                case "BEGIN":
                    var block = new CalendarBlock(property.Value.Trim().ToUpperInvariant());
                    if ((open.Count == 1 && block.Name != "VCALENDAR") || open.Count > MaxDepth)
                    {
                        throw new UnreadableCalendarException(CalendarFault.NotACalendar);
                    }

                    if (block.Name == "VEVENT" && ++events > MostEvents)
                    {
                        throw new UnreadableCalendarException(CalendarFault.TooLarge);
                    }

                    open.Peek().Blocks.Add(block);
                    open.Push(block);
                    break;
                case "END" when open.Count > 1 && string.Equals(open.Peek().Name, property.Value.Trim(), StringComparison.OrdinalIgnoreCase):
                    open.Pop();
                    break;
                case "END":
                    throw new UnreadableCalendarException(CalendarFault.NotACalendar);
                default:
                    open.Peek().Lines.Add(property);
                    break;
            }
        }

        // What breaks off would open the hours that it does not come to.
        return open.Count == 1 && root.Blocks.Count > 0 ? root : throw new UnreadableCalendarException(CalendarFault.NotACalendar);
    }

    private static IEnumerable<string> Unfold(string text)
    {
        var line = new StringBuilder();
        var isCut = false;
        foreach (var physical in text.TrimStart('\uFEFF').Split('\n'))
        {
            if (physical is [' ' or '\t', ..])
            {
                Append(physical.AsSpan(1));
                continue;
            }

            if (line.Length > 0)
            {
                yield return Whole();
            }

            line.Clear();
            isCut = false;
            Append(physical);
        }

        if (line.Length > 0)
        {
            yield return Whole();
        }

        void Append(ReadOnlySpan<char> more)
        {
            more = more.TrimEnd('\r');
            isCut |= line.Length + more.Length > MaxLine;
            line.Append(more[..Math.Min(more.Length, Math.Max(0, MaxLine - line.Length))]);
        }

        // A long description is none of ours; a long list of dates is, and would be cut in the middle.
        string Whole() => isCut && Parse(line.ToString()) is not null ? throw new UnreadableCalendarException(CalendarFault.TooLarge) : line.ToString();
    }

    /// <returns>Null for what says nothing about when.</returns>
    private static CalendarLine? Parse(string line)
    {
        var end = line.AsSpan().IndexOfAny(';', ':');
        if (end <= 0)
        {
            return null;
        }

        var name = line[..end].ToUpperInvariant();
        if (name is not ("BEGIN" or "END") && !Kept.Contains(name))
        {
            return null;
        }

        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var (begin, quoted) = (end + 1, false);
        for (var at = end; at < line.Length; at++)
        {
            if (line[at] == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && (line[at] is (';' or ':')))
            {
                if (at > end && line[begin..at].Split('=', 2) is [var parameter, var value])
                {
                    parameters[parameter] = value.Trim('"');
                }

                begin = at + 1;
                if (line[at] == ':')
                {
                    return new CalendarLine(name, parameters, line[begin..].Trim());
                }
            }
        }

        return null;
    }
}
