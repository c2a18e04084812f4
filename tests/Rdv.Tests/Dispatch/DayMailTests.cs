using NodaTime;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Dispatch;

/// <summary>Each morning at 7:00 where they are, an advisor gets their day, once.</summary>
public sealed class DayMailTests(TableStorage storage) : ProductTest(storage)
{
    [Fact]
    public async Task The_day_leaves_at_seven_with_all_that_is_in_it()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment().For("Odette Fictive").At("2026-11-24T09:00"));
        await product.BookAsync(new AnAppointment().For("Marcel Fictif").At("2026-11-24T11:00"));
        var workshop = await product.PlanWorkshopAsync("2026-11-24T14:00");
        await product.BookAsync(new AnAppointment().For("Aline Fictive").In(workshop));
        await product.CancelAsync(await product.BookAsync(new AnAppointment().For("Gone Fictif").At("2026-11-24T17:00")));

        world.GoTo("2026-11-24T06:59");
        await product.SendInvitesAsync();
        DaysTo(world, "a1").ShouldBeEmpty();
        world.GoTo("2026-11-24T07:00");
        await product.SendInvitesAsync();
        await product.SendInvitesAsync();
        var mail = DaysTo(world, "a1").ShouldHaveSingleItem();
        mail.Subject.ShouldBe("Votre journée : mardi 24 novembre, 3 rendez-vous");
        string[] inOrder = ["9 h - 10 h : Odette Fictive", "11 h - 12 h : Marcel Fictif", "14 h - 16 h : atelier « Découvrir Internet », 1 personne sur 3", "Aline Fictive"];
        inOrder.Select(line => mail.Text.IndexOf(line, StringComparison.Ordinal)).ShouldBeInOrder();
        inOrder.ShouldAllBe(line => mail.Text.Contains(line, StringComparison.Ordinal), mail.Text);
        mail.Text.ShouldContain("06 39 98");
        mail.Text.ShouldNotContain("Gone");
    }

    [Fact]
    public async Task A_day_from_which_all_has_gone_brings_no_mail()
    {
        var (world, product) = await StartAsync(advisors: 2);
        await product.CancelAsync(await product.BookAsync(new AnAppointment().At("2026-11-24T09:00").With("a1")));
        var moved = await product.BookAsync(new AnAppointment().At("2026-11-24T11:00").With("a1"));
        await product.MoveAsync(moved, "2026-11-24T11:00", advisor: "a2");
        world.GoTo("2026-11-24T07:00");
        await product.SendInvitesAsync();
        DaysTo(world, "a1").ShouldBeEmpty();
        DaysTo(world, "a2").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_is_booked_after_seven_for_the_same_day_makes_no_second_one()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment().At("2026-11-24T17:00"));
        world.GoTo("2026-11-24T07:30");
        await product.SendInvitesAsync();
        await product.BookAsync(new AnAppointment().At("2026-11-24T15:00"));
        await product.SendInvitesAsync();
        DaysTo(world, "a1").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task In_La_Reunion_it_is_seven_when_it_is_four_in_Paris()
    {
        var (world, product) = await StartAsync(territory: "974");
        await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        world.Clock.Reset(Instant.FromUtc(2026, 11, 24, 2, 59));
        await product.SendInvitesAsync();
        DaysTo(world, "a1").ShouldBeEmpty();
        world.Clock.Reset(Instant.FromUtc(2026, 11, 24, 3, 0));
        await product.SendInvitesAsync();
        DaysTo(world, "a1").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task When_nothing_ran_all_morning_it_is_too_late_for_it()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment().At("2026-11-24T17:00"));
        world.GoTo("2026-11-24T12:01");
        await product.SendInvitesAsync();
        DaysTo(world, "a1").ShouldBeEmpty();
        (await world.RowsAsync("due|mail|")).ShouldBeEmpty();
    }

    private static Rdv.Messages.OutgoingMail[] DaysTo(World world, string advisor) =>
        [.. world.Mail.Received.Where(mail => mail.Kind == "day" && mail.To == Directories.MailOf(advisor))];
}
