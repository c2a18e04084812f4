using NodaTime;
using Rdv.Absences;
using Rdv.Agenda;
using Rdv.Calendars;
using Rdv.Directory;
using Rdv.Directory.Import;
using Rdv.Ids;
using Rdv.Invites;
using Rdv.Load;
using Rdv.Tests.Calendars;
using Rdv.Tests.Directory;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Privacy;

/// <summary>Staff are people too: why somebody was away, and who somebody was who has left, is forgotten after the same days.</summary>
public sealed class StaffForgottenTests(TableStorage storage) : ProductTest(storage)
{
    private const string Header = "id,structure_id,first_name,last_name,email,phone,topics,opening_hours\n";

    private static readonly AdvisorId Leaver = new("a1");

    [Theory]
    [InlineData("2027-02-22T03:10", "Arrêt maladie")]
    [InlineData("2027-02-23T02:10", "Arrêt maladie")]
    [InlineData("2027-02-23T03:10", null)]
    [InlineData("2027-03-01T03:10", null)]
    public async Task Why_an_advisor_was_away_is_known_for_ninety_days_after_the_end(string night, string? reason)
    {
        var (world, product) = await StartAsync();
        var absence = await CloseAsync(world, product, Leaver, null, "Arrêt maladie");
        await PassAsync(world, product, night);
        var kept = await FindAsync(world, product, absence);
        (kept.Reason, kept.From, kept.To, kept.IsTakenBack).ShouldBe((reason, absence.From, absence.To, false));
    }

    [Fact]
    public async Task So_is_why_a_structure_was_closed_and_why_an_absence_was_that_was_taken_back()
    {
        var (world, product) = await StartAsync();
        var closure = await CloseAsync(world, product, null, Directories.Structure, "Obsèques de Camille Exemple");
        var absence = await CloseAsync(world, product, Leaver, null, "Arrêt maladie", day: 25);
        (await product.Get<RemoveAbsence>().ExecuteAsync(world.Territory, absence.Owner, absence.Id, default)).Refusal.ShouldBeNull();
        await PassAsync(world, product, "2027-03-01T03:10");
        (await FindAsync(world, product, closure)).Reason.ShouldBeNull();
        var taken = await FindAsync(world, product, absence);
        (taken.Reason, taken.IsTakenBack).ShouldBe((null, true));

        // The same request again finds its own, and closes nothing anew.
        (await CloseAsync(world, product, Leaver, null, "Arrêt maladie", day: 25)).IsTakenBack.ShouldBeTrue();
    }

    [Fact]
    public async Task Who_has_left_is_known_for_ninety_days_and_the_counts_are_the_same()
    {
        var (world, product) = await StartAsync(advisors: 2);
        await NameAsync(world, product);
        await product.BookAsync(new AnAppointment().At("2026-11-24T09:00").With("a1"));
        await LeaveAsync(world, product);
        await PassAsync(world, product, "2027-02-28T03:10");
        var load = await LoadAsync(world, product);
        (await ReadAsync(world, product)).Email.ShouldBe("camille@exemple.example");

        await PassAsync(world, product, "2027-03-01T03:10");
        var left = await ReadAsync(world, product);
        (left.DisplayName, left.Email, left.Phone, left.Rules!.VideoLink, left.LeavesOn).ShouldBe(("Ancien conseiller", null, null, null, new LocalDate(2026, 12, 1)));
        (await world.RowsAsync("")).SelectMany(row => row.Select(column => $"{column.Value}"))
            .ShouldAllBe(text => !text.Contains("Camille", StringComparison.OrdinalIgnoreCase) && !text.Contains("99 00 12 55", StringComparison.Ordinal));
        (await LoadAsync(world, product)).ShouldBe(load);
        (await product.Directory.FindAdvisorAsync(world.Territory, new AdvisorId("a2"), default))!.Value.Email.ShouldBe(Directories.MailOf("a2"));
    }

    [Fact]
    public async Task Their_calendar_and_their_feed_end_and_nothing_is_sent_to_them()
    {
        await using var server = await CalendarServer.StartAsync();
        server.Calendar = CalendarFiles.Wrap("Google", "BEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID=Europe/Paris:20261124T090000\r\nDTEND;TZID=Europe/Paris:20261124T120000\r\nEND:VEVENT\r\n");
        var (world, _) = await StartAsync();
        world.Calendars = server.Network;
        var product = world.Start();
        await NameAsync(world, product);
        (await product.Get<AddCalendar>().ExecuteAsync(
            new CalendarRequest(world.Territory, Leaver, server.Address, RequestIdentity.Of("calendar", null, server.Address), DryRun: false), default)).Refusal.ShouldBeNull();
        await LeaveAsync(world, product);
        await PassAsync(world, product, "2027-03-01T03:10");
        (await world.RowsAsync("cal|")).ShouldBeEmpty();
        (await product.Get<ReadFeed>().ExecuteAsync(product.Get<FeedTokens>().Of(world.Territory, Leaver), default)).ShouldBeNull();

        var (mails, asked) = (world.Mail.Received.Count, server.Asked.Count);
        await PassAsync(world, product, "2027-03-02T07:01");
        await PassAsync(world, product, "2027-03-03T17:00");
        (world.Mail.Received.Count, server.Asked.Count).ShouldBe((mails, asked));
    }

    [Fact]
    public async Task Who_still_receives_somebody_is_known_until_that_is_over()
    {
        var (world, product) = await StartAsync(settings: new Dictionary<string, string?> { ["Privacy:Days"] = "10" });
        await NameAsync(world, product);
        await product.BookAsync(new AnAppointment().At("2026-12-15T09:00"));
        await LeaveAsync(world, product);
        await PassAsync(world, product, "2026-12-14T03:10");
        (await ReadAsync(world, product)).DisplayName.ShouldBe("Camille Exemple");
        await PassAsync(world, product, "2026-12-16T03:10");
        (await ReadAsync(world, product)).DisplayName.ShouldBe("Ancien conseiller");
    }

    [Fact]
    public async Task An_import_that_still_names_them_brings_nothing_back_and_says_so_until_they_come_back()
    {
        var (world, product) = await StartAsync();
        await NameAsync(world, product);
        await LeaveAsync(world, product);
        await PassAsync(world, product, "2027-03-01T03:10");
        const string csv = Header + "a1,s1,Camille,Exemple,camille@exemple.example,01 99 00 12 35,,Mo-Fr 09:00-12:00\n";
        var report = (await product.Get<ImportAdvisors>().ExecuteAsync(Importing.Utf8(csv), dryRun: false, default)).Value;
        (report.Updated, report.Unchanged, report.Refused).ShouldBe((0, 1, 0));
        report.Problems.ShouldHaveSingleItem().Message.ShouldContain("a quitté");
        (await ReadAsync(world, product)).DisplayName.ShouldBe("Ancien conseiller");

        // Whoever comes back leaves on another day.
        (await product.Get<PlanLeave>().ExecuteAsync(world.Territory, Leaver, new LocalDate(2028, 1, 1), default)).Refusal.ShouldBeNull();
        (await product.Get<ImportAdvisors>().ExecuteAsync(Importing.Utf8(csv), dryRun: false, default)).Value.Updated.ShouldBe(1);
        var back = await ReadAsync(world, product);
        (back.DisplayName, back.Email).ShouldBe(("Camille Exemple", "camille@exemple.example"));
        await PassAsync(world, product, "2027-03-02T03:10");
        (await ReadAsync(world, product)).DisplayName.ShouldBe("Camille Exemple");
    }

    private static async Task NameAsync(World world, Product product) => await product.PutAsync(
        world.Territory,
        (await ReadAsync(world, product)) with
        {
            DisplayName = "Camille Exemple",
            Email = "camille@exemple.example",
            Phone = "01 99 00 12 55",
            Rules = new BookingRules { VideoLink = "https://visio.example/camille" },
        });

    private static async Task LeaveAsync(World world, Product product) =>
        (await product.Get<PlanLeave>().ExecuteAsync(world.Territory, Leaver, new LocalDate(2026, 12, 1), TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();

    private static async Task<Absence> CloseAsync(World world, Product product, AdvisorId? advisor, StructureId? structure, string reason, int day = 24) =>
        (await product.Get<AddAbsence>().ExecuteAsync(
            new AbsenceRequest(
                world.Territory, advisor, structure, AnAppointment.Wall($"2026-11-{day}T08:00"), AnAppointment.Wall($"2026-11-{day}T12:00"), reason, InsideMode.Refuse,
                RequestIdentity.Of("absence", $"key-{advisor}{structure}-{day}", reason)),
            TestContext.Current.CancellationToken)).Value.Absence;

    private static async Task<Absence> FindAsync(World world, Product product, Absence absence) =>
        (await product.Get<IAbsenceStore>().FindAsync(world.Territory, absence.Owner, absence.Id, TestContext.Current.CancellationToken)).ShouldNotBeNull().Value;

    private static async Task<Advisor> ReadAsync(World world, Product product) =>
        (await product.Directory.FindAdvisorAsync(world.Territory, Leaver, TestContext.Current.CancellationToken)).ShouldNotBeNull().Value;

    private static async Task PassAsync(World world, Product product, string wallTime)
    {
        world.GoTo(wallTime);
        await APerson.RunTimersAsync(product);
    }

    private static async Task<LoadCounts> LoadAsync(World world, Product product) => (await product.Get<ReadLoad>().ExecuteAsync(
        world.Territory, Directories.Structure, new LocalDate(2026, 11, 16), new LocalDate(2026, 12, 15), TestContext.Current.CancellationToken)).Value.Totals;
}
