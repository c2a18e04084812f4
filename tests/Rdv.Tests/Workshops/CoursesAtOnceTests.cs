using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Chores;
using Rdv.People;
using Rdv.Tests.Infrastructure;
using Rdv.Workshops;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Workshops;

/// <summary>Whatever runs at once and wherever a process dies: no session has a seat too many, and nobody has half of a course.</summary>
public sealed class CoursesAtOnceTests(TableStorage storage) : ProductTest(storage)
{
    private static readonly string[] Tuesdays = ["2026-11-24T14:00", "2026-12-01T14:00", "2026-12-08T14:00", "2026-12-15T14:00", "2026-12-22T14:00"];

    [Fact]
    public async Task Enrolments_single_seats_and_a_session_that_moves()
    {
        var (world, product) = await StartAsync();
        var course = await product.PlanCourseAsync(Tuesdays, seats: 4);
        var enrolling = Enumerable.Range(0, 7).Select(_ => Task.Run(() => product.TryBookAsync(new AnAppointment().InCourse(course.Id))));
        var single = Enumerable.Range(0, 4).Select(at => Task.Run(() => product.TryBookAsync(new AnAppointment().In(course.Sessions[1 + (at % 2)]).BookedBy(Actor.Hotline))));
        var moving = Task.Run(() => product.TryMoveAsync(course.Sessions[2], "2026-12-09T09:00"));
        var outcomes = await Task.WhenAll([.. enrolling, .. single]);
        (await moving).Refusal.ShouldBeNull();
        await product.DoChoresAsync();
        outcomes.ShouldAllBe(outcome => outcome.Refusal == null || outcome.Refusal is Refusal.SlotTaken);

        var appointments = await Consistency.ShouldHoldAsync(world, product);
        var enrolments = appointments.Where(one => one.Enrolment is not null).GroupBy(one => one.Enrolment!.Codes).ToList();
        enrolments.Count.ShouldBe(outcomes.Take(7).Count(outcome => outcome.Refusal is null));
        enrolments.ShouldAllBe(enrolment => enrolment.Count() == 5);
        foreach (var session in course.Sessions)
        {
            appointments.Count(one => one.Seat!.Id == session.Id).ShouldBeLessThanOrEqualTo(4);
        }

        // Nobody was refused while there was a seat in every session.
        course.Sessions.Max(session => appointments.Count(one => one.Seat!.Id == session.Id)).ShouldBe(4);
        appointments.Where(one => one.Seat!.Id == course.Sessions[2].Id).ShouldAllBe(one => one.LocalStart == AnAppointment.Wall("2026-12-09T09:00"));
    }

    [Fact]
    public async Task The_same_enrolment_sent_five_times_at_once_is_one()
    {
        var (world, product) = await StartAsync();
        var course = await product.PlanCourseAsync(Tuesdays);
        var wanted = new AnAppointment().Calling("06 39 98 55 21").InCourse(course.Id).Under("k");
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => product.TryBookAsync(wanted))));
        outcomes.Select(outcome => outcome.Value.Appointment.Reference).Distinct().ShouldHaveSingleItem();
        (await Consistency.ShouldHoldAsync(world, product)).Count.ShouldBe(5);
    }

    [Fact]
    public async Task Two_who_cancel_the_same_enrolment_and_the_advisor_who_cancels_the_course_give_each_seat_back_once()
    {
        var (world, product) = await StartAsync();
        var course = await product.PlanCourseAsync(Tuesdays);
        var all = await product.EnrolledAsync(await product.BookAsync(new AnAppointment().InCourse(course.Id)));
        await product.SendSmsAsync();
        var outcomes = await Task.WhenAll(
            Task.Run(async () => (await product.TryCancelAsync(all[0], Actor.Citizen, whole: true)).Refusal),
            Task.Run(async () => (await product.TryCancelAsync(all[4], Actor.Hotline, whole: true)).Refusal),
            Task.Run(async () => (await product.TryCancelAsync(all[2], Actor.Citizen, whole: false)).Refusal),
            Task.Run(async () => (await product.Get<CancelCourse>().ExecuteAsync(
                world.Territory, new Rdv.Ids.AdvisorId("a1"), course.Id, null, TestContext.Current.CancellationToken)).Refusal));
        outcomes.ShouldAllBe(refusal => refusal == null);
        await product.DoChoresAsync();
        (await Consistency.ShouldHoldAsync(world, product))
            .ShouldAllBe(one => one.Status == AppointmentStatus.Cancelled && one.Version == 2);
    }

    [Fact]
    public async Task A_process_that_dies_while_it_enrols_somebody_leaves_nothing_or_all_of_it()
    {
        for (var step = 1; ; step++)
        {
            var (world, restarted) = await StartAsync();
            var course = await restarted.PlanCourseAsync(Tuesdays);
            var wanted = new AnAppointment().Calling("06 39 98 55 22").InCourse(course.Id).Under("k");
            var kill = await world.KillAsync(new KillSwitch(step), killed => killed.TryBookAsync(wanted));
            var left = await Consistency.ShouldHoldAsync(world, restarted);
            left.Count.ShouldBeOneOf(0, 5);
            await restarted.BookAsync(wanted);
            (await Consistency.ShouldHoldAsync(world, restarted)).Count.ShouldBe(5, kill.Where);
            await restarted.SendSmsAsync();
            world.Sms.Delivered.Count.ShouldBe(1, kill.Where);
            if (!kill.Fired)
            {
                step.ShouldBeGreaterThan(3);
                return;
            }
        }
    }

    [Fact]
    public async Task A_process_that_dies_while_it_cancels_a_course_leaves_nobody_untold_and_tells_nobody_twice()
    {
        for (var step = 1; ; step++)
        {
            var (world, restarted) = await StartAsync();
            var course = await restarted.PlanCourseAsync(Tuesdays[..3]);
            var first = await restarted.BookAsync(new AnAppointment().InCourse(course.Id));
            await restarted.BookAsync(new AnAppointment().InCourse(course.Id));
            await restarted.SendSmsAsync();
            var kill = await world.KillAsync(new KillSwitch(step), killed => CancelAsync(world, killed, course));
            if (!(await restarted.Get<IWorkshopStore>().ReadAsync(world.Territory, course.Sessions[0].Id, TestContext.Current.CancellationToken))!.Value.IsCancelled)
            {
                await CancelAsync(world, restarted, course);
            }

            world.Clock.AdvanceMinutes(2);
            await restarted.DoChoresAsync();
            (await Consistency.ShouldHoldAsync(world, restarted))
                .ShouldAllBe(one => one.Status == AppointmentStatus.Cancelled && one.IsWholeCancelled && one.Version == 2);
            await restarted.SendSmsAsync();
            world.Sms.Delivered.Count(sms => sms.Kind == "cancellation").ShouldBe(2, kill.Where);
            (await world.LongChangesAsync()).ShouldBeEmpty();
            _ = first;
            if (!kill.Fired)
            {
                step.ShouldBeGreaterThan(5);
                return;
            }
        }
    }

    private static Task<Result<CourseCancelled>> CancelAsync(World world, Product product, CoursePlanned course) => product.Get<CancelCourse>().ExecuteAsync(
        world.Territory, new Rdv.Ids.AdvisorId("a1"), course.Id, "Salle fermée", TestContext.Current.CancellationToken);
}
