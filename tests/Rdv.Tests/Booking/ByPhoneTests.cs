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

/// <summary>An appointment by telephone (docs/adr/0017): offered where hours offer it, judged by the write, told as a call.</summary>
public sealed class ByPhoneTests(TableStorage storage) : ProductTest(storage)
{
    private const string Slot = "2026-11-24T09:00";
    private const string Mobile = "06 39 98 12 34";

    [Fact]
    public async Task An_hour_is_offered_by_telephone_where_hours_say_so_and_nowhere_else()
    {
        var (world, product) = await StartAsync(advisors: 2);
        (await SearchAsync(world, product)).ShouldBeEmpty("nobody has said that they call");
        await OffersAsync(world, product, "a1", Means.Place, Means.Phone);
        var slots = await SearchAsync(world, product);
        slots.ShouldNotBeEmpty();
        slots.ShouldAllBe(slot => slot.Free == 1 && slot.Means == Means.Phone);
        (await SearchAsync(world, product, Means.Place)).ShouldAllBe(slot => slot.Free == 2 && slot.Means == Means.Place);
    }

    [Fact]
    public async Task Hours_for_the_telephone_alone_are_not_offered_to_who_would_come()
    {
        var (world, product) = await StartAsync();
        await OffersAsync(world, product, "a1", Means.Phone);
        (await SearchAsync(world, product, Means.Place)).ShouldBeEmpty();
        (await product.TryBookAsync(new AnAppointment().At(Slot))).Refusal.ShouldBeOfType<Refusal.SlotTaken>().Alternatives.ShouldBeEmpty();
        (await product.BookAsync(new AnAppointment().At(Slot).ByPhone())).Means.ShouldBe(Means.Phone);
    }

    [Fact]
    public async Task Only_the_topics_of_the_hours_that_offer_it_are_by_telephone()
    {
        var (world, product) = await StartAsync();
        await ChangeAsync(world, product, "a1", Hours(8, 12, ["courriels"], Means.Phone), Hours(12, 20, null));
        (await product.TryBookAsync(new AnAppointment().At(Slot).ByPhone())).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        (await SearchAsync(world, product, topic: "courriels")).ShouldAllBe(slot => slot.Start.Hour < 12);
    }

    [Theory]
    [InlineData(Actor.Citizen)]
    [InlineData(Actor.Hotline)]
    [InlineData(Actor.Advisor)]
    public async Task The_write_gives_it_to_an_advisor_who_calls_and_to_no_other(Actor by)
    {
        var (world, product) = await StartAsync(advisors: 2);
        await OffersAsync(world, product, "a2", Means.Place, Means.Phone);
        (await product.TryBookAsync(new AnAppointment().At(Slot).ByPhone().With("a1").BookedBy(by))).Refusal.ShouldBeOfType<Refusal.SlotTaken>()
            .Alternatives.ShouldAllBe(slot => slot.Means == Means.Phone);
        var booked = await product.BookAsync(new AnAppointment().At(Slot).ByPhone().BookedBy(by));
        (booked.AdvisorId.Value, booked.Means).ShouldBe(("a2", Means.Phone));
        (await ReadAsync(product, booked)).Means.ShouldBe(Means.Phone);
        (await product.TryBookAsync(new AnAppointment().At(Slot).ByPhone().BookedBy(by))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task A_hold_keeps_an_hour_of_who_calls()
    {
        var (world, product) = await StartAsync(advisors: 2);
        await OffersAsync(world, product, "a2", Means.Place, Means.Phone);
        var held = (await HoldAsync(world, product, "phone", "k1")).Value;
        held.Token.AdvisorId.Value.ShouldBe("a2");
        (await HoldAsync(world, product, "phone", "k2")).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        (await HoldAsync(world, product, "letter", "k3")).Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ByField.Keys.ShouldContain("means");
        (await product.BookAsync(new AnAppointment().At(Slot).ByPhone().Keeping(held.Token))).AdvisorId.Value.ShouldBe("a2");
    }

    [Fact]
    public async Task A_move_keeps_the_means_and_finds_who_calls()
    {
        var (world, product) = await StartAsync(advisors: 2);
        await ChangeAsync(world, product, "a1", Hours(8, 12, null, Means.Phone), Hours(12, 20, null));
        var booked = await product.BookAsync(new AnAppointment().At(Slot).ByPhone());
        var moved = await product.MoveAsync(booked, "2026-11-24T10:00");
        (moved.Means, moved.AdvisorId.Value).ShouldBe((Means.Phone, "a1"));
        (await product.TryMoveAsync(moved, "2026-11-24T14:00")).Refusal.ShouldBeOfType<Refusal.SlotTaken>().Alternatives
            .ShouldAllBe(slot => slot.Start.Hour < 12 && slot.Means == Means.Phone);
    }

    [Theory]
    [InlineData(false, AppointmentStatus.Cancelled)]
    [InlineData(true, AppointmentStatus.Booked)]
    public async Task A_colleague_takes_over_who_calls_too_or_it_is_cancelled(bool colleagueCalls, AppointmentStatus expected)
    {
        var (world, product) = await StartAsync(advisors: 2);
        await OffersAsync(world, product, "a1", Means.Place, Means.Phone);
        var booked = await product.BookAsync(new AnAppointment().At(Slot).ByPhone());
        if (colleagueCalls)
        {
            await OffersAsync(world, product, "a2", Means.Phone);
        }

        await product.Get<AddAbsence>().ExecuteAsync(
            new AbsenceRequest(
                world.Territory,
                new AdvisorId("a1"),
                null,
                AnAppointment.Wall("2026-11-24T08:00"),
                AnAppointment.Wall("2026-11-24T12:00"),
                null,
                InsideMode.Reassign,
                RequestIdentity.Of("absence", null, "by-phone")),
            TestContext.Current.CancellationToken);
        await product.DoChoresAsync();
        var now = await ReadAsync(product, booked);
        (now.Status, now.Means).ShouldBe((expected, Means.Phone));
        now.AdvisorId.Value.ShouldBe(colleagueCalls ? "a2" : "a1");
    }

    [Fact]
    public async Task A_freed_hour_of_who_does_not_call_is_not_offered_to_who_waits_for_a_call()
    {
        var (world, product) = await StartAsync(advisors: 2);
        await OffersAsync(world, product, "a2", Means.Place, Means.Phone);
        var there = await product.BookAsync(new AnAppointment().At(Slot).With("a1"));
        var called = await product.BookAsync(new AnAppointment().At("2026-11-25T09:00").ByPhone());
        var person = (await product.WaitingAsync((await product.Get<AskToBeCalled>().ExecuteAsync(
            new ARequest(Mobile).In(world) with { Means = "phone" }, TestContext.Current.CancellationToken)).Value.Id)).ShouldNotBeNull();
        await product.CancelAsync(there);
        await product.DoChoresAsync();
        (await product.WaitingAsync(person.Id)).ShouldNotBeNull().Offers.ShouldBeEmpty();
        await product.CancelAsync(called);
        await product.DoChoresAsync();
        await product.SendSmsAsync();
        world.Sms.Delivered.Single(sms => sms.Kind == MessageKinds.Freed).Text.Replace(" ", "", StringComparison.Ordinal).ShouldContain("vousappelleau0639981234");
        var taken = (await product.ClaimAsync(person)).Value.Appointment;
        (taken.Means, taken.AdvisorId.Value, taken.Start).ShouldBe((Means.Phone, "a2", world.At("2026-11-25T09:00")));
    }

    [Fact]
    public async Task Who_wants_to_be_called_earlier_is_offered_a_call_and_keeps_to_it()
    {
        var (world, product) = await StartAsync();
        await OffersAsync(world, product, "a1", Means.Place, Means.Phone);
        var early = await product.BookAsync(new AnAppointment().At(Slot));
        var late = await product.BookAsync(new AnAppointment().At("2026-11-27T09:00").ByPhone().Calling(Mobile));
        var listed = (await product.Get<AskForEarlier>().ExecuteAsync(late.Reference, new Access.ByStaff(Actor.Hotline), TestContext.Current.CancellationToken)).Value;
        await product.CancelAsync(early);
        await product.DoChoresAsync();
        var person = (await product.WaitingAsync(listed.Id)).ShouldNotBeNull();
        var moved = (await product.ClaimAsync(person)).Value.Appointment;
        (moved.Reference, moved.Means, moved.Start).ShouldBe((late.Reference, Means.Phone, world.At(Slot)));
    }

    [Fact]
    public async Task The_SMS_say_who_calls_and_no_address()
    {
        var (world, product) = await StartAsync();
        await OffersAsync(world, product, "a1", Means.Place, Means.Phone);
        var booked = await product.BookAsync(new AnAppointment().At(Slot).ByPhone().Calling(Mobile).HelpedBy("06 39 98 77 77"));
        await product.DispatchForAsync(1);
        booked = await product.MoveAsync(booked, "2026-11-25T09:30");
        await product.DispatchForAsync(1);
        world.GoTo("2026-11-24T12:00");
        await product.DispatchAsync();
        await product.CancelAsync(booked);
        await product.DispatchForAsync(1);
        var texts = world.Sms.Delivered.ToLookup(sms => sms.To.E164 == "+33639987777", sms => sms);
        texts[false].Select(sms => MessageKinds.Base(sms.Kind)).ShouldBe(
            [MessageKinds.Confirmation, MessageKinds.Move, MessageKinds.Reminder, MessageKinds.Cancellation]);
        texts[false].Where(sms => sms.Kind != MessageKinds.Cancellation)
            .ShouldAllBe(sms => sms.Text.Replace(" ", "", StringComparison.Ordinal).Contains("vousappelleau0639981234", StringComparison.Ordinal));
        texts[true].ShouldNotBeEmpty();
        texts[true].ShouldAllBe(sms => !sms.Text.Replace(" ", "", StringComparison.Ordinal).Contains("0639981234", StringComparison.Ordinal));
        world.Sms.Delivered.ShouldAllBe(sms => !sms.Text.Contains("1 rue du Parc", StringComparison.Ordinal) && sms.Text.Length <= 160);
    }

    [Fact]
    public async Task The_invite_names_the_number_in_the_place_of_the_address()
    {
        var (world, product) = await StartAsync();
        await OffersAsync(world, product, "a1", Means.Place, Means.Phone);
        await product.BookAsync(new AnAppointment().At(Slot).ByPhone().Calling(Mobile));
        await product.SendInvitesAsync();
        var mail = world.Mail.Received.Single(mail => mail.Kind == MessageKinds.Invite);
        mail.Calendar.ShouldNotBeNull().ShouldContain("LOCATION:Par téléphone : 06 39 98 12 34");
        mail.Calendar.ShouldContain("vous appelez cette personne");
        mail.Calendar.ShouldNotContain("rue du Parc");
        mail.Text.ShouldContain("Où : Par téléphone : 06 39 98 12 34");
    }

    [Fact]
    public async Task A_landline_is_reminded_by_a_call_that_says_who_calls()
    {
        var (world, product) = await StartAsync();
        await OffersAsync(world, product, "a1", Means.Place, Means.Phone);
        await product.BookAsync(new AnAppointment().At(Slot).ByPhone().OnALandline());
        world.GoTo("2026-11-23T17:00");
        (await product.Get<ListCalls>().ExecuteAsync(world.Territory, null, TestContext.Current.CancellationToken)).Sheets.ShouldHaveSingleItem().Sentence
            .ShouldSatisfyAllConditions(
                sentence => sentence.ShouldContain("par téléphone : votre conseiller vous appelle au 04 78 00 00 00"),
                sentence => sentence.ShouldNotContain("rue du Parc"));
    }

    [Fact]
    public async Task One_reminder_tells_a_call_and_a_visit_of_one_day_apart()
    {
        var (world, product) = await StartAsync();
        await OffersAsync(world, product, "a1", Means.Place, Means.Phone);
        await product.BookAsync(new AnAppointment().At(Slot).ByPhone().Calling(Mobile));
        await product.BookAsync(new AnAppointment().At("2026-11-24T14:00").Calling(Mobile));
        world.GoTo("2026-11-23T12:00");
        await product.DispatchAsync();
        var reminder = world.Sms.Delivered.Last(sms => MessageKinds.Base(sms.Kind) == MessageKinds.Reminder).Text;
        reminder.ShouldContain("9h, par téléphone; 14h");
        reminder.ShouldContain("Médiathèque du Parc");
    }

    [Fact]
    public async Task Who_is_called_is_not_among_the_arrivals()
    {
        var (world, product) = await StartAsync();
        await OffersAsync(world, product, "a1", Means.Place, Means.Phone);
        await product.BookAsync(new AnAppointment().At(Slot).ByPhone().For("Celle qu'on appelle"));
        await product.BookAsync(new AnAppointment().At("2026-11-24T10:00").For("Celle qui vient"));
        world.GoTo("2026-11-24T08:30");
        (await product.Get<ReadArrivals>().ExecuteAsync(world.Territory, Directories.Structure, TestContext.Current.CancellationToken)).Value.Arrivals
            .Select(arrival => arrival.Name).ShouldBe(["Celle qui vient"]);
    }

    [Fact]
    public async Task A_seat_in_a_workshop_is_not_by_telephone()
    {
        var (_, product) = await StartAsync();
        var workshop = await product.PlanWorkshopAsync("2026-11-24T14:00");
        (await product.TryBookAsync(new AnAppointment().In(workshop).ByPhone())).Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ByField.Keys.ShouldContain("means");
    }

    [Fact]
    public async Task An_instance_with_an_old_directory_sells_no_call_that_is_not_offered_any_more_and_finds_one_that_is()
    {
        var (world, product) = await StartAsync();
        var other = world.Start();
        await SearchAsync(world, other);
        await OffersAsync(world, product, "a1", Means.Place, Means.Phone);
        await other.BookAsync(new AnAppointment().At(Slot).ByPhone());
        await OffersAsync(world, product, "a1", Means.Place);
        (await other.TryBookAsync(new AnAppointment().At("2026-11-24T10:00").ByPhone())).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        (await other.BookAsync(new AnAppointment().At("2026-11-24T10:00"))).Means.ShouldBe(Means.Place);
    }

    private static OpeningHours Hours(int from, int to, string[]? topics, params Means[] means) => new(
        [1, 2, 3, 4, 5, 6, 7], new LocalTime(from, 0), new LocalTime(to, 0), Directories.Place, topics, Means: means.Length == 0 ? null : means);

    private static Task OffersAsync(World world, Product product, string advisor, params Means[] means) =>
        ChangeAsync(world, product, advisor, Hours(8, 20, null, means));

    private static async Task ChangeAsync(World world, Product product, string advisor, params OpeningHours[] hours) =>
        (await product.Get<ChangeOpeningHours>().ExecuteAsync(world.Territory, new AdvisorId(advisor), hours, TestContext.Current.CancellationToken))
            .Refusal.ShouldBeNull();

    private static async Task<IReadOnlyList<Slot>> SearchAsync(World world, Product product, Means means = Means.Phone, string topic = "premiers-pas") =>
        (await product.Get<SearchSlots>().ExecuteAsync(
            new SlotSearch(world.Territory, topic, new LocalDate(2026, 11, 24), 1) { Means = means }, TestContext.Current.CancellationToken)).Value.Slots;

    private static Task<Result<Held>> HoldAsync(World world, Product product, string means, string key) => product.Get<HoldSlot>().ExecuteAsync(
        new HoldRequest(world.Territory, "premiers-pas", world.At(Slot), Directories.Place.Value, null, RequestIdentity.Of("hold", key, means)) { Means = means },
        TestContext.Current.CancellationToken);

    private static async Task<Appointment> ReadAsync(Product product, Appointment appointment) =>
        (await product.Get<IAppointmentStore>().ReadAsync(appointment.Reference, TestContext.Current.CancellationToken))!.Value;
}
