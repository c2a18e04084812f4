using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Dispatch;

/// <summary>A process that is killed at any step of a run: what was due goes out once, or the hotline is told that it may not have.</summary>
public sealed class KilledDispatchTests(TableStorage storage) : ProductTest(storage)
{
    // Within the window in which the provider knows an id again, and beyond it.
    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    public async Task At_any_step_each_message_goes_out_once_or_becomes_a_call(int minutesDown)
    {
        var kills = new List<string>();
        for (var step = 1; ; step++)
        {
            var (world, restarted) = await StartAsync();
            await restarted.BookAsync(new AnAppointment());
            var kill = await world.KillAsync(new KillSwitch(step), killed => killed.DispatchAsync());
            if (kill.Fired)
            {
                kills.Add(kill.Where!);
            }

            var told = $"killed {kill.Where ?? "never"}, step {step}";
            world.Clock.AdvanceMinutes(minutesDown);
            await restarted.DispatchForAsync(6);

            var calls = await world.CallsAsync();
            world.Sms.Kinds.Count.ShouldBeLessThanOrEqualTo(1, told);
            world.Sms.Asked.Select(sms => sms.RepeatabilityId).Distinct().Count().ShouldBeLessThanOrEqualTo(1, told);
            (world.Sms.Kinds is ["confirmation"] || calls is ["unknown confirmation"]).ShouldBeTrue(told);
            if (minutesDown == 2)
            {
                calls.ShouldBeEmpty(told);
                world.Sms.Kinds.ShouldBe(["confirmation"], told);
            }

            world.Mail.KindsTo("a1").ShouldBe(["invite"], told);
            (await world.DueAsync("due|")).Select(row => row.RowKey.Split('|')[4]).ShouldBe(["reminder-ahead", "reminder"], told);
            await Consistency.ShouldHoldAsync(world, restarted);

            world.GoTo("2026-11-23T11:30");
            await restarted.DispatchForAsync(2);
            world.Sms.Kinds.Count(kind => kind == "reminder").ShouldBe(1, told);
            if (!kill.Fired)
            {
                break;
            }
        }

        kills.ShouldContain("after update"); // the claim
        kills.ShouldContain("after point"); // the reload
        kills.ShouldContain("after sms");
        kills.ShouldContain("after mail");
        kills.ShouldContain("before transaction"); // the settlement
        kills.ShouldContain("after transaction");
    }
}
