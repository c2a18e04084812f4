using Rdv.Messages;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Dispatch;

/// <summary>What becomes of a message that may have left (docs/adr/0003).</summary>
public sealed class StaleClaimTests(TableStorage storage) : ProductTest(storage)
{
    [Fact]
    public async Task The_same_id_is_tried_again_for_four_minutes_and_then_the_hotline_is_told()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment());
        world.Sms.LosesAnswers = true;
        await product.DispatchForAsync(20);

        world.Sms.Asked.Count.ShouldBe(5); // at 0, 1, 2, 3 and 4 minutes
        world.Sms.Asked.DistinctBy(sms => (sms.RepeatabilityId, sms.FirstSent)).Count().ShouldBe(1);
        world.Sms.Delivered.Count.ShouldBe(1);
        (await world.CallsAsync()).ShouldBe(["unknown confirmation"]);
        (await world.LogAsync()).ShouldContain("confirmation 1 Unknown");
    }

    [Fact]
    public async Task A_claim_under_way_is_left_alone()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment());
        world.Sms.LosesAnswers = true;
        await product.SendSmsAsync();
        world.Clock.AdvanceSeconds(59);
        await product.SendSmsAsync();
        world.Sms.Asked.Count.ShouldBe(1);
    }

    // The first try delivered and its answer was lost; the next ones find the provider away, for so many minutes.
    [Theory]
    [InlineData(2, false)]
    [InlineData(10, true)]
    public async Task A_provider_that_goes_away_after_a_lost_answer_does_not_make_a_second_sms(int minutesAway, bool call)
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment());
        world.Sms.LosesAnswers = true;
        await product.SendSmsAsync();
        world.Clock.AdvanceMinutes(1);
        world.Sms.Refuse = _ => new SendResult.Unavailable("503");
        await product.DispatchForAsync(minutesAway - 1);
        world.Sms.Refuse = null;
        world.Sms.LosesAnswers = false;
        await product.DispatchForAsync(20);

        world.Sms.Asked.Select(sms => sms.RepeatabilityId).Distinct().Count().ShouldBe(1);
        world.Sms.Delivered.Count.ShouldBe(1);
        (await world.CallsAsync()).ShouldBe(call ? ["unknown confirmation"] : []);
    }

    [Fact]
    public async Task A_mail_is_repeated_under_its_message_id_however_late()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment());
        await world.KillAsync(new KillSwitch("after mail"), killed => killed.SendInvitesAsync());

        world.Clock.AdvanceMinutes(45);
        await product.SendInvitesAsync();
        world.Mail.Received.Count.ShouldBe(2);
        world.Mail.Received.Select(mail => mail.MessageId).Distinct().ShouldHaveSingleItem();
        (await world.DueAsync("due|mail|")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_advisor_who_may_have_been_told_is_told_of_a_move_that_crosses_the_next_try()
    {
        var (world, product) = await StartAsync(advisors: 2);
        var other = world.Start();
        var booked = await product.BookAsync(new AnAppointment().With("a1"));
        await world.KillAsync(new KillSwitch("after mail"), killed => killed.SendInvitesAsync());

        world.Mail.KindsTo("a1").ShouldBe(["invite"]);
        world.Clock.AdvanceMinutes(2);
        await product.SendSmsAsync();
        var moved = false;
        product.Storage.Meanwhile = async request =>
        {
            if (request.What == "update" && !moved)
            {
                moved = true;
                await other.MoveAsync(booked, advisor: "a2");
            }
        };
        await product.SendInvitesAsync();
        moved.ShouldBeTrue();
        await product.DispatchForAsync(4);
        world.Mail.KindsTo("a1").ShouldBe(["invite", "invite-cancel"]);
        world.Mail.KindsTo("a2").ShouldBe(["invite"]);
        (await world.DueAsync("due|mail|")).ShouldBeEmpty();
    }

    // The run claims the newest of what is due, and sends what the oldest had to say: what it may have told is not forgotten with the newest.
    [Fact]
    public async Task An_invite_that_may_have_left_with_a_move_is_taken_back()
    {
        var (world, product) = await StartAsync();
        var moved = await product.MoveAsync(await product.BookAsync(new AnAppointment().With("a1")), "2026-11-24T10:00");
        await world.KillAsync(new KillSwitch("after mail"), killed => killed.SendInvitesAsync());
        await product.CancelAsync(moved);

        world.Clock.AdvanceMinutes(2);
        await product.DispatchForAsync(3);
        world.Mail.KindsTo("a1").ShouldBe(["invite", "invite-cancel"]);
        (await world.DueAsync("due|mail|")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_workshop_that_may_have_been_told_with_its_move_is_taken_back()
    {
        var (world, product) = await StartAsync();
        var workshop = await product.PlanWorkshopAsync("2026-11-24T09:00");
        (await product.TryMoveAsync(workshop, "2026-11-25T10:00")).Refusal.ShouldBeNull();
        await world.KillAsync(new KillSwitch("after mail"), killed => killed.SendInvitesAsync());
        (await product.TryCancelAsync(workshop)).Refusal.ShouldBeNull();

        world.Clock.AdvanceMinutes(2);
        await product.DispatchForAsync(3);
        world.Mail.KindsTo("a1").ShouldBe(["invite", "invite-cancel"]);
        (await world.DueAsync("due|mail|")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_course_that_may_have_been_told_with_a_move_is_not_told_again_with_a_cancellation()
    {
        var (world, product) = await StartAsync();
        var course = await product.PlanCourseAsync(["2026-11-24T14:00", "2026-12-01T14:00", "2026-12-08T14:00"]);
        await product.BookAsync(new AnAppointment().InCourse(course.Id));
        (await product.TryMoveAsync(course.Sessions[0], "2026-11-25T10:00")).Refusal.ShouldBeNull();
        await world.KillAsync(new KillSwitch("after sms"), killed => killed.SendSmsAsync());
        (await product.TryCancelAsync(course.Sessions[0])).Refusal.ShouldBeNull();

        world.Clock.AdvanceMinutes(2);
        await product.DispatchForAsync(3);
        world.Sms.Kinds.ShouldBe(["confirmation", "cancellation"]);
        (await world.CallsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_may_have_been_told_is_not_forgotten_by_a_run_that_dies_while_it_settles_what_was_overtaken()
    {
        for (var step = 1; ; step++)
        {
            var (world, product) = await StartAsync();
            var moved = await product.MoveAsync(await product.BookAsync(new AnAppointment().With("a1")), "2026-11-24T10:00");
            await world.KillAsync(new KillSwitch("after mail"), killed => killed.SendInvitesAsync());
            for (var hour = 11; hour < 15; hour++)
            {
                moved = await product.MoveAsync(moved, $"2026-11-24T{hour}:00");
            }

            await product.CancelAsync(moved);
            world.Clock.AdvanceMinutes(2);
            var kill = await world.KillAsync(new KillSwitch(step), killed => killed.SendInvitesAsync());
            world.Clock.AdvanceMinutes(2);
            await product.DispatchForAsync(3);
            world.Mail.KindsTo("a1").Distinct().ShouldBe(["invite", "invite-cancel"], $"killed {kill.Where ?? "never"}, step {step}");
            if (!kill.Fired)
            {
                break;
            }
        }
    }
}
