using Azure.Data.Tables;
using NodaTime;
using Rdv.Absences;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Calls;
using Rdv.Days;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.People;
using Rdv.Tests.Infrastructure;
using Rdv.Tests.Waiting;
using Rdv.Waiting;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Booking;

/// <summary>An appointment at somebody's home (docs/adr/0020): as far as the advisor goes, with the way counted, and the address with few.</summary>
public sealed class AtHomeTests(TableStorage storage) : ProductTest(storage)
{
    private const string Slot = "2026-11-27T10:00";
    private const string Mobile = "06 39 98 12 34";
    private const string Street = "12 impasse des Pervenches-Témoins";

    // Of the place of the directory.
    private const string Here = "69383";

    [Fact]
    public async Task Nobody_is_sent_to_a_home_who_has_not_said_how_far_they_go()
    {
        var (world, product) = await StartAsync();
        await OpenAsync(world, product, "a1", 0, Means.Place, Means.Home);
        (await SearchAsync(world, product)).ShouldBeEmpty();
        (await product.TryBookAsync(new AnAppointment().At(Slot).AtHome(Street, Here))).Refusal.ShouldBeOfType<Refusal.Invalid>()
            .Errors.ByField["home.insee"].ShouldHaveSingleItem().ShouldContain("ne se déplace à domicile jusqu'à");
        await OpenAsync(world, product, "a1", 10, Means.Place, Means.Home);
        (await SearchAsync(world, product)).ShouldNotBeEmpty();
        var booked = await product.BookAsync(new AnAppointment().At(Slot).AtHome(Street, Here));
        (booked.Means, booked.Home).ShouldBe((Means.Home, new HomeAddress(Street, Here)));
        (await ReadAsync(product, booked)).Home.ShouldBe(booked.Home);
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task A_home_beyond_the_radius_is_refused_with_what_else_there_is()
    {
        var (world, product) = await StartAsync();
        await OpenAsync(world, product, "a1", 10, Means.Place, Means.Phone, Means.Home);
        var message = (await product.TryBookAsync(new AnAppointment().At(Slot).AtHome(Street, "13055"))).Refusal.ShouldBeOfType<Refusal.Invalid>()
            .Errors.ByField["home.insee"].ShouldHaveSingleItem();
        message.ShouldContain("jusqu'à Marseille");
        message.ShouldContain("sur place ou par téléphone, ou appeler le");
        (await HoldAsync(world, product, "13055")).Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ByField.Keys.ShouldBe(["home.insee"]);
        (await product.Get<SearchSlots>().ExecuteAsync(
            new SlotSearch(world.Territory, "premiers-pas", new LocalDate(2026, 11, 27), 1, Insee: "13055") { Means = Means.Home }, TestContext.Current.CancellationToken))
            .Value.Slots.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    public async Task The_advisor_has_to_know_where_to_ring(string? street)
    {
        var (world, product) = await StartAsync();
        await OpenAsync(world, product, "a1", 10, Means.Home);
        (await product.TryBookAsync(new AnAppointment().At(Slot).AtHome(street!, Here))).Refusal.ShouldBeOfType<Refusal.Invalid>()
            .Errors.ByField.Keys.ShouldBe(["home.address"]);
        (await product.TryBookAsync(new AnAppointment().At(Slot).AtHome(new string('a', 121), Here))).Refusal.ShouldBeOfType<Refusal.Invalid>()
            .Errors.ByField.Keys.ShouldBe(["home.address"]);
    }

    [Fact]
    public async Task The_way_to_a_home_and_back_is_left_free()
    {
        var (world, product) = await StartAsync();
        await OpenAsync(world, product, "a1", 10, Means.Place, Means.Home);
        await product.BookAsync(new AnAppointment().At(Slot).AtHome(Street, Here));
        (await product.TryBookAsync(new AnAppointment().At("2026-11-27T11:00"))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        (await product.TryBookAsync(new AnAppointment().At("2026-11-27T09:00"))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        await product.BookAsync(new AnAppointment().At("2026-11-27T11:30"));
        await product.BookAsync(new AnAppointment().At("2026-11-27T08:30"));

        // To the next home too, in the same commune as it is.
        (await product.TryBookAsync(new AnAppointment().At("2026-11-27T12:30").AtHome("3 rue du Lavoir", Here))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        await product.BookAsync(new AnAppointment().At("2026-11-27T13:00").AtHome("3 rue du Lavoir", Here));
        (await product.TryBookAsync(new AnAppointment().At("2026-11-27T14:00").AtHome("4 rue du Lavoir", Here))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        await product.BookAsync(new AnAppointment().At("2026-11-27T14:30").AtHome("4 rue du Lavoir", Here));
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task A_hold_for_a_home_keeps_the_way_too_and_is_booked()
    {
        var (world, product) = await StartAsync();
        await OpenAsync(world, product, "a1", 10, Means.Place, Means.Home);
        var held = (await HoldAsync(world, product, Here)).Value;
        (await product.TryBookAsync(new AnAppointment().At("2026-11-27T11:00"))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        (await product.BookAsync(new AnAppointment().At(Slot).AtHome(Street, Here).Keeping(held.Token))).Home.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_move_keeps_the_home_and_its_way()
    {
        var (world, product) = await StartAsync();
        await OpenAsync(world, product, "a1", 10, Means.Place, Means.Home);
        var booked = await product.BookAsync(new AnAppointment().At(Slot).AtHome(Street, Here));
        var moved = await product.MoveAsync(booked, "2026-11-27T15:00");
        (moved.Means, moved.Home).ShouldBe((Means.Home, new HomeAddress(Street, Here)));
        (await product.TryBookAsync(new AnAppointment().At("2026-11-27T16:00"))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        await product.BookAsync(new AnAppointment().At("2026-11-27T10:00"));
    }

    [Theory]
    [InlineData(0, AppointmentStatus.Cancelled)]
    [InlineData(10, AppointmentStatus.Booked)]
    public async Task A_colleague_takes_over_who_goes_as_far_or_it_is_cancelled(int kilometres, AppointmentStatus expected)
    {
        var (world, product) = await StartAsync(advisors: 2);
        await OpenAsync(world, product, "a1", 10, Means.Home);
        var booked = await product.BookAsync(new AnAppointment().At(Slot).AtHome(Street, Here));
        await OpenAsync(world, product, "a2", kilometres, Means.Place, Means.Home);
        await product.Get<AddAbsence>().ExecuteAsync(
            new AbsenceRequest(
                world.Territory, new AdvisorId("a1"), null, AnAppointment.Wall("2026-11-27T08:00"), AnAppointment.Wall("2026-11-27T12:00"), null,
                InsideMode.Reassign, RequestIdentity.Of("absence", null, "at-home")),
            TestContext.Current.CancellationToken);
        await product.DoChoresAsync();
        var now = await ReadAsync(product, booked);
        (now.Status, now.Home is null).ShouldBe((expected, expected == AppointmentStatus.Cancelled));
    }

    [Fact]
    public async Task The_address_is_with_the_advisor_and_in_no_SMS_no_agenda_and_no_other_row()
    {
        var (world, product) = await StartAsync();
        await OpenAsync(world, product, "a1", 10, Means.Place, Means.Home);
        var booked = await product.BookAsync(new AnAppointment().At(Slot).AtHome(Street, Here).Calling(Mobile).HelpedBy("06 39 98 77 77"));
        await product.DispatchForAsync(1);
        world.GoTo("2026-11-26T12:00");
        await product.DispatchAsync();
        world.GoTo("2026-11-27T07:30");
        await product.DispatchAsync();
        world.Mail.Received.Where(mail => mail.Kind is MessageKinds.Invite).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            mail => mail.Text.ShouldContain($"Où : À domicile : {Street}, "),
            mail => mail.Calendar.ShouldNotBeNull().Replace("\r\n ", "", StringComparison.Ordinal).ShouldContain($"LOCATION:À domicile : {Street}\\, "));
        world.Sms.Delivered.Count.ShouldBeGreaterThanOrEqualTo(4);
        world.Sms.Delivered.ShouldAllBe(sms => !sms.Text.Contains("Pervenches", StringComparison.OrdinalIgnoreCase) && sms.Text.Length <= 160);
        world.Sms.Delivered.ShouldAllBe(sms => sms.Text.Contains("chez vous", StringComparison.Ordinal) || sms.Text.Contains("à son domicile", StringComparison.Ordinal));
        (await RowsWithAsync(world)).ShouldBe([$"rdv|{booked.Reference.Code}"]);
        (await product.Get<ReadArrivals>().ExecuteAsync(world.Territory, Directories.Structure, TestContext.Current.CancellationToken)).Value.Arrivals.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_cancelled_forgets_the_address_at_once()
    {
        var (world, product) = await StartAsync();
        await OpenAsync(world, product, "a1", 10, Means.Home);
        var booked = await product.BookAsync(new AnAppointment().At(Slot).AtHome(Street, Here));
        await product.CancelAsync(booked);
        (await RowsWithAsync(world)).ShouldBeEmpty();
        await product.DispatchForAsync(1);
        world.Mail.Received.Where(mail => mail.Kind == MessageKinds.InviteCancel).ShouldAllBe(mail => !mail.Text.Contains("Pervenches", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_waits_for_a_visit_is_offered_one_that_reaches_them_and_the_address_goes_with_it()
    {
        var (world, product) = await StartAsync();
        await OpenAsync(world, product, "a1", 10, Means.Place, Means.Home);
        var booked = await product.BookAsync(new AnAppointment().At(Slot));
        (await product.Get<AskToBeCalled>().ExecuteAsync(
            new ARequest(Mobile).In(world) with { Means = "home", Insee = Here }, TestContext.Current.CancellationToken)).Refusal.ShouldBeOfType<Refusal.Invalid>()
            .Errors.ByField.Keys.ShouldBe(["home.address"]);
        var person = (await product.WaitingAsync((await product.Get<AskToBeCalled>().ExecuteAsync(
            new ARequest(Mobile).In(world) with { Means = "home", Home = new HomeForm(Street, Here) }, TestContext.Current.CancellationToken)).Value.Id)).ShouldNotBeNull();
        await product.CancelAsync(booked);
        await product.DoChoresAsync();
        await product.SendSmsAsync();
        var told = world.Sms.Delivered.Single(sms => sms.Kind == MessageKinds.Freed).Text;
        told.ShouldContain("chez vous");
        told.ShouldNotContain("Pervenches");
        var taken = (await product.ClaimAsync(person)).Value.Appointment;
        (taken.Means, taken.Home).ShouldBe((Means.Home, new HomeAddress(Street, Here)));
        (await RowsWithAsync(world)).ShouldBe([$"rdv|{taken.Reference.Code}"]);
    }

    [Fact]
    public async Task A_landline_is_called_and_not_read_the_address()
    {
        var (world, product) = await StartAsync();
        await OpenAsync(world, product, "a1", 10, Means.Home);
        await product.BookAsync(new AnAppointment().At(Slot).AtHome(Street, Here).OnALandline());
        world.GoTo("2026-11-26T17:00");
        (await product.Get<ListCalls>().ExecuteAsync(world.Territory, null, TestContext.Current.CancellationToken)).Sheets.ShouldHaveSingleItem().Sentence
            .ShouldSatisfyAllConditions(sentence => sentence.ShouldContain("votre conseiller vient à votre domicile"), sentence => sentence.ShouldNotContain("Pervenches"));
    }

    /// <summary>The keys of the rows of the territory in which the street stands, in whatever column.</summary>
    private static async Task<IReadOnlyList<string>> RowsWithAsync(World world)
    {
        var found = new List<string>();
        await foreach (var row in world.Table.QueryAsync<TableEntity>(row => row.PartitionKey == world.Territory.Code))
        {
            if (row.Any(column => column.Value is string text && text.Contains("Pervenches", StringComparison.OrdinalIgnoreCase))
                || row.RowKey.Contains("Pervenches", StringComparison.OrdinalIgnoreCase))
            {
                found.Add(row.RowKey);
            }
        }

        return found;
    }

    private static async Task<Appointment> ReadAsync(Product product, Appointment booked) =>
        (await product.Get<IAppointmentStore>().ReadAsync(booked.Reference, TestContext.Current.CancellationToken)).ShouldNotBeNull().Value;

    private static Task<Result<Held>> HoldAsync(World world, Product product, string insee) => product.Get<HoldSlot>().ExecuteAsync(
        new HoldRequest(
            world.Territory, "premiers-pas", world.At(Slot), Directories.Place.Value, null, RequestIdentity.Of("hold", null, insee))
        { Means = "home", Home = insee },
        TestContext.Current.CancellationToken);

    private static async Task OpenAsync(World world, Product product, string advisor, int kilometres, params Means[] means)
    {
        (await product.Get<ChangeOpeningHours>().ExecuteAsync(
            world.Territory,
            new AdvisorId(advisor),
            [new OpeningHours([1, 2, 3, 4, 5, 6, 7], new LocalTime(8, 0), new LocalTime(20, 0), Directories.Place, Means: means)],
            TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
        (await product.Get<ChangeBookingRules>().ExecuteAsync(
            world.Territory, new AdvisorId(advisor), new BookingRules { HomeKilometres = kilometres }, TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
    }

    private static async Task<IReadOnlyList<Slot>> SearchAsync(World world, Product product) =>
        (await product.Get<SearchSlots>().ExecuteAsync(
            new SlotSearch(world.Territory, "premiers-pas", new LocalDate(2026, 11, 27), 1, Insee: Here) { Means = Means.Home }, TestContext.Current.CancellationToken)).Value.Slots;
}
