using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Messages;
using Rdv.People;
using Rdv.Sms;
using Rdv.Tests.Infrastructure;
using Rdv.Waiting;
using Rdv.Workshops;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Waiting;

/// <summary>"The course is full: tell me." A seat that is given back in it goes to who waits, in every session or not at all.</summary>
public sealed class FreedCourseTests(TableStorage storage) : ProductTest(storage)
{
    private static readonly string[] Tuesdays = ["2026-11-24T14:00", "2026-12-01T14:00", "2026-12-08T14:00"];

    [Fact]
    public async Task Who_waits_has_the_seat_in_every_session_before_the_public()
    {
        var (world, product) = await StartAsync();
        var course = await product.PlanCourseAsync(Tuesdays, seats: 1);
        (await TryAskAsync(world, product, course, "06 39 98 31 00")).Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ByField["courseId"].ShouldBe(["Il reste des places dans ce cours : inscrivez-vous."]);
        var first = await product.BookAsync(new AnAppointment().InCourse(course.Id));
        var person = await AskAsync(world, product, course, "06 39 98 31 01");
        await product.SendSmsAsync();
        (await product.TryCancelAsync(first, Actor.Citizen, whole: true)).Refusal.ShouldBeNull();
        await product.DoChoresAsync();
        (await product.TryBookAsync(new AnAppointment().InCourse(course.Id))).Refusal.ShouldBeOfType<Refusal.SlotTaken>("it is kept for who waits");
        (await product.TryBookAsync(new AnAppointment().In(course.Sessions[2]).BookedBy(Actor.Hotline))).Refusal.ShouldBeOfType<Refusal.SlotTaken>("in every session");
        await product.SendSmsAsync();
        var told = world.Sms.Delivered.Single(sms => sms.Kind == MessageKinds.Freed).Text;
        told.ShouldContain("dans le cours");
        Gsm7.Segments(told).ShouldBe(1, told);

        var taken = (await product.ClaimAsync((await product.WaitingAsync(person.Id))!)).Value.Appointment;
        (await product.EnrolledAsync(taken)).Select(one => one.Seat!.Session!.Value.Number).ShouldBe([1, 2, 3]);
        (await product.WaitingAsync(person.Id)).ShouldBeNull();
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task A_single_session_that_is_given_back_is_no_course()
    {
        var (world, product) = await StartAsync();
        var course = await product.PlanCourseAsync(Tuesdays, seats: 1);
        var all = await product.EnrolledAsync(await product.BookAsync(new AnAppointment().InCourse(course.Id)));
        await AskAsync(world, product, course, "06 39 98 31 02");
        (await product.TryCancelAsync(all[1], Actor.Citizen, whole: false)).Refusal.ShouldBeNull();
        await product.DoChoresAsync();
        await product.SendSmsAsync();
        world.Sms.Delivered.ShouldNotContain(sms => sms.Kind == MessageKinds.Freed);
        (await world.ChoresAsync()).ShouldNotContain(Rdv.Chores.ChoreKinds.Seat);

        // The others are given up one by one: with the last, there is a course again.
        foreach (var session in new[] { all[0], all[2] })
        {
            (await product.TryCancelAsync(session, Actor.Citizen, whole: false)).Refusal.ShouldBeNull();
        }

        await product.DoChoresAsync();
        await product.SendSmsAsync();
        world.Sms.Delivered.Count(sms => sms.Kind == MessageKinds.Freed).ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_waits_for_a_course_that_has_begun_and_who_waits_for_one_without_its_first_session_waits_on()
    {
        var (world, product) = await StartAsync();
        var course = await product.PlanCourseAsync(Tuesdays, seats: 1);
        var first = await product.BookAsync(new AnAppointment().InCourse(course.Id));
        var person = await AskAsync(world, product, course, "06 39 98 31 03");
        (await product.TryCancelAsync(course.Sessions[0])).Refusal.ShouldBeNull();
        (await product.Get<FindWaiting>().ExecuteAsync(person.Id, product.KeyOf(person), default)).Value.Workshop!.Id.ShouldBe(course.Sessions[1].Id);
        (await product.TryCancelAsync((await product.EnrolledAsync(first))[1], Actor.Citizen, whole: true)).Refusal.ShouldBeNull();
        await product.DoChoresAsync();
        await product.SendSmsAsync();
        var taken = (await product.ClaimAsync((await product.WaitingAsync(person.Id))!)).Value.Appointment;
        (await product.EnrolledAsync(taken)).Count.ShouldBe(2);
        world.GoTo("2026-12-01T15:00");
        (await TryAskAsync(world, product, course, "06 39 98 31 04")).Refusal.ShouldBeOfType<Refusal.Invalid>();
    }

    private static async Task<WaitingPerson> AskAsync(World world, Product product, CoursePlanned course, string phone)
    {
        world.Clock.AdvanceSeconds(1);
        return (await product.WaitingAsync((await TryAskAsync(world, product, course, phone)).Value.Id)).ShouldNotBeNull();
    }

    private static Task<Result<Listed>> TryAskAsync(World world, Product product, CoursePlanned course, string phone) =>
        product.Get<AskToBeCalled>().ExecuteAsync(
            new ARequest(phone, "Odette Fictive", Key: phone).In(world) with { Topic = null, CourseId = course.Id.Value }, TestContext.Current.CancellationToken);
}
