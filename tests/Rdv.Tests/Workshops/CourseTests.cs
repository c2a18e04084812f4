using NodaTime;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.People;
using Rdv.Sms;
using Rdv.Tests.Infrastructure;
using Rdv.Workshops;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Workshops;

/// <summary>"Five Tuesdays": one enrolment, one message, a reminder and an outcome for each session.</summary>
public sealed class CourseTests(TableStorage storage) : ProductTest(storage)
{
    /// <summary>Five Tuesdays, over the end of a month.</summary>
    private static readonly string[] Tuesdays = ["2026-11-24T14:00", "2026-12-01T14:00", "2026-12-08T14:00", "2026-12-15T14:00", "2026-12-22T14:00"];

    [Fact]
    public async Task I_enrol_once_and_have_a_seat_in_each_session()
    {
        var (world, product) = await StartAsync();
        var course = await product.PlanCourseAsync(Tuesdays);
        course.Sessions.Select(session => session.LocalStart).ShouldBe(Tuesdays.Select(AnAppointment.Wall));
        var first = await product.BookAsync(new AnAppointment().InCourse(course.Id));
        var all = await product.EnrolledAsync(first);
        all.Select(one => one.LocalStart).ShouldBe(Tuesdays.Select(AnAppointment.Wall));
        all.Select(one => one.Seat!.Session!.Value.Number).ShouldBe([1, 2, 3, 4, 5]);
        all.Select(one => one.Reference).ShouldBeUnique();
        (await LeftAsync(product)).ShouldBe([2, 2, 2, 2, 2]);
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task I_get_one_confirmation_and_a_reminder_for_each_session_that_is_one_segment()
    {
        var (world, product) = await StartAsync();
        var course = await product.PlanCourseAsync(Tuesdays);
        await product.BookAsync(new AnAppointment().InCourse(course.Id));
        await product.DispatchAsync();
        var confirmation = world.Sms.Delivered.ShouldHaveSingleItem();
        confirmation.Kind.ShouldBe(MessageKinds.Confirmation);
        confirmation.Text.ShouldStartWith("Cours: mardi 24 novembre à 14h, puis 4 séances");
        confirmation.Text.ShouldContain("Médiathèque du Parc, 1 rue du Parc");
        Gsm7.Segments(confirmation.Text).ShouldBe(1, confirmation.Text);

        var reminders = new List<string>();
        for (var session = 1; session <= 5; session++)
        {
            // Monday, from the opening to noon.
            world.GoTo($"{AnAppointment.Wall(Tuesdays[session - 1]).Date.PlusDays(-1):uuuu-MM-dd}T12:00");
            await product.SendSmsAsync();
            reminders.AddRange(world.Sms.Delivered.Skip(1 + reminders.Count).Select(sms => sms.Text));
            reminders.Count.ShouldBe(session);
            reminders[^1].ShouldContain($"séance {session} du cours");
        }

        world.GoTo("2026-12-22T13:30");
        await product.SendSmsAsync();
        world.Sms.Delivered.Count.ShouldBe(6);
        world.Sms.Delivered.ShouldAllBe(sms => Gsm7.Segments(sms.Text) == 1);
    }

    [Fact]
    public async Task A_course_of_which_one_session_is_full_takes_nobody_and_keeps_no_half()
    {
        var (world, product) = await StartAsync();
        var course = await product.PlanCourseAsync(Tuesdays, seats: 1);

        // An operator makes up a session that somebody missed elsewhere.
        await product.BookAsync(new AnAppointment().In(course.Sessions[2]).BookedBy(Actor.Hotline));
        (await product.TryBookAsync(new AnAppointment().InCourse(course.Id))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        (await LeftAsync(product)).ShouldBe([1, 1, 0, 1, 1]);
        (await Consistency.ShouldHoldAsync(world, product)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_session_is_not_booked_alone_by_the_public_and_the_answer_names_the_course()
    {
        var (_, product) = await StartAsync();
        var course = await product.PlanCourseAsync(Tuesdays);
        var errors = (await product.TryBookAsync(new AnAppointment().In(course.Sessions[1]))).Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ByField;
        errors["workshopId"].ShouldHaveSingleItem().ShouldContain("séance 2 du cours «\u00a0Maîtriser sa tablette\u00a0»");
        (await product.BookAsync(new AnAppointment().In(course.Sessions[1]).BookedBy(Actor.Advisor))).Enrolment.ShouldBeNull();
    }

    [Fact]
    public async Task The_same_enrolment_sent_twice_is_one_and_counts_once_for_my_number()
    {
        var (world, product) = await StartAsync();
        var course = await product.PlanCourseAsync(Tuesdays);
        var wanted = new AnAppointment().Calling("06 39 98 55 01").InCourse(course.Id).Under("k");
        var first = await product.BookAsync(wanted);
        world.Clock.AdvanceSeconds(1);
        var again = (await product.TryBookAsync(wanted)).Value;
        (again.Repeated, again.Appointment.Reference).ShouldBe((true, first.Reference));
        (await LeftAsync(product)).ShouldBe([2, 2, 2, 2, 2]);
        (await product.TryBookAsync(wanted.For("Someone Else"))).Refusal.ShouldBeOfType<Refusal.IdempotencyMismatch>();

        // Five appointments to come are what a number may have: five sessions are one of them.
        for (var hour = 9; hour < 13; hour++)
        {
            await product.BookAsync(new AnAppointment().Calling("06 39 98 55 01").At($"2026-11-25T{hour:00}:00"));
        }

        (await product.TryBookAsync(new AnAppointment().Calling("06 39 98 55 01").At("2026-11-25T15:00"))).Refusal.ShouldBeOfType<Refusal.TooMany>();
    }

    [Fact]
    public async Task I_give_up_the_whole_course_with_one_message_and_my_seats_are_free()
    {
        var (world, product) = await StartAsync();
        var course = await product.PlanCourseAsync(Tuesdays, seats: 1);
        var first = await product.BookAsync(new AnAppointment().InCourse(course.Id));
        await product.SendSmsAsync();

        // With the reference of any session.
        var third = (await product.EnrolledAsync(first))[2];
        (await product.TryCancelAsync(third, Actor.Citizen, whole: true)).Value.Repeated.ShouldBeFalse();
        (await product.TryCancelAsync(first, Actor.Citizen, whole: true)).Value.Repeated.ShouldBeTrue();
        (await product.EnrolledAsync(first)).ShouldAllBe(one => one.Status == AppointmentStatus.Cancelled && one.IsWholeCancelled);
        (await LeftAsync(product)).ShouldBe([1, 1, 1, 1, 1]);
        await Consistency.ShouldHoldAsync(world, product);
        await product.DispatchAsync();
        var told = world.Sms.Delivered.Skip(1).ShouldHaveSingleItem();
        told.Kind.ShouldBe(MessageKinds.Cancellation);
        told.Text.ShouldContain("inscription au cours \"Maitriser sa tablette\"");

        // No reminder comes for any of them.
        world.GoTo("2026-12-14T12:00");
        await product.SendSmsAsync();
        world.Sms.Delivered.Count.ShouldBe(2);
        (await product.TryBookAsync(new AnAppointment().InCourse(course.Id).BookedBy(Actor.Hotline))).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task I_cannot_come_once_and_give_up_that_session_only()
    {
        var (world, product) = await StartAsync();
        var course = await product.PlanCourseAsync(Tuesdays);
        var all = await product.EnrolledAsync(await product.BookAsync(new AnAppointment().InCourse(course.Id)));
        await product.SendSmsAsync();
        (await product.TryCancelAsync(all[1], Actor.Citizen, whole: false)).Refusal.ShouldBeNull();
        (await LeftAsync(product)).ShouldBe([2, 3, 2, 2, 2]);
        await product.SendSmsAsync();
        world.Sms.Delivered[^1].Text.ShouldContain("séance 2 du cours");
        (await product.EnrolledAsync(all[0])).Count(one => one.Status == AppointmentStatus.Booked).ShouldBe(4);
    }

    [Fact]
    public async Task A_session_that_is_moved_or_cancelled_has_its_own_news_and_the_others_stay()
    {
        var (world, product) = await StartAsync();
        var course = await product.PlanCourseAsync(Tuesdays);
        var first = await product.BookAsync(new AnAppointment().InCourse(course.Id));
        await product.SendSmsAsync();
        (await product.TryMoveAsync(course.Sessions[1], "2026-12-02T10:00")).Refusal.ShouldBeNull();
        (await product.TryCancelAsync(course.Sessions[3])).Value.Told.ShouldBe(1);
        var all = await product.EnrolledAsync(first);
        all.Select(one => one.LocalStart).ShouldBe(Tuesdays.Select((day, index) => AnAppointment.Wall(index == 1 ? "2026-12-02T10:00" : day)));
        all.Select(one => one.Status == AppointmentStatus.Booked).ShouldBe([true, true, true, false, true]);
        await product.SendSmsAsync();
        world.Sms.Delivered.Skip(1).Select(sms => sms.Kind).ShouldBe([MessageKinds.Move, MessageKinds.Cancellation], ignoreOrder: true);
        world.Sms.Delivered.Single(sms => sms.Kind == MessageKinds.Move).Text.ShouldContain("séance 2 du cours");
        world.Sms.Delivered.Single(sms => sms.Kind == MessageKinds.Cancellation).Text.ShouldContain("séance 4 du cours");

        // Whoever enrols now has the four that take place.
        (await product.EnrolledAsync(await product.BookAsync(new AnAppointment().InCourse(course.Id)))).Count.ShouldBe(4);
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task I_hear_of_all_sessions_though_the_first_one_moved_before_the_message_left()
    {
        var (world, product) = await StartAsync();
        var course = await product.PlanCourseAsync(Tuesdays);
        await product.BookAsync(new AnAppointment().InCourse(course.Id));
        (await product.TryMoveAsync(course.Sessions[0], "2026-11-25T10:00")).Refusal.ShouldBeNull();
        await product.SendSmsAsync();
        world.Sms.Delivered.ShouldHaveSingleItem().Text.ShouldStartWith("Cours: mercredi 25 nov. à 10h, puis 4 séances");
    }

    [Fact]
    public async Task The_advisor_cancels_the_course_and_each_of_us_hears_of_it_once()
    {
        var (world, product) = await StartAsync();
        var course = await product.PlanCourseAsync(Tuesdays);
        var first = await product.BookAsync(new AnAppointment().InCourse(course.Id));
        await product.BookAsync(new AnAppointment().InCourse(course.Id));
        await product.BookAsync(new AnAppointment().In(course.Sessions[4]).BookedBy(Actor.Hotline));
        await product.DispatchAsync();
        (await CancelAsync(world, product, course)).Value.Told.ShouldBe(11);
        (await CancelAsync(world, product, course)).Value.Repeated.ShouldBeTrue();
        var appointments = await Consistency.ShouldHoldAsync(world, product);
        appointments.ShouldAllBe(one => one.Status == AppointmentStatus.Cancelled && one.CancelledBy == Actor.Advisor);
        (await world.LongChangesAsync()).ShouldBeEmpty();
        await product.DispatchAsync();
        var told = world.Sms.Delivered.Where(sms => sms.Kind == MessageKinds.Cancellation).ToList();
        told.Count.ShouldBe(3);
        told.Count(sms => sms.Text.Contains("est annulé.", StringComparison.Ordinal)).ShouldBe(2);
        told.Count(sms => sms.Text.Contains("séance 5 du cours", StringComparison.OrdinalIgnoreCase)).ShouldBe(1);
        world.Mail.Received.Count(mail => mail.Kind == MessageKinds.InviteCancel).ShouldBe(5);
        (await product.TryBookAsync(new AnAppointment().InCourse(course.Id))).Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ByField["courseId"].ShouldBe(["Ce cours est annulé."]);
        _ = first;
    }

    [Fact]
    public async Task A_course_that_has_begun_is_joined_with_the_hotline_only_for_what_remains()
    {
        var (world, product) = await StartAsync();
        var course = await product.PlanCourseAsync(Tuesdays);
        world.GoTo("2026-11-25T10:00");
        (await product.TryBookAsync(new AnAppointment().InCourse(course.Id))).Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ByField["courseId"]
            .ShouldHaveSingleItem().ShouldContain("01 99 00 12 34");
        var joined = await product.BookAsync(new AnAppointment().InCourse(course.Id).BookedBy(Actor.Hotline));
        (await product.EnrolledAsync(joined)).Select(one => one.Seat!.Session!.Value.Number).ShouldBe([2, 3, 4, 5]);
        (await ListAsync(product)).ShouldHaveSingleItem().HasBegun.ShouldBeTrue();
    }

    [Fact]
    public async Task Who_missed_a_session_makes_it_up_in_the_next_course()
    {
        var (world, product) = await StartAsync();
        var course = await product.PlanCourseAsync(["2026-11-17T14:00", "2026-11-24T14:00"]);
        var next = await product.PlanCourseAsync(["2026-12-01T14:00", "2026-12-08T14:00"], seats: 1);
        var first = await product.BookAsync(new AnAppointment().Calling("06 39 98 55 07").InCourse(course.Id));
        world.GoTo("2026-11-17T17:00");
        (await product.Get<MarkOutcome>().ExecuteAsync(first.Reference, first.AdvisorId, kept: false, CancellationToken.None)).Value.Status.ShouldBe(AppointmentStatus.Missed);
        var made = await product.BookAsync(new AnAppointment().Calling("06 39 98 55 07").In(next.Sessions[0]).BookedBy(Actor.Advisor));
        (made.Seat!.Session!.Value.Number, made.TellsOfBooking).ShouldBe((1, true));

        // There was room for one.
        (await product.TryBookAsync(new AnAppointment().In(next.Sessions[0]).BookedBy(Actor.Hotline))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        (await product.EnrolledAsync(first)).Select(one => one.Status).ShouldBe([AppointmentStatus.Missed, AppointmentStatus.Booked]);
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_plan_is_said_at_once_and_nothing_is_planned()
    {
        var (world, product) = await StartAsync();
        var refused = (await product.TryPlanCourseAsync(["2026-11-24T14:02", "2026-12-25T14:00", "2026-12-08T23:00"], seats: 41)).Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ByField;
        refused.Keys.ShouldBe(["seats", "sessions[0].start", "sessions[1].start", "minutes"], ignoreOrder: true);
        refused["sessions[1].start"].ShouldHaveSingleItem().ShouldContain("férié");

        await product.BookAsync(new AnAppointment().At("2026-12-01T14:00"));
        (await product.TryPlanCourseAsync(Tuesdays)).Refusal.ShouldBeOfType<Refusal.Overlap>().Message.ShouldContain("1er décembre");
        (await world.RowsAsync("workshop|")).ShouldBeEmpty();
        (await product.TryPlanCourseAsync(["2026-11-24T14:00"])).Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ByField.Keys.ShouldBe(["sessions"]);
        (await product.TryPlanCourseAsync(["2026-11-24T14:00", "2026-11-24T15:00"])).Refusal.ShouldBeOfType<Refusal.Overlap>();
    }

    [Fact]
    public async Task The_same_plan_sent_twice_is_one_course_and_with_another_day_it_is_not_the_same()
    {
        var (_, product) = await StartAsync();
        var first = (await product.TryPlanCourseAsync(Tuesdays, key: "k")).Value;
        var second = (await product.TryPlanCourseAsync(Tuesdays, key: "k")).Value;
        (first.Repeated, second.Repeated, second.Id).ShouldBe((false, true, first.Id));
        (await product.TryPlanCourseAsync(Tuesdays[..4], key: "k")).Refusal.ShouldBeOfType<Refusal.IdempotencyMismatch>();
    }

    [Fact]
    public async Task An_enrolment_costs_a_read_for_each_session_and_each_month_and_one_transaction()
    {
        var (_, product) = await StartAsync();
        var course = await product.PlanCourseAsync(Tuesdays);

        // The directory is known by then.
        await product.BookAsync(new AnAppointment().InCourse(course.Id));
        var cost = await product.Storage.DuringAsync(() => product.BookAsync(new AnAppointment().InCourse(course.Id)));
        cost.ShouldBe(["point", "point", "point", "point", "point", "point", "point", "transaction"]);
    }

    [Fact]
    public async Task Ten_weeks_go_beyond_what_is_offered_and_are_listed_to_the_last()
    {
        var (world, product) = await StartAsync();
        var weeks = Enumerable.Range(0, 10).Select(week => $"{new LocalDate(2026, 12, 1).PlusWeeks(week):uuuu-MM-dd}T10:00").ToList();
        var course = await product.PlanCourseAsync(weeks);
        await product.BookAsync(new AnAppointment().InCourse(course.Id).HelpedBy("06 39 98 55 09").RemindedTwoHoursBefore());
        var listed = (await ListAsync(product)).ShouldHaveSingleItem();
        (listed.Sessions.Count, listed.SeatsLeft, listed.HasBegun).ShouldBe((10, 2, false));
        (await product.Get<ListWorkshops>().ExecuteAsync(world.Territory, null, 42, CancellationToken.None)).Value.Workshops.ShouldBeEmpty();
        await Consistency.ShouldHoldAsync(world, product);
    }

    private static async Task<IReadOnlyList<PlannedCourse>> ListAsync(Product product) =>
        (await product.Get<ListCourses>().ExecuteAsync(Rdv.Territories.Territory.Parse("69"), null, ListWorkshops.DefaultDays, CancellationToken.None)).Value.Courses;

    private static async Task<IReadOnlyList<int>> LeftAsync(Product product) =>
        [.. (await ListAsync(product)).ShouldHaveSingleItem().Sessions.Select(session => session.SeatsLeft)];

    private static Task<Result<CourseCancelled>> CancelAsync(World world, Product product, CoursePlanned course) => product.Get<CancelCourse>().ExecuteAsync(
        world.Territory, new AdvisorId("a1"), course.Id, "Salle fermée", CancellationToken.None);
}
