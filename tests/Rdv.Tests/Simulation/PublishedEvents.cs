using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;
using Rdv.Agenda;
using Rdv.Calendars;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.Tests.Calendars;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Simulation;

/// <summary>
/// The calendar that the first advisor keeps elsewhere: events appear, move and vanish, and sometimes nobody answers. After each reading the
/// agenda is held against it; between two, nothing may be put where it says that the advisor is busy.
/// </summary>
internal sealed class PublishedEvents(World world, Product product, CalendarServer server, Random random, List<string> broken)
{
    private static readonly AdvisorId Advisor = new("a1");
    private static readonly LocalDateTimePattern Written = LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss");

    private readonly List<(LocalDateTime From, LocalDateTime To)> _events = [];
    private HashSet<Meeting> _known = [];
    private HashSet<Meeting> _told = [];
    private long _asked;

    public int Conflicts { get; private set; }

    public async Task AddAsync()
    {
        Publish();
        (await product.Get<AddCalendar>().ExecuteAsync(
            new CalendarRequest(world.Territory, Advisor, server.Address, RequestIdentity.Of("calendar", null, "")), TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
    }

    /// <summary>The next minute after an instant at which it is asked for.</summary>
    public Instant NextTurn(Instant after)
    {
        var minute = (after.ToUnixTimeSeconds() / 60) + 1;
        while (minute % 15 != ReadCalendars.TurnOf(world.Territory))
        {
            minute++;
        }

        return Instant.FromUnixTimeSeconds(minute * 60);
    }

    public async Task ChangeAsync()
    {
        // It is asked for once in its minute, and in no other.
        var minute = world.Clock.GetCurrentInstant().ToUnixTimeSeconds() / 60;
        if (minute % 15 != ReadCalendars.TurnOf(world.Territory) || minute == _asked)
        {
            return;
        }

        _asked = minute;
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            Change();
        }

        Publish();
        var answers = random.Next(8) > 0;
        server.Answer = answers ? null : context =>
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        };
        var mails = Mails().Count;
        await product.Get<ReadCalendars>().ExecuteAsync(TestContext.Current.CancellationToken);
        await product.SendInvitesAsync();
        if (!answers)
        {
            return;
        }

        var days = await DaysAsync();
        LaidShouldBe(days);
        var now = Now;
        _known = Meet(days);
        var toCome = _known.Where(meeting => meeting.Start > now).ToHashSet();
        var fresh = toCome.Except(_told).ToList();
        _told = toCome;
        Conflicts += fresh.Count;
        var told = Mails().Skip(mails).ToList();
        if (told.Count != (fresh.Count > 0 ? 1 : 0))
        {
            broken.Add($"{told.Count} mails at {now} of {string.Join(", ", fresh)}");
        }

        broken.AddRange(fresh.Where(meeting => meeting.Reference is { } reference && !told.Exists(mail => mail.Text.Contains(reference, StringComparison.Ordinal)))
            .Select(meeting => $"at {now} the advisor was not told of {meeting}"));
    }

    /// <summary>Nothing was put since the last reading where the advisor is busy.</summary>
    public async Task ShouldBeKeptAsync() =>
        broken.AddRange(Meet(await DaysAsync()).Except(_known).Select(meeting => $"{meeting} was put at {Now} where the advisor is busy"));

    private LocalDateTime Now => world.Clock.GetCurrentInstant().InZone(world.Territory.Zone).LocalDateTime;

    private void Change()
    {
        var at = _events.Count == 0 ? -1 : random.Next(_events.Count);
        var begin = Now.Date.PlusDays(random.Next(0, 10)).At(new LocalTime(random.Next(7, 20), 15 * random.Next(4)));
        switch (at < 0 ? 0 : random.Next(4))
        {
            case 0 or 1:
                _events.Add(random.Next(15) == 0 ? (begin.Date.AtMidnight(), begin.Date.PlusDays(1).AtMidnight()) : (begin, begin.PlusMinutes(15 * random.Next(2, 12))));
                break;
            case 2:
                _events[at] = (begin, begin + (_events[at].To - _events[at].From));
                break;
            default:
                _events.RemoveAt(at);
                break;
        }
    }

    private void Publish() => server.Calendar = CalendarFiles.Wrap("Google", string.Concat(_events.Select((one, index) =>
        CalendarFiles.In("Europe/Paris", Written.Format(one.From), Written.Format(one.To), $"UID:{index}@exemple.fr"))));

    private List<OutgoingMail> Mails() => [.. world.Mail.Received.Where(mail => mail.Kind == MessageKinds.Calendar)];

    private async Task<IReadOnlyList<(LocalDate Date, DayAgenda Day)>> DaysAsync()
    {
        var days = new List<(LocalDate, DayAgenda)>();
        foreach (var month in new[] { new YearMonth(2026, 11), new YearMonth(2026, 12) })
        {
            var read = await product.Get<IAgendaStore>().ReadMonthAsync(world.Territory, Advisor, month, TestContext.Current.CancellationToken);
            days.AddRange(read.Days.Select(day => (month.OnDayOfMonth(day.Key), day.Value)));
        }

        return days;
    }

    private void LaidShouldBe(IReadOnlyList<(LocalDate Date, DayAgenda Day)> days)
    {
        for (var date = Now.Date; date <= AdvisorWeeks.Last; date = date.PlusDays(1))
        {
            var laid = days.Where(day => day.Date == date).SelectMany(day => day.Day.Entries).Where(entry => entry.Kind == EntryKind.Calendar)
                .Aggregate(default(DayGrid), (grid, entry) => grid | entry.Grid);
            for (var cell = 0; cell < DayGrid.Cells; cell++)
            {
                var at = date.At(DayGrid.TimeOf(cell));
                if (laid.Contains(cell) != _events.Exists(one => one.From <= at && one.To > at))
                {
                    broken.Add($"at {Now} the agenda does not say what the calendar says of {at}");
                    break;
                }
            }
        }
    }

    private HashSet<Meeting> Meet(IEnumerable<(LocalDate Date, DayAgenda Day)> days) => [.. days.SelectMany(day => day.Day.Entries
        .Where(entry => entry.Kind is EntryKind.Appointment or EntryKind.Workshop
            && day.Day.Entries.Any(other => other.Kind == EntryKind.Calendar && !(other.Grid & entry.Grid).IsEmpty))
        .Select(entry => new Meeting(entry.Id, entry.ReferenceIn(world.Territory)?.ToString(), day.Date.At(DayGrid.TimeOf(entry.StartCell)))))];

    /// <param name="Reference">Null for a workshop.</param>
    private sealed record Meeting(string Id, string? Reference, LocalDateTime Start);
}
