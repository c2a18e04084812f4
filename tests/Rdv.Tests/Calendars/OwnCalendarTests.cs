using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using NodaTime;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Calendars;
using Rdv.Days;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Calendars;

/// <summary>An advisor's own calendar, from the address to the slots that are left. It is Monday 16 November 2026, 9:00.</summary>
public sealed class OwnCalendarTests(TableStorage storage) : ProductTest(storage)
{
    private static readonly AdvisorId Advisor = new("a1");

    [Fact]
    public async Task Nobody_books_when_the_advisor_is_busy_elsewhere_and_everybody_may_once_the_calendar_is_removed()
    {
        await using var server = await CalendarServer.StartAsync();
        server.Calendar = Busy("20261124T090000", "20261124T120000");
        var (world, product) = await StartAsync(server);
        var other = world.Start();
        await other.SearchAsync(new LocalDate(2026, 11, 24), 1);
        var added = (await AddAsync(world, product, server)).Value;
        (added.Repeated, added.Shown.BusyHours, added.Shown.Conflicts.Count).ShouldBe((false, 3.0, 0));

        (await product.TryBookAsync(new AnAppointment().At("2026-11-24T09:00"))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        (await product.TryBookAsync(new AnAppointment().At("2026-11-24T11:30"))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        await product.BookAsync(new AnAppointment().At("2026-11-24T12:00"));

        // Another instance, as soon as what it remembers is two seconds old.
        other.Time.Skip(RecentAgendas.MaxAge);
        (await other.SearchAsync(new LocalDate(2026, 11, 24), 1)).Slots.ShouldNotContain(slot => slot.Start.Hour >= 9 && slot.Start.Hour < 12);

        (await product.Get<RemoveCalendar>().ExecuteAsync(world.Territory, Advisor, added.Shown.Calendar.Id, default)).Refusal.ShouldBeNull();
        await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        (await world.RowsAsync("cal|")).ShouldBeEmpty();
        (await product.Get<RemoveCalendar>().ExecuteAsync(world.Territory, Advisor, added.Shown.Calendar.Id, default)).Refusal.ShouldBeOfType<Refusal.NotFound>();
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task What_is_booked_stays_and_its_advisor_is_told_once()
    {
        await using var server = await CalendarServer.StartAsync();
        var (world, product) = await StartAsync(server);
        await AddAsync(world, product, server);
        var booked = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        await product.DispatchAsync();

        server.Calendar = Busy("20261124T093000", "20261124T103000");
        await ReadForAsync(world, product, minutes: 31);
        (await product.Get<IAppointmentStore>().ReadAsync(booked.Reference, default))!.Value.Status.ShouldBe(AppointmentStatus.Booked);
        var mail = world.Mail.Received.Where(mail => mail.Kind == "calendar").ShouldHaveSingleItem();
        mail.Subject.ShouldBe("Votre agenda : occupé à l'heure d'un rendez-vous");
        Plain(mail.Text).ShouldContain($"mardi 24 novembre à 9 h : rendez-vous {booked.Reference}");
        var shown = (await product.Get<ListCalendars>().ExecuteAsync(world.Territory, Advisor, default)).ShouldHaveSingleItem();
        shown.Conflicts.ShouldHaveSingleItem().Entry.Id.ShouldBe(booked.Reference.Code);

        // The rest of it is closed, and another conflict is news.
        (await product.TryBookAsync(new AnAppointment().At("2026-11-24T10:00"))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        await product.BookAsync(new AnAppointment().At("2026-11-25T09:00").Calling("06 39 98 22 22"));
        server.Calendar = CalendarFiles.Wrap("Google", Hours("20261124T093000", "20261124T103000") + Hours("20261125T090000", "20261125T100000"));
        await ReadForAsync(world, product, minutes: 16);
        world.Mail.Received.Count(mail => mail.Kind == "calendar").ShouldBe(2);
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task A_workshop_is_told_as_well_and_a_conflict_that_is_over_is_not()
    {
        await using var server = await CalendarServer.StartAsync();
        var (world, product) = await StartAsync(server);
        await AddAsync(world, product, server);
        await product.PlanWorkshopAsync("2026-11-24T14:00");
        var cancelled = await product.BookAsync(new AnAppointment().At("2026-11-26T09:00"));
        server.Calendar = CalendarFiles.Wrap("Google", Hours("20261124T150000", "20261124T153000") + Hours("20261126T090000", "20261126T100000"));
        await ReadOnceAsync(world, product);
        await product.CancelAsync(cancelled);
        await product.SendInvitesAsync();
        var mail = world.Mail.Received.Where(mail => mail.Kind == "calendar").ShouldHaveSingleItem();
        Plain(mail.Text).ShouldContain("mardi 24 novembre à 14 h : atelier « Découvrir Internet »");
        mail.Text.ShouldNotContain("26 novembre");
    }

    [Fact]
    public async Task A_calendar_that_fails_leaves_its_hours_and_is_told_after_two_hours_and_once_a_day()
    {
        await using var server = await CalendarServer.StartAsync();
        server.Calendar = Busy("20261124T090000", "20261124T120000");
        var (world, product) = await StartAsync(server);
        await AddAsync(world, product, server);
        server.Answer = context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        await ReadForAsync(world, product, minutes: 100);
        world.Mail.Received.ShouldNotContain(mail => mail.Kind == "calendar");
        await ReadForAsync(world, product, minutes: 60);
        world.Mail.Received.Where(mail => mail.Kind == "calendar").ShouldHaveSingleItem().Text.ShouldContain("ne répond pas");
        var shown = (await product.Get<ListCalendars>().ExecuteAsync(world.Territory, Advisor, default)).ShouldHaveSingleItem();
        (shown.Calendar.Fault, shown.BusyHours).ShouldBe((CalendarFault.NoAnswer, 3.0));
        (await product.TryBookAsync(new AnAppointment().At("2026-11-24T09:00"))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();

        GoToTurn(world);
        await ReadForAsync(world, product, minutes: 24 * 60, step: 15);
        world.Mail.Received.Count(mail => mail.Kind == "calendar").ShouldBe(2);

        server.Answer = null;
        await ReadForAsync(world, product, minutes: 16);
        (await product.Get<ListCalendars>().ExecuteAsync(world.Territory, Advisor, default)).ShouldHaveSingleItem().Calendar.Fault.ShouldBeNull();
        await ReadForAsync(world, product, minutes: 150);
        world.Mail.Received.Count(mail => mail.Kind == "calendar").ShouldBe(2);
    }

    [Fact]
    public async Task It_is_asked_for_four_times_an_hour_and_writes_no_month_while_nothing_changes()
    {
        await using var server = await CalendarServer.StartAsync();
        server.Calendar = Busy("20261124T090000", "20261124T120000");
        var (world, product) = await StartAsync(server);
        await AddAsync(world, product, server);
        var months = (await world.RowsAsync("agenda|")).ToDictionary(row => row.RowKey, row => row.ETag);
        await ReadForAsync(world, product, minutes: 75);
        server.Asked.Count.ShouldBe(5);
        server.Asked.Skip(1).ShouldAllBe(asked => asked.Contains('"'));
        (await world.RowsAsync("agenda|")).ShouldAllBe(row => months[row.RowKey] == row.ETag);

        // The next day shows one more, which the server does not know to have changed.
        world.GoTo("2026-11-17T09:00");
        await ReadForAsync(world, product, minutes: 30);
        server.Asked.Skip(5).First().ShouldNotContain("\"");
        server.Asked.Skip(6).ShouldAllBe(asked => asked.Contains('"'));
    }

    [Fact]
    public async Task A_booking_and_a_reading_that_meet_are_both_written()
    {
        await using var server = await CalendarServer.StartAsync();
        var (world, product) = await StartAsync(server);
        await AddAsync(world, product, server);
        var other = world.Start();
        server.Calendar = Busy("20261124T093000", "20261124T123000");
        Appointment? booked = null;
        product.Storage.Meanwhile = async request =>
        {
            // The reading has read the month, and is about to write it.
            if (request.IsTransaction && booked is null)
            {
                booked = await other.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
            }
        };
        await ReadOnceAsync(world, product);
        booked.ShouldNotBeNull();
        var day = (await product.Get<IAgendaStore>().ReadMonthAsync(world.Territory, Advisor, new YearMonth(2026, 11), default)).Day(new LocalDate(2026, 11, 24));
        day.Entries.Select(entry => entry.Kind).ShouldBe([EntryKind.Appointment, EntryKind.Calendar]);
        (await product.Get<ListCalendars>().ExecuteAsync(world.Territory, Advisor, default)).ShouldHaveSingleItem().Conflicts.Count.ShouldBe(1);
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task Two_that_read_at_once_write_once_and_one_that_is_removed_meanwhile_stays_removed()
    {
        await using var server = await CalendarServer.StartAsync();
        var (world, product) = await StartAsync(server);
        var added = (await AddAsync(world, product, server)).Value.Shown.Calendar;
        var other = world.Start();
        var booked = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        server.Calendar = Busy("20261124T093000", "20261124T123000");
        world.Clock.AdvanceMinutes(15);
        GoToTurn(world);
        await Task.WhenAll(product.Get<ReadCalendars>().ExecuteAsync(default), other.Get<ReadCalendars>().ExecuteAsync(default));
        await product.SendInvitesAsync();
        world.Mail.Received.Count(mail => mail.Kind == "calendar").ShouldBe(1, booked.Reference.ToString());

        server.Calendar = Busy("20261125T093000", "20261125T123000");
        var removed = false;
        product.Storage.Meanwhile = async request =>
        {
            if (request.IsTransaction && !removed)
            {
                removed = true;
                await other.Get<RemoveCalendar>().ExecuteAsync(world.Territory, Advisor, added.Id, default);
            }
        };
        await ReadOnceAsync(world, product);
        removed.ShouldBeTrue();
        (await world.RowsAsync("cal|")).ShouldBeEmpty();
        (await product.SearchAsync(new LocalDate(2026, 11, 25), 1)).Slots.ShouldContain(slot => slot.Start.Hour == 10);
    }

    [Fact]
    public async Task A_reading_that_is_killed_is_done_by_the_next_one()
    {
        await using var server = await CalendarServer.StartAsync();
        var (world, product) = await StartAsync(server);
        await AddAsync(world, product, server);
        await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        server.Calendar = Busy("20261124T093000", "20261124T123000");
        KillSwitch kill;
        var at = 0;
        do
        {
            world.Clock.AdvanceMinutes(15);
            GoToTurn(world);
            kill = await world.KillAsync(new KillSwitch(++at), killed => killed.Get<ReadCalendars>().ExecuteAsync(default));
        }
        while (kill.Fired && at < 30);
        at.ShouldBeInRange(4, 29);
        await product.SendInvitesAsync();
        world.Mail.Received.Count(mail => mail.Kind == "calendar").ShouldBe(1);
        (await product.TryBookAsync(new AnAppointment().At("2026-11-24T10:00"))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task No_title_and_no_address_is_anywhere_in_the_table_the_logs_the_mails_and_the_agenda()
    {
        await using var server = await CalendarServer.StartAsync();
        var (world, product) = await StartAsync(server);
        await AddAsync(world, product, server);
        await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        server.Calendar = Busy("20261124T093000", "20261124T123000");
        await ReadForAsync(world, product, minutes: 31);
        server.Answer = _ => throw new InvalidOperationException(CalendarFiles.Title);
        await ReadForAsync(world, product, minutes: 150);
        world.Mail.Received.Count(mail => mail.Kind == "calendar").ShouldBe(2);

        var said = new List<string>();
        await foreach (var row in world.Table.QueryAsync<TableEntity>(cancellationToken: TestContext.Current.CancellationToken))
        {
            said.AddRange(row.Select(column => $"{column.Key}={column.Value}"));
        }

        said.AddRange(Enum.GetValues<LogLevel>().SelectMany(product.Logs.Of));
        said.AddRange(world.Mail.Received.Select(mail => mail.Subject + mail.Text));
        said.AddRange((await product.Get<ReadAgenda>().ExecuteAsync(world.Territory, Advisor, new LocalDate(2026, 11, 24), 7, default)).Value.Lines.Select(line => line.ToString()));
        said.AddRange((await product.Get<ListCalendars>().ExecuteAsync(world.Territory, Advisor, default)).Select(shown => shown.ToString()));
        said.Count.ShouldBeGreaterThan(50);
        said.ShouldNotContain(line => line.Contains("Oncologue", StringComparison.OrdinalIgnoreCase) || line.Contains("secret-6f1d", StringComparison.OrdinalIgnoreCase)
            || line.Contains("agenda-de-camille", StringComparison.OrdinalIgnoreCase) || line.Contains("couloir", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task It_is_refused_with_a_reason_told_without_being_written_and_taken_up_once()
    {
        await using var server = await CalendarServer.StartAsync();
        server.Calendar = Busy("20261124T090000", "20261124T120000");
        var (world, product) = await StartAsync(server);
        foreach (var (address, word) in new[]
        {
            ("", "Collez"), ("demain", "ne se lit pas"), ("http://example.org/a.ics", "https://"), ("https://a:b@example.org/a.ics", "mot de passe"),
            ("https://10.0.0.1/a.ics", "réseau privé"), ("https://" + new string('a', 1_000), "ne se lit pas"),
        })
        {
            (await AddAsync(world, product, server, address)).Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ByField["address"].ShouldHaveSingleItem().ShouldContain(word, Case.Sensitive, address);
        }

        var booked = await product.BookAsync(new AnAppointment().At("2026-11-24T11:00"));
        var before = (await world.RowsAsync("")).Count;
        var told = (await AddAsync(world, product, server, dryRun: true)).Value.Shown;
        (told.BusyHours, told.Conflicts.ShouldHaveSingleItem().Entry.Id).ShouldBe((3.0, booked.Reference.Code));
        (await world.RowsAsync("")).Count.ShouldBe(before);
        (await world.RowsAsync("cal|")).ShouldBeEmpty();

        (await AddAsync(world, product, server, key: "one")).Value.Repeated.ShouldBeFalse();
        var asked = server.Asked.Count;
        (await AddAsync(world, product, server, key: "one")).Value.Repeated.ShouldBeTrue();
        (await AddAsync(world, product, server, server.Address + "?b", key: "one")).Refusal.ShouldBeOfType<Refusal.IdempotencyMismatch>();
        (await AddAsync(world, product, server)).Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ByField["address"].ShouldBe(["Cet agenda est déjà relié."]);
        server.Asked.Count.ShouldBe(asked);
        await AddAsync(world, product, server, server.Address + "?2");
        await AddAsync(world, product, server, server.Address + "?3");
        (await AddAsync(world, product, server, server.Address + "?4")).Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ByField["address"].ShouldHaveSingleItem().ShouldContain("Trois");
    }

    [Fact]
    public async Task An_address_outlives_the_secret_that_it_was_kept_under()
    {
        static string Secret(byte seed) => Convert.ToBase64String([.. Enumerable.Repeat(seed, 32)]);
        await using var server = await CalendarServer.StartAsync();
        var (world, product) = await StartAsync(server);
        await AddAsync(world, product, server);

        var both = world.Start(settings: new() { ["Keys:Feed:2"] = Secret(2) });
        await ReadOnceAsync(world, both);
        var after = world.Start(settings: new() { ["Keys:Feed:1"] = Secret(3), ["Keys:Feed:2"] = Secret(2) });
        await ReadOnceAsync(world, after);
        (await after.Get<ListCalendars>().ExecuteAsync(world.Territory, Advisor, default)).ShouldHaveSingleItem().Calendar.Fault.ShouldBeNull();

        var lost = world.Start(settings: new() { ["Keys:Feed:2"] = Secret(4) });
        await ReadOnceAsync(world, lost);
        (await lost.Get<ListCalendars>().ExecuteAsync(world.Territory, Advisor, default)).ShouldHaveSingleItem().Calendar.Fault.ShouldBe(CalendarFault.AddressLost);
    }

    [Fact]
    public void The_territories_are_spread_over_the_quarter_of_an_hour() =>
        Enumerable.Range(1, 95).Where(number => number != 20).Select(number => Territory.Parse($"{number:00}"))
            .GroupBy(ReadCalendars.TurnOf).ShouldAllBe(turn => turn.Count() <= 10);

    private async Task<(World World, Product Product)> StartAsync(CalendarServer server)
    {
        var (world, _) = await StartAsync();
        world.Calendars = server.Network;
        return (world, world.Start());
    }

    private static Task<Result<CalendarAdded>> AddAsync(
        World world, Product product, CalendarServer server, string? address = null, string? key = null, bool dryRun = false) =>
        product.Get<AddCalendar>().ExecuteAsync(
            new CalendarRequest(world.Territory, Advisor, address ?? server.Address, RequestIdentity.Of("calendar", key, address ?? server.Address), dryRun),
            TestContext.Current.CancellationToken);

    /// <summary>A run of the timers every minute, for so long.</summary>
    private static async Task ReadForAsync(World world, Product product, int minutes, int step = 1)
    {
        for (var minute = 0; minute < minutes; minute += step)
        {
            await product.Get<ReadCalendars>().ExecuteAsync(TestContext.Current.CancellationToken);
            await product.SendInvitesAsync();
            world.Clock.AdvanceMinutes(step);
        }
    }

    /// <summary>The next time that it is due.</summary>
    private static async Task ReadOnceAsync(World world, Product product)
    {
        world.Clock.AdvanceMinutes(15);
        GoToTurn(world);
        await product.Get<ReadCalendars>().ExecuteAsync(TestContext.Current.CancellationToken);
    }

    private static void GoToTurn(World world)
    {
        while (world.Clock.GetCurrentInstant().ToUnixTimeSeconds() / 60 % 15 != ReadCalendars.TurnOf(world.Territory))
        {
            world.Clock.AdvanceMinutes(1);
        }
    }

    // Hours keep their unit beside them.
    private static string Plain(string text) => text.Replace('\u00a0', ' ').Replace('\u202f', ' ');

    private static string Busy(string start, string end) => CalendarFiles.Wrap("Google", Hours(start, end));

    private static string Hours(string start, string end) => CalendarFiles.In("Europe/Paris", start, end, $"UID:{start}@exemple.fr");
}
