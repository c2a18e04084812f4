using NodaTime;

namespace Rdv.Tests.Calendars;

/// <summary>One calendar as a program writes it, and how many minutes of the six weeks from a day on it makes busy, counted by hand.</summary>
/// <param name="Components">What stands between the header of the program and the end.</param>
public sealed record CalendarFile(string Name, string Program, int Minutes, string Components, string Territory = "69", string From = "2026-10-19")
{
    public LocalDate First => NodaTime.Text.LocalDatePattern.Iso.Parse(From).Value;

    public string Text => CalendarFiles.Wrap(Program, Components);

    public override string ToString() => $"{Program}: {Name}";
}

/// <summary>Written by hand after the public documentation of the programs that publish such files.</summary>
public static class CalendarFiles
{
    private const string Romance = """
        BEGIN:VTIMEZONE
        TZID:Romance Standard Time
        BEGIN:STANDARD
        DTSTART:16010101T030000
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
        END:STANDARD
        BEGIN:DAYLIGHT
        DTSTART:16010101T020000
        TZOFFSETFROM:+0100
        TZOFFSETTO:+0200
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
        END:DAYLIGHT
        END:VTIMEZONE

        """;

    private const string Paris = """
        BEGIN:VTIMEZONE
        TZID:Europe/Paris
        X-LIC-LOCATION:Europe/Paris
        BEGIN:DAYLIGHT
        TZOFFSETFROM:+0100
        TZOFFSETTO:+0200
        TZNAME:CEST
        DTSTART:19700329T020000
        RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
        END:DAYLIGHT
        BEGIN:STANDARD
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        TZNAME:CET
        DTSTART:19701025T030000
        RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
        END:STANDARD
        END:VTIMEZONE

        """;

    public static IReadOnlyList<CalendarFile> All { get; } =
    [
        // Outlook and Exchange: names of Windows, and what the owner does beside TRANSP.
        new("weekly", "Outlook", 360, Romance + Outlook("RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=TU;WKST=MO", "20260901T090000", "20260901T100000")),
        new("every other Monday", "Outlook", 360, Romance + Outlook("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;WKST=MO", "20261005T090000", "20261005T103000")),
        new("second Thursday of the month", "Outlook", 120, Romance + Outlook("RRULE:FREQ=MONTHLY;INTERVAL=1;BYDAY=2TH", "20260910T140000", "20260910T160000")),
        new("every working day", "Outlook", 1860, Romance + Outlook("RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "20260105T120000", "20260105T130000")),
        new("away for five days", "Outlook", 7200, Day("20261102", "20261107", "TRANSP:OPAQUE", "X-MICROSOFT-CDO-BUSYSTATUS:OOF")),
        new("free for a day", "Outlook", 0, Day("20261102", "20261103", "TRANSP:OPAQUE", "X-MICROSOFT-CDO-BUSYSTATUS:FREE")),
        new("tentative", "Outlook", 60, Romance + Outlook("X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE", "20261105T090000", "20261105T100000")),
        new("one left out", "Outlook", 300, Romance + Outlook("RRULE:FREQ=WEEKLY;BYDAY=TU\nEXDATE;TZID=Romance Standard Time:20261110T090000", "20260901T090000", "20260901T100000")),
        new("one moved", "Outlook", 390, Romance + Outlook("RRULE:FREQ=WEEKLY;BYDAY=TU", "20260901T090000", "20260901T100000")
            + Outlook("RECURRENCE-ID;TZID=Romance Standard Time:20261103T090000", "20261104T140000", "20261104T153000")),

        // Google: IANA names with their rules, ends in UTC.
        new("until", "Google", 180, Paris + In("Europe/Paris", "20260901T090000", "20260901T100000", "RRULE:FREQ=WEEKLY;UNTIL=20261103T225959Z;BYDAY=TU")),
        new("one cancelled", "Google", 300, Paris + In("Europe/Paris", "20260901T090000", "20260901T100000", "RRULE:FREQ=WEEKLY;BYDAY=TU")
            + In("Europe/Paris", "20261117T090000", "20261117T100000", "RECURRENCE-ID;TZID=Europe/Paris:20261117T090000", "STATUS:CANCELLED")),
        new("a day that is only told", "Google", 0, Day("20261102", "20261104", "TRANSP:TRANSPARENT")),
        new("once, in UTC", "Google", 90, Event("DTSTART:20261120T080000Z", "DTEND:20261120T093000Z")),
        new("over the night when clocks go back", "Google", 2160, Paris + In("Europe/Paris", "20261024T200000", "20261026T080000")),
        new("the 31st of each month", "Google", 60, Paris + In("Europe/Paris", "20260831T090000", "20260831T100000", "RRULE:FREQ=MONTHLY;BYMONTHDAY=31")),
        new("three times, the first of them before", "Google", 120, Paris + In("Europe/Paris", "20261013T090000", "20261013T100000", "RRULE:FREQ=WEEKLY;COUNT=3;BYDAY=TU")),
        new("ten days in a row", "Google", 300, Paris + In("Europe/Paris", "20261020T173000", "20261020T180000", "RRULE:FREQ=DAILY;COUNT=10")),

        // Apple: lengths, and times without a zone.
        new("without a zone", "Apple", 360, Event("DTSTART:20261002T160000", "DTEND:20261002T170000", "RRULE:FREQ=WEEKLY")),
        new("a length in place of an end", "Apple", 270, Paris + Event("DTSTART;TZID=Europe/Paris:20261001T091500", "DURATION:PT45M", "RRULE:FREQ=WEEKLY")),
        new("on days of a list", "Apple", 180, Paris + In("Europe/Paris", "20261021T100000", "20261021T110000", "RDATE;TZID=Europe/Paris:20261029T100000,20261109T100000")),
        new("every year since 1970", "Apple", 1440, Day("19701111", "19701112", "RRULE:FREQ=YEARLY")),
        new("one moved out of sight", "Apple", 300, Paris + In("Europe/Paris", "20260901T090000", "20260901T100000", "RRULE:FREQ=WEEKLY")
            + In("Europe/Paris", "20261215T090000", "20261215T100000", "RECURRENCE-ID;TZID=Europe/Paris:20261124T090000")),
        new("a night out when clocks go back", "Apple", 480, Paris + In("Europe/Paris", "20261024T220000", "20261025T060000")),

        // Nextcloud.
        new("last Friday of the month", "Nextcloud", 240, Paris + In("Europe/Paris", "20260828T100000", "20260828T120000", "RRULE:FREQ=MONTHLY;BYDAY=-1FR")),
        new("three days of every other week", "Nextcloud", 600, Paris + In("Europe/Paris", "20261005T090000", "20261005T100000", "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR")),
        new("last working day of the month", "Nextcloud", 120, Paris + In("Europe/Paris", "20260930T160000", "20260930T170000", "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1")),
        new("five days but one", "Nextcloud", 5760, Day("20261109", "20261110", "RRULE:FREQ=DAILY;COUNT=5", "EXDATE;VALUE=DATE:20261111")),

        // Zimbra.
        new("a quoted zone", "Zimbra", 360, Paris.Replace("Europe/Paris", "Europe/Brussels", StringComparison.Ordinal)
            + Event("DTSTART;TZID=\"Europe/Brussels\":20260902T090000", "DTEND;TZID=\"Europe/Brussels\":20260902T100000", "RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=WE")),
        new("a zone of its own", "Zimbra", 360, Romance.Replace("Romance Standard Time", "(GMT+01.00) Paris / Madrid", StringComparison.Ordinal)
            + Event("DTSTART;TZID=\"(GMT+01.00) Paris / Madrid\":20260901T090000", "DTEND;TZID=\"(GMT+01.00) Paris / Madrid\":20260901T100000", "RRULE:FREQ=WEEKLY")),
        new("Sunday nights, one of them while clocks go forward", "Zimbra", 720, Paris + In("Europe/Paris", "20270110T013000", "20270110T033000", "RRULE:FREQ=WEEKLY"), From: "2027-03-15"),
        new("in the hour that comes twice", "Zimbra", 60, Paris + In("Europe/Paris", "20261025T020000", "20261025T030000")),

        // ADE: each lesson for itself, in UTC.
        new("three lessons", "ADE", 360, Event("DTSTART:20261103T080000Z", "DTEND:20261103T100000Z") + Event("DTSTART:20261105T080000Z", "DTEND:20261105T100000Z")
            + Event("DTSTART:20261110T080000Z", "DTEND:20261110T100000Z")),

        // Overseas.
        new("three mornings in La Réunion", "Apple", 720, Event("DTSTART:20261103T080000", "DTEND:20261103T120000", "RRULE:FREQ=DAILY;COUNT=3"), "974"),
        new("a call from Paris to Nouméa", "Google", 60, Paris + In("Europe/Paris", "20261103T230000", "20261104T000000"), "988"),
        new("weekly in Martinique", "Outlook", 360, Fixed("SA Western Standard Time", "-0400")
            + Event("DTSTART;TZID=SA Western Standard Time:20260901T080000", "DTEND;TZID=SA Western Standard Time:20260901T090000", "RRULE:FREQ=WEEKLY"), "972"),
        new("weekly in Miquelon, where clocks go back in November", "Nextcloud", 420, Event("DTSTART:20260907T090000", "DTEND:20260907T100000", "RRULE:FREQ=WEEKLY"), "975"),
    ];

    public static string Wrap(string program, string components) =>
        $"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//{program}//FR\nMETHOD:PUBLISH\nX-WR-CALNAME:Agenda de Camille\n{components}END:VCALENDAR\n".ReplaceLineEndings("\r\n");

    /// <summary>With a title, as it always has one.</summary>
    public static string Event(params string[] lines) =>
        $"BEGIN:VEVENT\nDTSTAMP:20261001T080000Z\nSUMMARY:{Title}\nDESCRIPTION:{Title}, au fond\n  du couloir\nLOCATION:{Title}\n"
        + (Array.Exists(lines, line => line.StartsWith("UID:", StringComparison.Ordinal)) ? "" : "UID:series@exemple.fr\n")
        + string.Join('\n', lines) + "\nBEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT15M\nDURATION:PT5H\nDESCRIPTION:Rappel\nEND:VALARM\nEND:VEVENT\n";

    public const string Title = "Oncologue à Bron";

    public static string In(string zone, string start, string end, params string[] more) =>
        Event([$"DTSTART;TZID={zone}:{start}", $"DTEND;TZID={zone}:{end}", .. more]);

    private static string Outlook(string more, string start, string end) => In("Romance Standard Time", start, end, more);

    private static string Day(string start, string end, params string[] more) => Event([$"DTSTART;VALUE=DATE:{start}", $"DTEND;VALUE=DATE:{end}", .. more]);

    private static string Fixed(string id, string offset) =>
        $"BEGIN:VTIMEZONE\nTZID:{id}\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:{offset}\nTZOFFSETTO:{offset}\nEND:STANDARD\nEND:VTIMEZONE\n";
}
