using System.Diagnostics;
using NodaTime;
using Rdv.Calendars;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Tests.Reminders;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Calendars;

public sealed class BusyTimesTests
{
    private static readonly BusyTimes Reader = new(MessageSamples.Settings);

    public static IEnumerable<TheoryDataRow<CalendarFile>> Files => CalendarFiles.All.Select(file => new TheoryDataRow<CalendarFile>(file));

    [Fact]
    public void There_are_thirty_six_files() => CalendarFiles.All.Count.ShouldBe(36);

    [Theory]
    [MemberData(nameof(Files), DisableDiscoveryEnumeration = true)]
    public void A_file_is_read_as_its_program_means_it(CalendarFile file) => Minutes(Read(file.Text, file.Territory, file.First)).ShouldBe(file.Minutes, file.ToString());

    [Theory]
    [MemberData(nameof(Files), DisableDiscoveryEnumeration = true)]
    public void An_independent_reader_reads_the_same_of_every_day(CalendarFile file)
    {
        var zone = Territory.Parse(file.Territory).Zone;
        var window = Window(file.First);
        var theirs = new BusyDays(zone, window);
        foreach (var (from, to) in PythonOccurrences.Read(file.Text, zone, window.Start, window.End))
        {
            theirs.Add(from, to);
        }

        var ours = Read(file.Text, file.Territory, file.First);
        foreach (var date in window)
        {
            ours.On(date).ShouldBe(theirs.On(date), $"{file}, {date}");
        }
    }

    [Fact]
    public void Five_hundred_weekly_events_are_read_at_once()
    {
        var events = string.Concat(Enumerable.Range(0, 500).Select(number => CalendarFiles.In(
            "Europe/Paris", $"2020{1 + (number % 12):00}{1 + (number % 28):00}T090000", $"2020{1 + (number % 12):00}{1 + (number % 28):00}T100000", $"UID:{number}@exemple.fr", "RRULE:FREQ=WEEKLY")));
        Minutes(Read(CalendarFiles.Wrap("Google", events))).ShouldBe(43 * 60, "an hour of every day");
    }

    [Theory]
    [InlineData("UID:69-K7Q2-9XM4@rdv.example.fr")]
    [InlineData("UID:040000008200E00074C5B7101A82E00800000000000000000000000000000000000000003B0000007643616C2D5569640100000036392D4B3751322D39584D34407264762E6578616D706C652E667200")]
    [InlineData("UID:69-w0123456789abcdef@rdv.example.fr")]
    public void What_Rdv_has_put_there_is_not_counted_twice(string uid)
    {
        uid = uid.Replace("69-K7Q2-9XM4", MessageSamples.Appointment().Reference.ToString(), StringComparison.Ordinal)
            .Replace("36392D4B3751322D39584D34", Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(MessageSamples.Appointment().Reference.ToString())), StringComparison.Ordinal);
        var own = CalendarFiles.Event("DTSTART:20261103T080000Z", "DTEND:20261103T090000Z", uid);
        Minutes(Read(CalendarFiles.Wrap("Outlook", own))).ShouldBe(0);
        Minutes(Read(CalendarFiles.Wrap("Outlook", own.Replace("UID:", "UID:a", StringComparison.Ordinal).Replace("7643616C", "7643616D", StringComparison.Ordinal)))).ShouldBe(60);
    }

    [Theory]
    [InlineData("a wrong end", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n")]
    [InlineData("broken off", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261103T080000Z\n")]
    [InlineData("no date", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:demain\nEND:VEVENT\nEND:VCALENDAR\n")]
    [InlineData("no rule", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261103T080000Z\nRRULE:FREQ=SOUVENT\nEND:VEVENT\nEND:VCALENDAR\n")]
    [InlineData("no length", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261103T080000Z\nDURATION:PTrien\nEND:VEVENT\nEND:VCALENDAR\n")]
    [InlineData("a length without end", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261103T080000Z\nDURATION:P999999999D\nEND:VEVENT\nEND:VCALENDAR\n")]
    [InlineData("nothing", "")]
    public void What_is_no_calendar_is_said_to_be_none(string name, string text) => Fault(text).ShouldBe(CalendarFault.NotACalendar, name);

    [Theory]
    [InlineData("RRULE:FREQ=SECONDLY")]
    [InlineData("RRULE:FREQ=MINUTELY;COUNT=1000000000")]
    [InlineData("RRULE:FREQ=HOURLY;COUNT=1000000000")]
    [InlineData("RRULE:FREQ=YEARLY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12;BYMINUTE=0,1,2,3,4,5,6,7,8,9;BYSECOND=0,1,2,3,4,5")]
    [InlineData("RRULE:FREQ=DAILY;COUNT=9000000")]
    public void A_rule_that_would_never_end_is_too_large_and_costs_nobody_any_time(string rule) =>
        Within(() => Fault(CalendarFiles.Wrap("Google", CalendarFiles.Event("DTSTART:19700101T080000Z", "DTEND:19700101T090000Z", rule))).ShouldBe(CalendarFault.TooLarge));

    [Theory]
    [InlineData("RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")]
    [InlineData("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")]
    [InlineData("RRULE:FREQ=YEARLY;INTERVAL=2147483647")]
    [InlineData("RRULE:FREQ=DAILY;INTERVAL=2147483647")]
    public void A_rule_that_meets_nothing_leaves_its_first_day(string rule) => Within(() =>
        Minutes(Read(CalendarFiles.Wrap("Google", CalendarFiles.Event("DTSTART:20261103T080000Z", "DTEND:20261103T090000Z", rule)))).ShouldBe(60));

    [Fact]
    public void A_rule_since_the_year_one_is_read_or_refused_and_costs_nobody_any_time() => Within(() =>
        Reader.Read(CalendarFiles.Wrap("Google", CalendarFiles.Event("DTSTART:00010102T080000Z", "DTEND:00010102T090000Z", "RRULE:FREQ=DAILY")), DateTimeZone.Utc, Window(new LocalDate(2026, 10, 19))));

    [Fact]
    public void More_events_than_anybody_has_are_too_large() =>
        Fault(CalendarFiles.Wrap("Google", string.Concat(Enumerable.Repeat("BEGIN:VEVENT\nEND:VEVENT\n", 10_001)))).ShouldBe(CalendarFault.TooLarge);

    [Fact]
    public void A_day_in_pieces_is_busy_from_the_first_to_the_last()
    {
        var events = string.Concat(Enumerable.Range(0, 60).Select(number => CalendarFiles.Event($"DTSTART:20261103T{8 + (number / 6):00}{number % 6 * 10:00}00", "DURATION:PT5M", $"UID:{number}@exemple.fr")));
        var days = Read(CalendarFiles.Wrap("Google", events));
        var date = new LocalDate(2026, 11, 3);
        var day = days.Lay(Rdv.Agenda.DayAgenda.Empty, date, "k0");
        var entry = day.Entries.ShouldHaveSingleItem();
        (entry.StartCell, entry.CellCount).ShouldBe((8 * 12, (10 * 12) - 1));
        days.Lay(day, date, "k0").ShouldBeSameAs(day);
    }

    private static void Within(Action act)
    {
        var watch = Stopwatch.StartNew();
        act();
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    private static CalendarFault? Fault(string text) => Reader.Read(text, Territory.Parse("69").Zone, Window(new LocalDate(2026, 10, 19))).Fault;

    private static BusyDays Read(string text, string territory = "69", LocalDate? first = null)
    {
        var (days, fault) = Reader.Read(text, Territory.Parse(territory).Zone, Window(first ?? new LocalDate(2026, 10, 19)));
        fault.ShouldBeNull();
        return days.ShouldNotBeNull();
    }

    private static DateInterval Window(LocalDate first) => new(first, first.PlusDays(42));

    private static int Minutes(BusyDays days) => days.Window.Sum(date => days.On(date).Count) * DayGrid.MinutesPerCell;
}
