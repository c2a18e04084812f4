using Azure.Data.Tables;
using NodaTime;
using Rdv.Appointments;
using Rdv.Messages;
using Rdv.Privacy;
using Rdv.Tests.Backups;
using Rdv.Tests.Infrastructure;
using Rdv.Tests.Waiting;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Privacy;

/// <summary>A person asks to be erased, and is, wherever they were.</summary>
public sealed class ErasedTests(TableStorage storage) : ProductTest(storage)
{
    private readonly TableStorage _storage = storage;

    [Fact]
    public async Task Once_all_is_over_it_leaves_no_row_and_no_log_line_and_nothing_that_is_copied_or_sent_from_then_on()
    {
        var (world, _) = await StartAsync(advisors: 2);
        var backup = await ABackup.OfAsync(world, _storage);
        var product = backup.Start();
        var all = await FromNowOn.OfAsync(world, backup);
        await APerson.LiveAsync(world, product);
        await APerson.RunTheDaysAsync(world, product);
        (await APerson.TracesAsync(world, product)).Count.ShouldBeGreaterThan(20);

        // What is looked for is in files, SMS and mails to be found.
        var found = await all.TracesAsync(product);
        found.ShouldContain(trace => trace.EndsWith(".gz", StringComparison.Ordinal));
        found.ShouldContain(trace => trace.StartsWith("sms", StringComparison.Ordinal));
        found.ShouldContain(trace => trace.StartsWith("mail", StringComparison.Ordinal));
        var onwards = await FromNowOn.OfAsync(world, backup);

        var erased = (await EraseAsync(product)).Value;
        (erased.Erased.Count, erased.Cancelled.Count, erased.Until).ShouldBe((6, 0, null));
        erased.Waiting.ShouldBeGreaterThan(0);
        erased.Calls.ShouldBeGreaterThan(0);

        // What was to be done later names them by nothing but a reference.
        (await APerson.TracesAsync(world, product)).ShouldBeEmpty();
        (await world.RowsAsync("phone|")).ShouldBeEmpty();
        (await world.RowsAsync("wait|")).ShouldBeEmpty();

        var again = (await EraseAsync(product)).Value;
        (again.Erased.Count, again.Cancelled.Count, again.Waiting, again.Calls).ShouldBe((0, 0, 0, 0));
        await PassAsync(world, product, "2026-12-08T07:01");
        await PassAsync(world, product, "2027-03-12T03:10");
        (await APerson.TracesAsync(world, product)).ShouldBeEmpty();
        (await onwards.TracesAsync(product)).ShouldBeEmpty();
        product.Logs.All.ShouldAllBe(line => !line.Contains("forgotten", StringComparison.Ordinal) && !line.Contains("chore", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_still_to_come_refuses_with_its_references_and_changes_nothing()
    {
        var (world, product) = await StartAsync();
        var past = await product.BookAsync(new AnAppointment().At("2026-11-17T09:00").Calling(APerson.Mobile));
        world.GoTo("2026-11-18T09:00");
        var next = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00").Calling(APerson.Mobile));
        (await EraseAsync(product)).Refusal.ShouldBeOfType<Refusal.StillToCome>().Appointments.ShouldBe([next.Reference]);
        (await ReadAsync(product, past)).ForgottenAt.ShouldBeNull();
        (await ReadAsync(product, next)).Status.ShouldBe(AppointmentStatus.Booked);

        // What was refused is no erasure: a restore that found it noted would carry it out.
        (await LogAsync(world)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_cancelled_tells_the_person_and_the_advisor_and_then_forgets()
    {
        var (world, product) = await StartAsync();
        var past = await product.BookAsync(new AnAppointment().At("2026-11-17T09:00").Calling(APerson.Mobile).For("Ondine Secrète"));
        world.GoTo("2026-11-18T09:00");
        var next = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00").Calling(APerson.Mobile).For("Ondine Secrète"));
        await product.DispatchForAsync(1);
        var erased = (await EraseAsync(product, cancel: true)).Value;
        erased.Erased.ShouldBe([past.Reference]);
        erased.Cancelled.ShouldBe([next.Reference]);
        await product.DispatchForAsync(1);
        world.Sms.Kinds.Count(kind => kind == MessageKinds.Cancellation).ShouldBe(1);
        (await product.IsOfferedToAllAsync(world, "2026-11-24T09:00")).ShouldBeTrue();
        (await ReadAsync(product, next)).Citizen.Name.ShouldBe("Ondine Secrète");

        world.Clock.AdvanceHours(24);
        await product.DoChoresAsync();
        (await ReadAsync(product, next)).ForgottenAt.ShouldNotBeNull();
        (await APerson.TracesAsync(world, product)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Asked_twice_it_is_at_once_and_nobody_is_called_who_is_not_known()
    {
        var (world, product) = await StartAsync();
        var next = await product.BookAsync(new AnAppointment().At("2026-11-16T11:00").Calling("04 78 00 00 00").For("Ondine Secrète").BookedBy(Rdv.People.Actor.Hotline));
        (await EraseAsync(product, cancel: true, phone: "04 78 00 00 00")).Value.Cancelled.ShouldBe([next.Reference]);
        (await EraseAsync(product, phone: "04 78 00 00 00")).Value.Erased.ShouldBe([next.Reference]);
        await product.DispatchForAsync(2);
        world.Sms.Delivered.ShouldBeEmpty();
        (await product.Get<Rdv.Calls.ListCalls>().ExecuteAsync(world.Territory, world.At("2026-11-20T09:00"), TestContext.Current.CancellationToken)).Sheets.ShouldBeEmpty();
        (await APerson.TracesAsync(world, product)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_that_waits_for_who_was_erased_is_not_sent()
    {
        var (world, product) = await StartAsync();
        var next = await product.CancelAsync(await product.BookAsync(new AnAppointment().At("2026-11-24T09:00").Calling(APerson.Mobile)));
        (await EraseAsync(product)).Value.Erased.ShouldBe([next.Reference]);
        await product.DispatchForAsync(2);
        world.Sms.Asked.ShouldBeEmpty();
        product.Logs.Of(Microsoft.Extensions.Logging.LogLevel.Error).ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_number_is_not_touched_and_whoever_was_erased_may_come_back()
    {
        var (world, product) = await StartAsync();
        var other = await product.BookAsync(new AnAppointment().At("2026-11-17T09:00"));
        await product.BookAsync(new AnAppointment().At("2026-11-17T11:00").Calling(APerson.Mobile));
        world.GoTo("2026-11-18T09:00");
        (await EraseAsync(product)).Value.Erased.Count.ShouldBe(1);
        (await ReadAsync(product, other)).Citizen.Name.ShouldBe("Odette Fictive");
        (await product.BookAsync(new AnAppointment().At("2026-11-24T09:00").Calling(APerson.Mobile))).ForgottenAt.ShouldBeNull();
    }

    [Theory]
    [InlineData("06 39 98 76", "phone")]
    [InlineData(null, "phone")]
    [InlineData("41 23 45", "territory")]
    public async Task A_number_that_is_no_number_or_may_be_anybodys_is_refused(string? phone, string field)
    {
        var (_, product) = await StartAsync();
        (await EraseAsync(product, phone: phone)).Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ByField.Keys.ShouldBe([field]);
    }

    [Fact]
    public async Task Who_asked_is_kept_without_the_number_for_a_year()
    {
        var (world, product) = await StartAsync();
        (await product.Get<ExportPerson>().ExecuteAsync(APerson.Mobile, null, "admin", TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
        world.Clock.AdvanceSeconds(1);
        await EraseAsync(product);
        var rows = await LogAsync(world);
        rows.Select(row => row.RowKey.Split('|')[1]).ShouldBe(["export", "erase"]);
        rows.ShouldAllBe(row => row.GetString("By") == "admin" && row.GetString("PhoneHash").Length > 20);
        rows.ShouldAllBe(row => row.All(column => !$"{column.Value}".Contains("639987654", StringComparison.Ordinal)));
        await PassAsync(world, product, "2027-11-15T03:10");
        (await LogAsync(world)).Count.ShouldBe(2);
        await PassAsync(world, product, "2027-11-17T03:10");
        (await LogAsync(world)).ShouldBeEmpty();
    }

    [Fact]
    public async Task When_storage_is_lost_on_the_way_the_same_request_does_the_rest()
    {
        var (world, product) = await StartAsync();
        var past = await product.BookAsync(new AnAppointment().At("2026-11-17T09:00").Calling(APerson.Mobile));
        world.GoTo("2026-11-18T09:00");
        product.Storage.Fault = request => request.IsTransaction ? StorageFault.NotReached : StorageFault.None;
        await Should.ThrowAsync<UnknownOutcomeException>(() => EraseAsync(product));
        product.Storage.Mend();
        (await EraseAsync(product)).Value.Erased.ShouldBe([past.Reference]);
    }

    private static Task<Result<PersonErased>> EraseAsync(Product product, bool cancel = false, string? phone = APerson.Mobile) =>
        product.Get<ErasePerson>().ExecuteAsync(phone, territory: null, cancel, "admin", TestContext.Current.CancellationToken);

    private static async Task PassAsync(World world, Product product, string wallTime)
    {
        world.GoTo(wallTime);
        await APerson.RunTimersAsync(product);
    }

    private static async Task<IReadOnlyList<TableEntity>> LogAsync(World world) =>
        await world.Table.QueryAsync<TableEntity>(row => row.PartitionKey == "privacy", cancellationToken: TestContext.Current.CancellationToken).ToListAsync();

    private static async Task<Appointment> ReadAsync(Product product, Appointment appointment) =>
        (await product.Get<IAppointmentStore>().ReadAsync(appointment.Reference, TestContext.Current.CancellationToken)).ShouldNotBeNull().Value;
}
