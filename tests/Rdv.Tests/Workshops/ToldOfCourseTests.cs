using NodaTime;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Messages;
using Rdv.People;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Workshops;

/// <summary>Whoever enrols in a course is told of it, with the sessions that there are when the message leaves.</summary>
public sealed class ToldOfCourseTests(TableStorage storage) : ProductTest(storage)
{
    private const string Mobile = "06 39 98 56 01";
    private static readonly string[] Tuesdays = ["2026-11-24T14:00", "2026-12-01T14:00", "2026-12-08T14:00", "2026-12-15T14:00", "2026-12-22T14:00"];

    [Fact]
    public async Task The_advisor_cancels_the_first_session_before_my_message_leaves()
    {
        var (world, product) = await StartAsync();
        var course = await product.PlanCourseAsync(Tuesdays);
        await product.BookAsync(new AnAppointment().InCourse(course.Id).Calling(Mobile));
        (await product.TryCancelAsync(course.Sessions[0])).Refusal.ShouldBeNull();
        await product.SendSmsAsync();
        var told = world.Sms.Delivered.ShouldHaveSingleItem();
        told.Kind.ShouldBe(MessageKinds.Confirmation);
        told.Text.ShouldContain("mardi 1er d");
        told.Text.ShouldContain("puis 3 séances");
        await product.DispatchForAsync(20);
        world.Sms.Delivered.Count.ShouldBe(1);
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task I_give_up_the_first_session_at_once_and_still_hear_of_the_others()
    {
        var (world, product) = await StartAsync();
        var course = await product.PlanCourseAsync(Tuesdays);
        var first = await product.BookAsync(new AnAppointment().InCourse(course.Id).Calling(Mobile).HelpedBy("06 39 98 56 02"));
        (await product.TryCancelAsync(first, Actor.Citizen, whole: false)).Refusal.ShouldBeNull();
        await product.SendSmsAsync();
        world.Sms.Delivered.Count.ShouldBe(2, "the person and who helps them");
        world.Sms.Delivered.ShouldAllBe(sms => sms.Kind == MessageKinds.Confirmation && sms.Text.Contains("1er d", StringComparison.Ordinal));
        world.Sms.Delivered.ShouldAllBe(sms => sms.Text.Contains("puis 3 séances", StringComparison.Ordinal) || sms.Text.Contains("+3 dates", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_later_session_is_cancelled_before_my_message_leaves_and_is_not_counted()
    {
        var (world, product) = await StartAsync();
        var course = await product.PlanCourseAsync(Tuesdays);
        await product.BookAsync(new AnAppointment().InCourse(course.Id).Calling(Mobile));
        (await product.TryCancelAsync(course.Sessions[2])).Refusal.ShouldBeNull();
        await product.SendSmsAsync();
        world.Sms.Delivered.Select(sms => sms.Kind).ShouldBe([MessageKinds.Confirmation, MessageKinds.Cancellation], ignoreOrder: true);
        world.Sms.Delivered.Single(sms => sms.Kind == MessageKinds.Confirmation).Text.ShouldContain("à 14h, puis 3 séances");
    }

    [Fact]
    public async Task The_provider_is_away_while_the_first_session_moves()
    {
        var (world, product) = await StartAsync();
        var course = await product.PlanCourseAsync(Tuesdays);
        await product.BookAsync(new AnAppointment().InCourse(course.Id).Calling(Mobile));
        world.Sms.Refuse = _ => new SendResult.Unavailable("503");
        await product.SendSmsAsync();
        (await product.TryMoveAsync(course.Sessions[0], "2026-11-25T10:00")).Refusal.ShouldBeNull();
        world.Sms.Refuse = null;
        await product.DispatchForAsync(20);
        var told = world.Sms.Delivered.ShouldHaveSingleItem();
        told.Kind.ShouldBe(MessageKinds.Confirmation);
        told.Text.ShouldContain("25 nov");
        told.Text.ShouldContain("puis 4 séances");
    }

    [Fact]
    public async Task The_link_asked_for_again_counts_the_sessions_that_are_left()
    {
        var (world, product) = await StartAsync();
        var course = await product.PlanCourseAsync(Tuesdays);
        var first = await product.BookAsync(new AnAppointment().InCourse(course.Id).Calling(Mobile));
        await product.SendSmsAsync();
        (await product.TryCancelAsync(course.Sessions[3])).Refusal.ShouldBeNull();
        await product.SendSmsAsync();
        world.Clock.AdvanceMinutes(30);
        await product.Get<SendLinkAgain>().ExecuteAsync(first.Reference, Mobile, TestContext.Current.CancellationToken);
        await product.SendSmsAsync();
        world.Sms.Delivered[^1].Kind.ShouldBe(MessageKinds.Link);
        world.Sms.Delivered[^1].Text.ShouldContain("puis 3 séances");
    }

    [Theory]
    [InlineData("it is over")]
    [InlineData("I came")]
    [InlineData("it was cancelled")]
    public async Task The_link_asked_for_again_with_the_reference_of_the_first_session_after(string what)
    {
        var (world, product) = await StartAsync();
        var course = await product.PlanCourseAsync(Tuesdays);
        var first = await product.BookAsync(new AnAppointment().InCourse(course.Id).Calling(Mobile));
        await product.SendSmsAsync();
        if (what == "it was cancelled")
        {
            (await product.TryCancelAsync(course.Sessions[0])).Refusal.ShouldBeNull();
            await product.SendSmsAsync();
            world.Clock.AdvanceMinutes(30);
        }
        else
        {
            world.GoTo("2026-11-25T10:00");
            if (what == "I came")
            {
                (await product.Get<MarkOutcome>().ExecuteAsync(first.Reference, first.AdvisorId, kept: true, TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
            }
        }

        await product.Get<SendLinkAgain>().ExecuteAsync(first.Reference, Mobile, TestContext.Current.CancellationToken);
        await product.SendSmsAsync();
        world.Sms.Delivered[^1].Kind.ShouldBe(MessageKinds.Link);
        world.Sms.Delivered[^1].Text.ShouldContain("séance 2 du cours");

        // Nor is it sent to whoever asks, or as often as one asks.
        var before = world.Sms.Delivered.Count;
        await product.Get<SendLinkAgain>().ExecuteAsync(first.Reference, Mobile, TestContext.Current.CancellationToken);
        await product.Get<SendLinkAgain>().ExecuteAsync(first.Reference, "06 39 98 56 77", TestContext.Current.CancellationToken);
        await product.SendSmsAsync();
        world.Sms.Delivered.Count.ShouldBe(before);
    }

    [Fact]
    public async Task All_of_it_is_cancelled_before_my_message_leaves_and_I_hear_that_alone()
    {
        var (world, product) = await StartAsync();
        var course = await product.PlanCourseAsync(Tuesdays);
        var first = await product.BookAsync(new AnAppointment().InCourse(course.Id).Calling(Mobile));
        (await product.TryCancelAsync(first, Actor.Citizen, whole: true)).Refusal.ShouldBeNull();
        await product.SendSmsAsync();
        world.Sms.Delivered.ShouldHaveSingleItem().Kind.ShouldBe(MessageKinds.Cancellation);
    }
}
