using NodaTime;
using Rdv.Absences;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Days;
using Rdv.Ids;
using Rdv.Invites;
using Rdv.Load;
using Rdv.Messages;
using Rdv.People;
using Rdv.Tests.Infrastructure;
using Rdv.Workshops;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Workshops;

/// <summary>"We are two for twelve people": one workshop, two agendas, one event.</summary>
public sealed class TwoAdvisorsTests(TableStorage storage) : ProductTest(storage)
{
    private static readonly AdvisorId First = new("a1");
    private static readonly AdvisorId Second = new("a2");

    [Fact]
    public async Task The_hour_of_both_is_taken_and_each_is_told_of_one_and_the_same_event()
    {
        var (world, product) = await StartAsync(advisors: 2);
        var workshop = await PlanAsync(world, product);
        await product.BookAsync(new AnAppointment().In(workshop));
        foreach (var advisor in new[] { "a1", "a2" })
        {
            (await product.TryBookAsync(new AnAppointment().With(advisor).At("2026-11-24T15:00"))).Refusal.ShouldBeOfType<Refusal.SlotTaken>(advisor);
        }

        await product.SendInvitesAsync();
        var invites = world.Mail.Received.Where(mail => mail.Kind == MessageKinds.Invite).ToList();
        invites.Select(mail => mail.To).ShouldBe([Directories.MailOf("a1"), Directories.MailOf("a2")], ignoreOrder: true);
        invites.Select(mail => mail.Calendar!.Split("UID:")[1].Split('\r')[0]).Distinct().ShouldHaveSingleItem();
        invites.ShouldAllBe(mail => mail.Calendar!.Split("ATTENDEE").Length == 3);

        // One seat is taken, and both know.
        foreach (var advisor in new[] { First, Second })
        {
            var line = (await product.Get<ReadAgenda>().ExecuteAsync(world.Territory, advisor, new LocalDate(2026, 11, 24), 1, CancellationToken.None)).Value.Lines.ShouldHaveSingleItem();
            (line.Entry.Seats!.Taken, line.Attendees!.Count).ShouldBe((1, 1));
            (await FeedAsync(product, world, advisor)).ShouldContain(workshop.Id.Value);
        }

        (await product.Get<ListWorkshops>().ExecuteAsync(world.Territory, null, 28, CancellationToken.None)).Value.Workshops.ShouldHaveSingleItem().SeatsLeft.ShouldBe(2);
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task The_second_advisor_reads_that_the_hour_is_booked()
    {
        var (world, product) = await StartAsync(advisors: 2);
        await PlanAsync(world, product);
        var week = (await product.Get<ExplainWeek>().ExecuteAsync(world.Territory, Second, "premiers-pas", new LocalDate(2026, 11, 24), CancellationToken.None)).Value;
        var halfHours = week.Days.Single(day => day.Date == new LocalDate(2026, 11, 24)).HalfHours;
        halfHours.Single(half => half.Start == new LocalTime(14, 30)).Why!.Value.Reason.ShouldBe(NotOffered.Booked);
        halfHours.Single(half => half.Start == new LocalTime(10, 0)).Why.ShouldBeNull();
    }

    [Fact]
    public async Task It_is_planned_in_both_agendas_or_in_none()
    {
        var (world, product) = await StartAsync(advisors: 2);
        await product.BookAsync(new AnAppointment().With("a2").At("2026-11-24T15:00"));
        (await TryPlanAsync(world, product)).Refusal.ShouldBeOfType<Refusal.Overlap>();
        (await world.RowsAsync("workshop|")).ShouldBeEmpty();
        await product.BookAsync(new AnAppointment().With("a1").At("2026-11-24T15:00"));
        (await TryPlanAsync(world, product, second: "a1")).Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ByField.Keys.ShouldBe(["coAdvisorId"]);
        (await TryPlanAsync(world, product, second: "nobody")).Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ByField.Keys.ShouldBe(["coAdvisorId"]);
    }

    [Fact]
    public async Task It_moves_and_is_cancelled_in_both_agendas_whoever_of_them_does_it()
    {
        var (world, product) = await StartAsync(advisors: 2);
        var workshop = await PlanAsync(world, product);
        await product.BookAsync(new AnAppointment().In(workshop));
        await product.DispatchAsync();
        (await product.Get<ChangeWorkshop>().MoveAsync(world.Territory, Second, workshop.Id, world.At("2026-12-02T10:00"), null, CancellationToken.None)).Value.Told.ShouldBe(1);
        foreach (var advisor in new[] { "a1", "a2" })
        {
            await product.BookAsync(new AnAppointment().With(advisor).At("2026-11-24T15:00"));
            (await product.TryBookAsync(new AnAppointment().With(advisor).At("2026-12-02T11:00"))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        }

        (await product.Get<ChangeWorkshop>().CancelAsync(world.Territory, First, workshop.Id, null, CancellationToken.None)).Refusal.ShouldBeNull();
        await product.BookAsync(new AnAppointment().With("a2").At("2026-12-02T11:00"));
        await product.DispatchAsync();
        world.Mail.Received.Count(mail => mail.Kind == MessageKinds.InviteCancel).ShouldBe(2);
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task When_the_second_is_away_it_stays_with_the_first_and_both_are_told()
    {
        var (world, product) = await StartAsync(advisors: 2);
        var workshop = await PlanAsync(world, product);
        await product.BookAsync(new AnAppointment().In(workshop));
        await product.DispatchAsync();
        var before = world.Sms.Delivered.Count;
        (await CloseAsync(world, product, Second, InsideMode.Refuse)).Refusal.ShouldBeNull("nothing stands in the way");
        await product.DoChoresAsync();
        await product.DispatchAsync();
        var alone = await StoredAsync(world, product, workshop);
        (alone.AdvisorId, alone.CoAdvisorId, alone.IsCancelled).ShouldBe((First, null, false));
        world.Mail.Received.ShouldContain(mail => mail.Kind == MessageKinds.InviteCancel && mail.To == Directories.MailOf("a2"));
        world.Mail.Received.ShouldContain(mail => mail.Kind == MessageKinds.InviteUpdate && mail.To == Directories.MailOf("a1"));
        world.Sms.Delivered.Count.ShouldBe(before);
        await product.BookAsync(new AnAppointment().In(workshop));
        await Consistency.ShouldHoldAsync(world, product);

        // And then the other: as today.
        (await CloseAsync(world, product, First, InsideMode.Cancel)).Refusal.ShouldBeNull();
        await product.DoChoresAsync();
        (await StoredAsync(world, product, workshop)).IsCancelled.ShouldBeTrue();
        (await Consistency.ShouldHoldAsync(world, product))
            .ShouldAllBe(appointment => appointment.Status == AppointmentStatus.Cancelled);
    }

    [Fact]
    public async Task When_the_first_is_away_the_second_has_it_with_the_seats_and_nobody_who_comes_is_disturbed()
    {
        var (world, product) = await StartAsync(advisors: 2);
        var workshop = await PlanAsync(world, product);
        var seat = await product.BookAsync(new AnAppointment().In(workshop));
        await product.DispatchAsync();
        var before = world.Sms.Delivered.Count;
        (await CloseAsync(world, product, First, InsideMode.Cancel)).Refusal.ShouldBeNull();
        world.Clock.AdvanceMinutes(2);
        await product.DoChoresAsync();
        await product.DispatchAsync();
        var alone = await StoredAsync(world, product, workshop);
        (alone.AdvisorId, alone.CoAdvisorId, alone.IsCancelled).ShouldBe((Second, null, false));
        var kept = (await product.Get<IAppointmentStore>().ReadAsync(seat.Reference, CancellationToken.None))!.Value;
        (kept.Status, kept.AdvisorId, kept.CitizenVersion).ShouldBe((AppointmentStatus.Booked, Second, 1));
        world.Sms.Delivered.Count.ShouldBe(before);
        (await world.LongChangesAsync()).ShouldBeEmpty();
        await product.BookAsync(new AnAppointment().In(workshop));
        await product.CancelAsync(kept);
        await Consistency.ShouldHoldAsync(world, product);
        world.GoTo("2026-11-23T12:00");
        await product.SendSmsAsync();
        world.Sms.Delivered.ShouldContain(sms => sms.Kind == MessageKinds.Reminder, "the reminder is still true");
    }

    [Fact]
    public async Task Both_away_and_it_is_cancelled_once_and_each_is_told_once()
    {
        var (world, product) = await StartAsync(advisors: 2);
        var workshop = await PlanAsync(world, product);
        await product.BookAsync(new AnAppointment().In(workshop));
        await product.DispatchAsync();
        (await product.Get<AddAbsence>().ExecuteAsync(
            new AbsenceRequest(world.Territory, null, Directories.Structure, AnAppointment.Wall("2026-11-24T00:00"), AnAppointment.Wall("2026-11-25T00:00"), null, InsideMode.Cancel, RequestIdentity.Of("absence", null, "")),
            CancellationToken.None)).Refusal.ShouldBeNull();
        await product.DoChoresAsync();
        await product.DispatchAsync();
        (await StoredAsync(world, product, workshop)).IsCancelled.ShouldBeTrue();
        world.Mail.Received.Count(mail => mail.Kind == MessageKinds.InviteCancel).ShouldBe(2);
        world.Sms.Delivered.Count(sms => sms.Kind == MessageKinds.Cancellation).ShouldBe(1);
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task Ten_sessions_over_half_a_year_with_all_that_one_may_be_told_are_one_transaction()
    {
        var (world, product) = await StartAsync(advisors: 2);
        SessionRequest[] sessions = [.. Enumerable.Range(0, 10).Select(turn => new SessionRequest(world.At($"{new LocalDate(2026, 12, 1).PlusDays(18 * turn):uuuu-MM-dd}T10:00")))];
        var planned = (await product.Get<PlanCourse>().ExecuteAsync(
            new CourseRequest(world.Territory, First, "Maîtriser sa tablette", "premiers-pas", 60, Directories.Place.Value, 40, sessions, RequestIdentity.Of("course", null, ""))
            {
                CoAdvisorId = "a2",
            },
            CancellationToken.None)).Value;
        var enrolled = await product.BookAsync(new AnAppointment().InCourse(planned.Id).HelpedBy("06 39 98 55 31").RemindedTwoHoursBefore());
        (await product.EnrolledAsync(enrolled)).Count.ShouldBe(10);
        (await product.TryCancelAsync(enrolled, Actor.Citizen, whole: true)).Refusal.ShouldBeNull();
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task The_load_of_the_structure_counts_it_once()
    {
        var (world, product) = await StartAsync(advisors: 2);
        await PlanAsync(world, product);
        var totals = (await product.Get<ReadLoad>().ExecuteAsync(
            world.Territory, Directories.Structure, new LocalDate(2026, 11, 24), new LocalDate(2026, 11, 24), CancellationToken.None)).Value.Totals;
        totals.Booked.ShouldBe(1);
    }

    [Fact]
    public async Task A_course_with_two_advisors_and_bookings_of_the_second_at_once_never_overlap()
    {
        var (world, product) = await StartAsync(advisors: 2);
        var booking = Enumerable.Range(0, 6).Select(hour => Task.Run(() => product.TryBookAsync(new AnAppointment().With("a2").At($"2026-11-24T{12 + hour}:00"))));
        var planning = Enumerable.Range(0, 3).Select(_ => Task.Run(async () => (await TryPlanAsync(world, product)).Refusal));
        var outcomes = await Task.WhenAll(planning);
        await Task.WhenAll(booking);
        outcomes.Count(refusal => refusal is null).ShouldBeLessThanOrEqualTo(1);
        await Consistency.ShouldHoldAsync(world, product);

        var course = (await product.Get<PlanCourse>().ExecuteAsync(
            new CourseRequest(
                world.Territory, First, "Maîtriser sa tablette", "premiers-pas", 60, Directories.Place.Value, 3,
                [new(world.At("2026-12-01T09:00")), new(world.At("2026-12-08T09:00"))], RequestIdentity.Of("course", null, ""))
            {
                CoAdvisorId = "a2",
            },
            CancellationToken.None)).Value;
        await product.BookAsync(new AnAppointment().InCourse(course.Id));
        (await product.TryBookAsync(new AnAppointment().With("a2").At("2026-12-08T09:00"))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        (await product.Get<CancelCourse>().ExecuteAsync(world.Territory, Second, course.Id, null, CancellationToken.None)).Refusal.ShouldBeNull();
        await product.BookAsync(new AnAppointment().With("a2").At("2026-12-08T09:00"));
        await Consistency.ShouldHoldAsync(world, product);
    }

    private static async Task<Workshop> PlanAsync(World world, Product product) => (await TryPlanAsync(world, product)).Value.Workshop;

    private static Task<Result<WorkshopPlanned>> TryPlanAsync(World world, Product product, string second = "a2") => product.Get<PlanWorkshop>().ExecuteAsync(
        new WorkshopRequest(
            world.Territory, First, "Découvrir Internet", "internet", world.At("2026-11-24T14:00"), 120, Directories.Place.Value, 3, RequestIdentity.Of("workshop", null, ""))
        {
            CoAdvisorId = second,
        },
        CancellationToken.None);

    private static Task<Result<AbsenceAdded>> CloseAsync(World world, Product product, AdvisorId advisor, InsideMode mode) => product.Get<AddAbsence>().ExecuteAsync(
        new AbsenceRequest(world.Territory, advisor, null, AnAppointment.Wall("2026-11-24T00:00"), AnAppointment.Wall("2026-11-25T00:00"), null, mode, RequestIdentity.Of("absence", null, "")),
        CancellationToken.None);

    private static async Task<Workshop> StoredAsync(World world, Product product, Workshop workshop) =>
        (await product.Get<IWorkshopStore>().ReadAsync(world.Territory, workshop.Id, CancellationToken.None))!.Value;

    private static async Task<string> FeedAsync(Product product, World world, AdvisorId advisor) =>
        (await product.Get<ReadFeed>().ExecuteAsync(product.Get<FeedTokens>().Of(world.Territory, advisor), CancellationToken.None)).ShouldNotBeNull();
}
