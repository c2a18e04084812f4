using System.Text.Json;
using NodaTime;
using Rdv.Tests.Invites;
using Xunit;

namespace Rdv.Tests.Calendars;

/// <summary>Reads busy times with python3-recurring-ical-events, which shares no code with the product.</summary>
internal static class PythonOccurrences
{
    private const string Script = """
        import datetime, json, sys, zoneinfo
        from icalendar import Calendar
        import recurring_ical_events
        zone = zoneinfo.ZoneInfo(sys.argv[1])
        def instant(value):
            if not isinstance(value, datetime.datetime):
                value = datetime.datetime.combine(value, datetime.time())
            return int((value if value.tzinfo else value.replace(tzinfo=zone)).timestamp())
        first, last = (datetime.date.fromisoformat(day) for day in sys.argv[2:4])
        busy = []
        for event in recurring_ical_events.of(Calendar.from_ical(sys.stdin.buffer.read())).between(first, last + datetime.timedelta(days=1)):
            if event.get('STATUS') == 'CANCELLED' or event.get('TRANSP') == 'TRANSPARENT' or event.get('X-MICROSOFT-CDO-BUSYSTATUS') == 'FREE':
                continue
            busy.append([instant(event['DTSTART'].dt), instant(event['DTEND'].dt)])
        print(json.dumps(busy))
        """;

    private static readonly Lazy<bool> Available = new(() => PythonCalendar.Run("import icalendar, recurring_ical_events", "").Ok);

    /// <summary>Skipped where the reader is not installed; an error under <c>CI=true</c>, which <c>.ci/run</c> sets.</summary>
    public static IReadOnlyList<(Instant From, Instant To)> Read(string calendar, DateTimeZone zone, LocalDate first, LocalDate last)
    {
        Assert.SkipUnless(Available.Value || Environment.GetEnvironmentVariable("CI") == "true", "python3-recurring-ical-events is not installed.");
        var (ok, output) = PythonCalendar.Run(Script, calendar, zone.Id, $"{first:uuuu-MM-dd}", $"{last:uuuu-MM-dd}");
        Assert.True(ok, output);
        return
        [
            .. JsonDocument.Parse(output).RootElement.EnumerateArray()
                .Select(busy => (Instant.FromUnixTimeSeconds(busy[0].GetInt64()), Instant.FromUnixTimeSeconds(busy[1].GetInt64()))),
        ];
    }
}
