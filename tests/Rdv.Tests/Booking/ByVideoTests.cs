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
using Rdv.Pages.Shared;
using Rdv.Tests.Infrastructure;
using Rdv.Tests.Waiting;
using Rdv.Waiting;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Booking;

/// <summary>An appointment by video (docs/adr/0020): behind the advisor's own link, which is told the day before.</summary>
public sealed class ByVideoTests(TableStorage storage) : ProductTest(storage)
{
    private const string Slot = "2026-11-27T09:00";
    private const string Mobile = "06 39 98 12 34";
    private const string Room = "https://visio.example.fr/aline?pwd=q7";

    [Fact]
    public async Task Who_has_given_no_link_offers_no_video_and_is_told_why()
    {
        var (world, product) = await StartAsync();
        await OpenAsync(world, product, "a1", null, Means.Video);
        (await SearchAsync(world, product)).ShouldBeEmpty();
        (await product.TryBookAsync(new AnAppointment().At(Slot).ByVideo())).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        var week = (await product.Get<ExplainWeek>().ExecuteAsync(
            world.Territory, new AdvisorId("a1"), "premiers-pas", new LocalDate(2026, 11, 27), TestContext.Current.CancellationToken)).Value;
        week.Days.Single(day => day.Date == new LocalDate(2026, 11, 27)).HalfHours.Single(half => half.Start == new LocalTime(9, 0))
            .Why.ShouldBe(new WhyNot(NotOffered.NoVideoLink));
        await LinkAsync(world, product, "a1", Room);
        (await SearchAsync(world, product)).ShouldNotBeEmpty();
        (await product.BookAsync(new AnAppointment().At(Slot).ByVideo())).Means.ShouldBe(Means.Video);
    }

    [Fact]
    public async Task An_instance_with_an_old_directory_sells_no_video_of_who_took_their_link_away()
    {
        var (world, product) = await StartAsync();
        await OpenAsync(world, product, "a1", Room, Means.Place, Means.Video);
        var other = world.Start();
        await SearchAsync(world, other);
        await LinkAsync(world, product, "a1", null);
        (await other.TryBookAsync(new AnAppointment().At(Slot).ByVideo())).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        (await other.BookAsync(new AnAppointment().At(Slot))).Means.ShouldBe(Means.Place);
    }

    [Theory]
    [InlineData("http://visio.example.fr/a")]
    [InlineData("https://aline:secret@visio.example.fr/a")]
    [InlineData("https://visio.example.fr/a b")]
    [InlineData("https://visio/a")]
    [InlineData("https://127.0.0.1/a")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://visio.example.fr/\"><script>")]
    [InlineData("visio.example.fr/a")]
    public async Task A_link_that_nobody_should_be_sent_is_refused(string link)
    {
        var (world, product) = await StartAsync();
        (await product.Get<ChangeBookingRules>().ExecuteAsync(
            world.Territory, new AdvisorId("a1"), new BookingRules { VideoLink = link }, TestContext.Current.CancellationToken))
            .Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ByField.Keys.ShouldBe(["videoLink"]);
        VideoLink.IsValid("https://visio.example.fr/" + new string('a', 175)).ShouldBeTrue();
        VideoLink.IsValid("https://visio.example.fr/" + new string('a', 176)).ShouldBeFalse();
    }

    [Fact]
    public async Task The_link_is_in_the_message_of_the_day_before_and_in_none_before_it()
    {
        var (world, product) = await StartAsync();
        await OpenAsync(world, product, "a1", Room, Means.Place, Means.Video);
        var booked = await product.BookAsync(new AnAppointment().At(Slot).ByVideo().Calling(Mobile).HelpedBy("06 39 98 77 77"));
        await product.DispatchForAsync(1);
        world.Sms.Delivered.Count.ShouldBe(2);
        world.Sms.Delivered.ShouldAllBe(sms => sms.Text.Contains("en vidéo. ", StringComparison.Ordinal) && sms.Text.Contains("la veille", StringComparison.Ordinal));
        world.Sms.Delivered.ShouldAllBe(sms => !sms.Text.Contains("visio.example.fr", StringComparison.Ordinal) && !sms.Text.Contains("rue du Parc", StringComparison.Ordinal));
        (await CardAsync(world, product, booked)).VideoLink.ShouldBeNull();

        // What was not sent yet has the link as it is by then.
        await LinkAsync(world, product, "a1", "https://visio.example.fr/autre");
        world.GoTo("2026-11-26T12:00");
        await product.DispatchAsync();
        var reminders = world.Sms.Delivered.Where(sms => MessageKinds.Base(sms.Kind) == MessageKinds.Reminder).ToList();
        reminders.Count.ShouldBe(2);
        reminders.ShouldAllBe(sms => sms.Text.Contains("https://visio.example.fr/autre ", StringComparison.Ordinal));
        reminders.ShouldAllBe(sms => Rdv.Sms.Gsm7.Count(sms.Text) <= 2 * Rdv.Sms.Gsm7.ConcatenatedSegment);
        (await CardAsync(world, product, booked)).VideoLink.ShouldBe("https://visio.example.fr/autre");
    }

    [Fact]
    public async Task Who_has_no_link_by_the_day_before_is_told_to_call()
    {
        var (world, product) = await StartAsync();
        await OpenAsync(world, product, "a1", Room, Means.Video);
        await product.BookAsync(new AnAppointment().At(Slot).ByVideo());
        await LinkAsync(world, product, "a1", null);
        world.GoTo("2026-11-26T12:00");
        await product.DispatchAsync();
        world.Sms.Delivered[^1].Text.ShouldContain("Pour le lien vidéo, appelez-nous");
    }

    [Fact]
    public async Task Who_was_told_a_link_that_is_no_longer_the_one_is_told_again_once_and_nobody_else()
    {
        var (world, product) = await StartAsync();
        await OpenAsync(world, product, "a1", Room, Means.Place, Means.Video);
        await product.BookAsync(new AnAppointment().At(Slot).ByVideo().Calling(Mobile).HelpedBy("06 39 98 77 77"));
        await product.BookAsync(new AnAppointment().At("2026-11-27T11:00"));
        await product.BookAsync(new AnAppointment().At("2026-12-04T11:00").ByVideo());
        await product.BookAsync(new AnAppointment().At("2026-11-27T14:00").ByVideo().OnALandline());
        world.GoTo("2026-11-26T18:30");
        await product.DispatchAsync();
        var before = world.Sms.Delivered.Count;
        await LinkAsync(world, product, "a1", "https://visio.example.fr/neuf");
        await product.DoChoresAsync();
        await product.DispatchForAsync(2);
        var told = world.Sms.Delivered.Skip(before).ToList();
        told.Select(sms => sms.To.E164).ShouldBe(["+33639981234", "+33639987777"], ignoreOrder: true);
        told.ShouldAllBe(sms => sms.Text.Contains("https://visio.example.fr/neuf ", StringComparison.Ordinal));
        (await product.Get<ListCalls>().ExecuteAsync(world.Territory, world.At("2026-11-27T12:00"), TestContext.Current.CancellationToken)).Sheets
            .ShouldContain(sheet => sheet.Sentence.Contains("https://visio.example.fr/neuf", StringComparison.Ordinal));

        // The same once more is no change.
        await LinkAsync(world, product, "a1", "https://visio.example.fr/neuf");
        await product.DispatchForAsync(2);
        world.Sms.Delivered.Count.ShouldBe(before + 2);
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task What_is_booked_for_today_has_the_link_at_once()
    {
        var (world, product) = await StartAsync();
        await OpenAsync(world, product, "a1", Room, Means.Video);
        world.GoTo("2026-11-27T08:00");
        await product.BookAsync(new AnAppointment().At("2026-11-27T11:00").ByVideo());
        await product.DispatchForAsync(1);
        world.Sms.Delivered.Single().Text.ShouldContain(Room);
    }

    [Fact]
    public async Task A_link_too_long_for_two_segments_is_on_the_page_that_the_message_leads_to()
    {
        var (world, product) = await StartAsync();
        await OpenAsync(world, product, "a1", "https://visio.example.fr/" + new string('a', 175), Means.Video);
        await product.BookAsync(new AnAppointment().At(Slot).ByVideo());
        world.GoTo("2026-11-26T12:00");
        await product.DispatchAsync();
        var reminder = world.Sms.Delivered[^1].Text;
        reminder.ShouldContain("Lien vidéo sur votre page");
        Rdv.Sms.Gsm7.Count(reminder).ShouldBeLessThanOrEqualTo(160);
    }

    [Fact]
    public async Task One_reminder_of_a_day_has_the_link_too()
    {
        var (world, product) = await StartAsync();
        await OpenAsync(world, product, "a1", Room, Means.Place, Means.Video);
        await product.BookAsync(new AnAppointment().At(Slot).ByVideo().Calling(Mobile));
        await product.BookAsync(new AnAppointment().At("2026-11-27T14:00").Calling(Mobile));
        world.GoTo("2026-11-26T12:00");
        await product.DispatchAsync();
        var reminder = world.Sms.Delivered.Last(sms => MessageKinds.Base(sms.Kind) == MessageKinds.Reminder).Text;
        reminder.ShouldContain($"9h, en vidéo: {Room} ; 14h");
        reminder.ShouldContain("Médiathèque du Parc");
    }

    [Fact]
    public async Task The_advisor_has_the_link_in_the_invite_and_in_the_mail_of_the_day()
    {
        var (world, product) = await StartAsync();
        await OpenAsync(world, product, "a1", Room, Means.Video);
        await product.BookAsync(new AnAppointment().At(Slot).ByVideo());
        await product.SendInvitesAsync();
        var mail = world.Mail.Received.Single(mail => mail.Kind == MessageKinds.Invite);
        mail.Text.ShouldContain($"Où : En vidéo : {Room}");
        mail.Calendar.ShouldNotBeNull().ShouldNotContain("rue du Parc");
        mail.Calendar.Replace("\r\n ", "", StringComparison.Ordinal).ShouldContain($"LOCATION:En vidéo : {Room}");
    }

    [Fact]
    public async Task A_landline_is_called_and_told_the_address()
    {
        var (world, product) = await StartAsync();
        await OpenAsync(world, product, "a1", Room, Means.Video);
        await product.BookAsync(new AnAppointment().At(Slot).ByVideo().OnALandline());
        world.GoTo("2026-11-26T17:00");
        (await product.Get<ListCalls>().ExecuteAsync(world.Territory, null, TestContext.Current.CancellationToken)).Sheets.ShouldHaveSingleItem()
            .Sentence.ShouldContain($"en vidéo, à l'adresse {Room}");
    }

    [Fact]
    public async Task Who_is_met_by_a_colleague_is_told_since_the_link_is_another()
    {
        var (world, product) = await StartAsync(advisors: 2);
        await OpenAsync(world, product, "a1", Room, Means.Video);
        var booked = await product.BookAsync(new AnAppointment().At(Slot).ByVideo());
        await OpenAsync(world, product, "a2", "https://visio.example.fr/b", Means.Video);
        world.GoTo("2026-11-26T12:00");
        await product.DispatchAsync();
        await product.Get<AddAbsence>().ExecuteAsync(
            new AbsenceRequest(
                world.Territory, new AdvisorId("a1"), null, AnAppointment.Wall("2026-11-27T08:00"), AnAppointment.Wall("2026-11-27T12:00"), null,
                InsideMode.Reassign, RequestIdentity.Of("absence", null, "by-video")),
            TestContext.Current.CancellationToken);
        await product.DoChoresAsync();
        var now = (await product.Get<IAppointmentStore>().ReadAsync(booked.Reference, TestContext.Current.CancellationToken)).ShouldNotBeNull().Value;
        (now.AdvisorId.Value, now.Means, now.Status).ShouldBe(("a2", Means.Video, AppointmentStatus.Booked));
        await product.DispatchForAsync(1);
        world.Sms.Delivered[^1].ShouldSatisfyAllConditions(
            sms => sms.Kind.ShouldBe(MessageKinds.Move), sms => sms.Text.ShouldContain("https://visio.example.fr/b "));
    }

    [Fact]
    public async Task Who_waits_for_a_video_is_offered_one_at_any_distance_and_keeps_to_it()
    {
        var (world, product) = await StartAsync();
        await OpenAsync(world, product, "a1", Room, Means.Place, Means.Video);
        var booked = await product.BookAsync(new AnAppointment().At(Slot).ByVideo());
        var person = (await product.WaitingAsync((await product.Get<AskToBeCalled>().ExecuteAsync(
            new ARequest(Mobile).In(world) with { Means = "video" }, TestContext.Current.CancellationToken)).Value.Id)).ShouldNotBeNull();
        await product.CancelAsync(booked);
        await product.DoChoresAsync();
        await product.SendSmsAsync();
        world.Sms.Delivered.Single(sms => sms.Kind == MessageKinds.Freed).Text.ShouldContain(", en vidéo");
        (await product.ClaimAsync(person)).Value.Appointment.Means.ShouldBe(Means.Video);
    }

    [Fact]
    public async Task Who_comes_by_video_is_not_among_the_arrivals_and_a_move_keeps_the_video()
    {
        var (world, product) = await StartAsync();
        await OpenAsync(world, product, "a1", Room, Means.Place, Means.Video);
        var booked = await product.BookAsync(new AnAppointment().At(Slot).ByVideo());
        (await product.MoveAsync(booked, "2026-11-27T10:00")).Means.ShouldBe(Means.Video);
        world.GoTo("2026-11-27T08:30");
        (await product.Get<ReadArrivals>().ExecuteAsync(world.Territory, Directories.Structure, TestContext.Current.CancellationToken)).Value.Arrivals.ShouldBeEmpty();
    }

    private static async Task<AppointmentCard> CardAsync(World world, Product product, Appointment booked) => AppointmentCard.Of(
        (await product.Get<IAppointmentStore>().ReadAsync(booked.Reference, TestContext.Current.CancellationToken)).ShouldNotBeNull().Value,
        await product.Get<ITerritoryDirectories>().ReloadAsync(world.Territory, TestContext.Current.CancellationToken),
        world.Clock.GetCurrentInstant());

    private static async Task OpenAsync(World world, Product product, string advisor, string? link, params Means[] means)
    {
        (await product.Get<ChangeOpeningHours>().ExecuteAsync(
            world.Territory,
            new AdvisorId(advisor),
            [new OpeningHours([1, 2, 3, 4, 5, 6, 7], new LocalTime(8, 0), new LocalTime(20, 0), Directories.Place, Means: means)],
            TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
        await LinkAsync(world, product, advisor, link);
    }

    private static async Task LinkAsync(World world, Product product, string advisor, string? link) =>
        (await product.Get<ChangeBookingRules>().ExecuteAsync(
            world.Territory, new AdvisorId(advisor), new BookingRules { VideoLink = link }, TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();

    private static async Task<IReadOnlyList<Slot>> SearchAsync(World world, Product product) =>
        (await product.Get<SearchSlots>().ExecuteAsync(
            new SlotSearch(world.Territory, "premiers-pas", new LocalDate(2026, 11, 27), 1) { Means = Means.Video }, TestContext.Current.CancellationToken)).Value.Slots;
}
