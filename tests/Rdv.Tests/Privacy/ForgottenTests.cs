using NodaTime;
using Rdv.Appointments;
using Rdv.Load;
using Rdv.Privacy;
using Rdv.Tests.Backups;
using Rdv.Tests.Infrastructure;
using Rdv.Tests.Waiting;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Privacy;

/// <summary>Nobody is known longer than the site says (docs/adr/0022).</summary>
public sealed class ForgottenTests(TableStorage storage) : ProductTest(storage)
{
    private readonly TableStorage _storage = storage;

    [Fact]
    public async Task After_ninety_days_no_row_log_line_new_backup_or_message_names_who_came_and_the_counts_are_the_same()
    {
        var (world, _) = await StartAsync(advisors: 2);
        var backup = await ABackup.OfAsync(world, _storage);
        var product = backup.Start();
        var appointments = await APerson.LiveAsync(world, product);
        await APerson.RunTheDaysAsync(world, product);
        (await product.Get<Rdv.Booking.MarkOutcome>().ExecuteAsync(
            appointments[0].Reference, appointments[0].AdvisorId, kept: true, TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();

        // What is looked for is there to be found.
        (await APerson.TracesAsync(world, product)).Count.ShouldBeGreaterThan(20);
        var (load, rows) = (await LoadAsync(world, product), (await world.RowsAsync("rdv|")).Count);

        await PassAsync(world, product, "2027-03-12T03:10");
        (await APerson.TracesAsync(world, product)).ShouldBeEmpty();
        var onwards = await FromNowOn.OfAsync(world, backup);
        await PassAsync(world, product, "2027-03-13T07:01");
        (await onwards.TracesAsync(product)).ShouldBeEmpty();
        (await world.RowsAsync("phone|")).ShouldBeEmpty();
        (await world.RowsAsync("wait|")).ShouldBeEmpty();
        (await world.RowsAsync("call|")).ShouldBeEmpty();
        (await world.RowsAsync("due|chore|")).ShouldBeEmpty();
        (await LoadAsync(world, product)).ShouldBe(load);
        (await world.RowsAsync("rdv|")).Count.ShouldBe(rows);
        var kept = await ReadAsync(product, appointments[0]);
        (kept.Status, kept.Topic, kept.PlaceId, kept.Means, kept.Citizen.Name).ShouldBe((AppointmentStatus.Kept, "premiers-pas", Directories.Place, Means.Home, "Nom effacé"));
        product.Logs.All.ShouldAllBe(line => !line.Contains("forgotten", StringComparison.Ordinal) && !line.Contains("chore", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2027-02-21T03:10", true)]
    [InlineData("2027-02-22T02:10", true)]
    [InlineData("2027-02-22T03:10", false)]
    [InlineData("2027-02-23T03:10", false)]
    public async Task It_is_the_night_of_the_ninetieth_day(string night, bool known)
    {
        // The 24th of November and 90 days.
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment().At("2026-11-24T19:00"));
        await PassAsync(world, product, night);
        (await ReadAsync(product, booked)).ForgottenAt.HasValue.ShouldBe(!known);
    }

    [Fact]
    public async Task A_night_that_was_missed_is_taken_up_and_what_was_moved_away_counts_where_it_is()
    {
        var (world, product) = await StartAsync();
        await PassAsync(world, product, "2026-11-17T03:10");
        var stays = await product.BookAsync(new AnAppointment().At("2026-11-20T10:00"));
        var moved = await product.MoveAsync(await product.BookAsync(new AnAppointment().At("2026-11-20T14:00")), "2026-12-20T14:00");
        await PassAsync(world, product, "2027-03-01T03:10");
        (await ReadAsync(product, stays)).ForgottenAt.ShouldNotBeNull();
        (await ReadAsync(product, moved)).ForgottenAt.ShouldBeNull();
        await PassAsync(world, product, "2027-03-20T03:10");
        (await ReadAsync(product, moved)).ForgottenAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task The_first_night_looks_at_every_day_of_the_months_before()
    {
        var (world, product) = await StartAsync(now: Instant.FromUtc(2027, 1, 20, 9, 0));
        var booked = new List<Appointment>();
        foreach (var day in new[] { "28", "29", "30", "31" })
        {
            booked.Add(await product.BookAsync(new AnAppointment().At($"2027-01-{day}T10:00")));
        }

        // 90 and 400 days before: from a day of February on.
        await PassAsync(world, product, "2027-06-10T03:10");
        foreach (var one in booked)
        {
            (await ReadAsync(product, one)).ForgottenAt.ShouldNotBeNull($"{one}");
        }
    }

    [Fact]
    public async Task Overseas_it_is_their_own_night()
    {
        var (world, product) = await StartAsync(territory: "974");
        var booked = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        world.Clock.Reset(Instant.FromUtc(2027, 2, 22, 2, 10));
        await product.Get<ForgetDays>().ExecuteAsync(TestContext.Current.CancellationToken);
        (await ReadAsync(product, booked)).ForgottenAt.ShouldBeNull();
        await PassAsync(world, product, "2027-02-22T03:10");
        (await ReadAsync(product, booked)).ForgottenAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task The_setting_decides()
    {
        var (world, product) = await StartAsync(settings: new Dictionary<string, string?> { ["Privacy:Days"] = "30" });
        var booked = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        var cancelled = await product.CancelAsync(await product.BookAsync(new AnAppointment().At("2026-11-24T14:00")));
        await PassAsync(world, product, "2026-12-23T03:10");
        (await ReadAsync(product, booked)).ForgottenAt.ShouldBeNull();
        (await ReadAsync(product, cancelled)).ForgottenAt.ShouldBeNull();
        await PassAsync(world, product, "2026-12-25T03:10");
        (await ReadAsync(product, booked)).ForgottenAt.ShouldNotBeNull();
        (await ReadAsync(product, cancelled)).ForgottenAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Who_booked_again_is_found_by_the_new_appointment_alone_and_may_book_by_themselves()
    {
        var (world, product) = await StartAsync();
        var old = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00").Calling(APerson.Mobile));
        world.GoTo("2027-02-20T10:00");
        var next = await product.BookAsync(new AnAppointment().At("2027-03-01T09:00").Calling(APerson.Mobile));
        await PassAsync(world, product, "2027-02-23T03:10");
        var entries = await product.Get<IAppointmentStore>().ReadPhoneAsync(world.Territory, next.PhoneIndex, TestContext.Current.CancellationToken);
        entries.Appointments.ShouldHaveSingleItem().Reference.ShouldBe(next.Reference);
        entries.ETag.ShouldNotBeNull();
        (await ReadAsync(product, old)).ForgottenAt.ShouldNotBeNull();
        await product.BookAsync(new AnAppointment().At("2027-03-02T09:00").Calling(APerson.Mobile));
    }

    [Fact]
    public async Task Two_who_forget_at_once_and_a_kill_on_the_way_leave_nobody()
    {
        var (world, product) = await StartAsync();
        var booked = new List<Appointment>();
        foreach (var hour in new[] { "09", "11", "14" })
        {
            booked.Add(await product.BookAsync(new AnAppointment().At($"2026-11-24T{hour}:00").Calling(APerson.Mobile).BookedBy(Rdv.People.Actor.Hotline)));
        }

        world.GoTo("2027-02-22T03:10");
        product.Storage.Fault = request => request.IsTransaction ? StorageFault.NotReached : StorageFault.None;
        await product.Get<ForgetDays>().ExecuteAsync(TestContext.Current.CancellationToken);
        product.Storage.Mend();
        (await ReadAsync(product, booked[0])).ForgottenAt.ShouldBeNull();
        var other = world.Start();
        await Task.WhenAll(Task.Run(() => APerson.RunTimersAsync(product)), Task.Run(() => APerson.RunTimersAsync(other)));
        foreach (var one in booked)
        {
            (await ReadAsync(product, one)).ForgottenAt.ShouldNotBeNull();
        }

        (await world.RowsAsync("phone|")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_waits_leaves_after_sixty_days()
    {
        var (world, product) = await StartAsync();
        var person = await product.AskAsync(world, new ARequest(APerson.Mobile, "Ondine Secrète"));
        await PassAsync(world, product, "2027-01-16T10:00");
        (await product.WaitingAsync(person.Id)).ShouldBeNull();
    }

    private static async Task PassAsync(World world, Product product, string wallTime)
    {
        world.GoTo(wallTime);
        await APerson.RunTimersAsync(product);
    }

    private static async Task<Appointment> ReadAsync(Product product, Appointment appointment) =>
        (await product.Get<IAppointmentStore>().ReadAsync(appointment.Reference, TestContext.Current.CancellationToken)).ShouldNotBeNull().Value;

    private static async Task<LoadCounts> LoadAsync(World world, Product product) => (await product.Get<ReadLoad>().ExecuteAsync(
        world.Territory, Directories.Structure, new LocalDate(2026, 11, 16), new LocalDate(2026, 12, 15), TestContext.Current.CancellationToken)).Value.Totals;
}
