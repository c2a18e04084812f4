using Rdv.Messages;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Dispatch;

/// <summary>What an advisor's calendar hears: enough to agree with Rdv, and nothing of what was undone before they knew.</summary>
public sealed class InviteRulesTests(TableStorage storage) : ProductTest(storage)
{
    [Theory]
    // Nobody had been told.
    [InlineData(false, "a2", "", "invite", "")]
    [InlineData(false, "a2 a3", "", "", "invite")]
    [InlineData(false, "a2 a1", "invite", "", "")]
    [InlineData(false, "a2 a1 a2", "", "invite", "")]
    [InlineData(false, "time", "invite", "", "")]
    [InlineData(false, "cancel", "", "", "")]
    [InlineData(false, "a2 cancel", "", "", "")]
    // The first advisor had been told.
    [InlineData(true, "a2", "invite invite-cancel", "invite", "")]
    [InlineData(true, "a2 a3", "invite invite-cancel", "", "invite")]
    [InlineData(true, "a2 a1", "invite invite", "", "")]
    [InlineData(true, "a2 a1 a2", "invite invite-cancel", "invite", "")]
    [InlineData(true, "time", "invite invite-update", "", "")]
    [InlineData(true, "time time", "invite invite-update", "", "")]
    [InlineData(true, "cancel", "invite invite-cancel", "", "")]
    [InlineData(true, "time cancel", "invite invite-cancel", "", "")]
    [InlineData(true, "a2 cancel", "invite invite-cancel", "", "")]
    public async Task After_changes_within_a_minute(bool told, string changes, string a1, string a2, string a3)
    {
        var (world, product) = await StartAsync(advisors: 3);
        var appointment = await product.BookAsync(new AnAppointment().With("a1"));
        if (told)
        {
            await product.SendInvitesAsync();
        }

        var hour = 9;
        foreach (var change in changes.Split(' '))
        {
            world.Clock.AdvanceSeconds(5);
            appointment = change switch
            {
                "cancel" => await product.CancelAsync(appointment),
                "time" => await product.MoveAsync(appointment, $"2026-11-24T{++hour:00}:00"),
                var advisor => await product.MoveAsync(appointment, advisor: advisor),
            };
        }

        await product.DispatchForAsync(3);
        string.Join(' ', world.Mail.KindsTo("a1")).ShouldBe(a1);
        string.Join(' ', world.Mail.KindsTo("a2")).ShouldBe(a2);
        string.Join(' ', world.Mail.KindsTo("a3")).ShouldBe(a3);
        (await world.DueAsync("due|mail|")).ShouldBeEmpty();
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task Every_mail_of_an_appointment_has_one_uid_and_a_sequence_that_rises()
    {
        var (world, product) = await StartAsync(advisors: 2);
        var appointment = await product.BookAsync(new AnAppointment().With("a1"));
        await product.DispatchForAsync(1);
        appointment = await product.MoveAsync(appointment, "2026-11-24T10:00");
        await product.DispatchForAsync(1);
        appointment = await product.MoveAsync(appointment, advisor: "a2");
        await product.DispatchForAsync(1);
        appointment = await product.MoveAsync(appointment, advisor: "a1");
        await product.DispatchForAsync(1);
        await product.CancelAsync(appointment);
        await product.DispatchForAsync(1);

        var toFirst = world.Mail.Received.Where(mail => mail.To == Directories.MailOf("a1")).ToArray();
        toFirst.Select(mail => mail.Kind).ShouldBe(["invite", "invite-update", "invite-cancel", "invite", "invite-cancel"]);
        toFirst.Select(mail => Line(mail, "UID:")).Distinct().ShouldHaveSingleItem();
        toFirst.Select(mail => int.Parse(Line(mail, "SEQUENCE:"), provider: null)).ShouldBe([0, 1, 2, 3, 4]);
    }

    [Fact]
    public async Task A_mail_server_that_is_away_holds_up_no_sms_and_gets_the_invite_later()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment());
        world.Mail.Refuse = _ => new SendResult.Unavailable("421");
        await product.DispatchForAsync(10);
        world.Sms.Kinds.ShouldBe(["confirmation"]);
        world.Mail.Refuse = null;
        await product.DispatchForAsync(10);
        world.Mail.KindsTo("a1").ShouldBe(["invite"]);
    }

    [Fact]
    public async Task An_invite_that_certainly_did_not_leave_is_not_taken_back()
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment());
        world.Mail.Refuse = _ => new SendResult.Unavailable("421");
        await product.DispatchForAsync(3);
        await product.CancelAsync(booked);
        world.Mail.Refuse = null;
        await product.DispatchForAsync(20);
        world.Mail.Received.ShouldBeEmpty();
        (await world.DueAsync("due|mail|")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_advisor_who_came_after_the_directory_was_read_gets_the_invite()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment());
        await product.DispatchAsync();
        var other = world.Start();
        await Directories.FillAsync(other.Get<Rdv.Directory.Import.WriteDirectory>(), world.Territory, advisors: 2);
        await other.BookAsync(new AnAppointment().At("2026-11-24T11:00").With("a2"));
        await product.DispatchForAsync(1);
        world.Mail.KindsTo("a2").ShouldBe(["invite"]);
    }

    private static string Line(OutgoingMail mail, string property) =>
        mail.Calendar!.Split("\r\n").Single(line => line.StartsWith(property, StringComparison.Ordinal))[property.Length..];
}
