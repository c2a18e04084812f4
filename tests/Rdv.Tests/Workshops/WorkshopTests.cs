using NodaTime;
using Rdv.Absences;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Days;
using Rdv.Ids;
using Rdv.Load;
using Rdv.People;
using Rdv.Tests.Infrastructure;
using Rdv.Workshops;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Workshops;

/// <summary>Several citizens, one advisor: never one seat too many, and nobody who has one is forgotten.</summary>
public sealed class WorkshopTests(TableStorage storage) : ProductTest(storage)
{
    [Fact]
    public async Task Seats_are_taken_one_by_one_until_there_is_none()
    {
        var (world, product) = await StartAsync();
        var workshop = await product.PlanWorkshopAsync("2026-11-24T14:00", seats: 2);
        var first = await product.BookAsync(new AnAppointment().In(workshop));
        (first.Start, first.Minutes, first.Seat!.Title).ShouldBe((workshop.Start, 120, "Découvrir Internet"));
        (await LeftAsync(product)).ShouldBe(1);

        await product.BookAsync(new AnAppointment().In(workshop));
        (await LeftAsync(product)).ShouldBe(0);
        (await product.TryBookAsync(new AnAppointment().In(workshop))).Refusal.ShouldBeOfType<Refusal.SlotTaken>().Alternatives.ShouldNotBeEmpty();

        // A seat that is given back can be taken again.
        await product.CancelAsync(first);
        (await LeftAsync(product)).ShouldBe(1);
        await product.BookAsync(new AnAppointment().In(workshop));
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task Of_twelve_who_want_the_last_five_seats_at_once_five_get_one()
    {
        var (world, product) = await StartAsync();
        var workshop = await product.PlanWorkshopAsync("2026-11-24T14:00", seats: 5);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => product.TryBookAsync(new AnAppointment().In(workshop)))));
        outcomes.Count(outcome => outcome is { Refusal: null }).ShouldBe(5);
        outcomes.Count(outcome => outcome is { Refusal: Refusal.SlotTaken }).ShouldBe(7);
        (await Consistency.ShouldHoldAsync(world, product)).Count.ShouldBe(5);
    }

    [Fact]
    public async Task A_request_that_is_repeated_takes_one_seat()
    {
        var (world, product) = await StartAsync();
        var workshop = await product.PlanWorkshopAsync("2026-11-24T14:00");
        var wanted = new AnAppointment().Calling("06 39 98 00 01").In(workshop).Under("k");
        var booked = await product.BookAsync(wanted);
        world.Clock.AdvanceSeconds(1);
        var again = (await product.TryBookAsync(wanted)).Value;
        (again.Repeated, again.Appointment.Reference).ShouldBe((true, booked.Reference));
        (await LeftAsync(product)).ShouldBe(2);
        (await product.TryBookAsync(wanted.For("Someone Else"))).Refusal.ShouldBeOfType<Refusal.IdempotencyMismatch>();
    }

    [Fact]
    public async Task A_workshop_that_moved_after_it_was_read_is_not_booked_unseen()
    {
        var (world, product) = await StartAsync();
        var workshop = await product.PlanWorkshopAsync("2026-11-24T14:00");
        (await product.TryMoveAsync(workshop, "2026-11-25T14:00")).Refusal.ShouldBeNull();
        var wanted = new AnAppointment().In(workshop).In(world.Territory);
        (await BookAsync(1)).Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ByField.Keys.ShouldBe(["workshopId"]);
        (await BookAsync(2)).Refusal.ShouldBeNull();

        Task<Result<Booked>> BookAsync(int seen) => product.Get<BookAppointment>().ExecuteAsync(wanted with { WorkshopVersion = seen }, CancellationToken.None);
    }

    [Fact]
    public async Task A_workshop_takes_its_time_from_individual_appointments_and_from_other_workshops()
    {
        var (_, product) = await StartAsync();
        await product.BookAsync(new AnAppointment().At("2026-11-24T10:00"));
        (await product.TryPlanWorkshopAsync("2026-11-24T09:00")).Refusal.ShouldBeOfType<Refusal.Overlap>();
        await product.PlanWorkshopAsync("2026-11-24T14:00");
        (await product.TryPlanWorkshopAsync("2026-11-24T15:30")).Refusal.ShouldBeOfType<Refusal.Overlap>();
        (await product.TryBookAsync(new AnAppointment().At("2026-11-24T15:00"))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        await product.BookAsync(new AnAppointment().At("2026-11-24T16:00"));
    }

    [Fact]
    public async Task The_same_plan_sent_twice_is_one_workshop()
    {
        var (world, product) = await StartAsync();
        var first = (await product.TryPlanWorkshopAsync("2026-11-24T14:00", key: "k")).Value;
        world.Clock.AdvanceSeconds(1);
        var second = (await product.TryPlanWorkshopAsync("2026-11-24T14:00", key: "k")).Value;
        (first.Repeated, second.Repeated, second.Workshop.Id).ShouldBe((false, true, first.Workshop.Id));
        (await product.TryPlanWorkshopAsync("2026-11-25T14:00", key: "k")).Refusal.ShouldBeOfType<Refusal.IdempotencyMismatch>();
    }

    [Theory]
    [InlineData("2026-12-25T14:00", "férié")]
    [InlineData("2026-11-24T23:00", "finit le jour où il commence")]
    [InlineData("2026-11-24T14:02", "heure ronde")]
    [InlineData("2026-11-16T08:00", "passée")]
    public async Task A_workshop_that_cannot_be_says_why(string wallTime, string why)
    {
        var (_, product) = await StartAsync();
        (await product.TryPlanWorkshopAsync(wallTime)).Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ByField.SelectMany(field => field.Value)
            .ShouldContain(message => message.Contains(why, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_workshop_that_is_cancelled_tells_everyone_and_frees_its_time()
    {
        var (world, product) = await StartAsync();
        var workshop = await product.PlanWorkshopAsync("2026-11-24T14:00");
        await product.BookAsync(new AnAppointment().In(workshop));
        await product.BookAsync(new AnAppointment().In(workshop));
        await product.DispatchAsync();
        (await product.TryCancelAsync(workshop)).Value.Told.ShouldBe(2);
        (await product.TryCancelAsync(workshop)).Value.Repeated.ShouldBeTrue();

        var appointments = await Consistency.ShouldHoldAsync(world, product);
        appointments.ShouldAllBe(appointment => appointment.Status == AppointmentStatus.Cancelled && appointment.CancelledBy == Actor.Advisor);
        await product.DispatchAsync();
        world.Sms.Delivered.Count(sms => sms.Kind == "cancellation").ShouldBe(2);
        world.Mail.Received.Select(mail => mail.Kind).ShouldBe(["invite", "invite-cancel"]);
        (await world.LongChangesAsync()).ShouldBeEmpty();
        await product.BookAsync(new AnAppointment().At("2026-11-24T15:00"));
        (await product.TryBookAsync(new AnAppointment().In(workshop))).Refusal.ShouldBeOfType<Refusal.Invalid>();
    }

    [Fact]
    public async Task A_workshop_that_moves_takes_its_seats_along_and_tells_everyone()
    {
        var (world, product) = await StartAsync();
        var workshop = await product.PlanWorkshopAsync("2026-11-30T14:00");
        var seat = await product.BookAsync(new AnAppointment().In(workshop));
        await product.DispatchAsync();
        (await product.TryMoveAsync(workshop, "2026-12-01T10:00")).Value.Told.ShouldBe(1);
        var moved = (await Consistency.ShouldHoldAsync(world, product))
            .ShouldHaveSingleItem();
        (moved.Reference, moved.Start, moved.Version).ShouldBe((seat.Reference, world.At("2026-12-01T10:00"), 2));
        await product.DispatchAsync();
        world.Sms.Delivered.Select(sms => sms.Kind).ShouldBe(["confirmation", "move"]);
        world.Mail.Received.Select(mail => mail.Kind).ShouldBe(["invite", "invite-update"]);

        // Who cancels afterwards gives the seat back where the workshop is now.
        await product.CancelAsync(moved);
        (await product.Get<ListWorkshops>().ExecuteAsync(world.Territory, null, 28, CancellationToken.None))
            .Value.Workshops.ShouldHaveSingleItem().SeatsLeft.ShouldBe(3);
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task The_advisor_hears_of_seats_once_an_hour_at_most_with_the_names()
    {
        var (world, product) = await StartAsync();
        var workshop = await product.PlanWorkshopAsync("2026-11-24T14:00");
        await product.DispatchAsync();
        await product.BookAsync(new AnAppointment().For("Odette Fictive").In(workshop));
        await product.BookAsync(new AnAppointment().For("Marcel Fictif").In(workshop));
        await product.DispatchForAsync(61);
        world.Mail.Received.Select(mail => mail.Kind).ShouldBe(["invite", "invite-update"]);
        var update = world.Mail.Received[^1];
        update.Text.ShouldContain("Places prises : 2 sur 3");
        update.Text.ShouldContain("Marcel Fictif");
        await product.BookAsync(new AnAppointment().In(workshop));
        await product.DispatchForAsync(61);
        world.Mail.Received.Count.ShouldBe(3);
        world.Mail.Received.Select(mail => mail.MessageId).ShouldBeUnique();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_mail_about_seats_that_a_change_of_the_workshop_has_overtaken_does_not_wait(bool cancelled)
    {
        var (world, product) = await StartAsync();
        var workshop = await product.PlanWorkshopAsync("2026-11-24T14:00");
        await product.BookAsync(new AnAppointment().In(workshop));
        await product.SendInvitesAsync();

        // The seat is told at the full hour; the change is told before it, with the seat.
        (cancelled ? await product.TryCancelAsync(workshop) : await product.TryMoveAsync(workshop, "2026-11-25T14:00"))
            .Refusal.ShouldBeNull();
        await product.SendInvitesAsync();
        world.Clock.AdvanceMinutes(61);
        await product.SendInvitesAsync();
        world.Mail.Received.Select(mail => mail.Kind).ShouldBe(["invite", cancelled ? "invite-cancel" : "invite-update"]);
        (await world.DueAsync("due|mail|")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Seats_of_several_hours_that_nothing_could_tell_are_told_in_one_mail()
    {
        var (world, product) = await StartAsync();
        var workshop = await product.PlanWorkshopAsync("2026-11-24T14:00");
        await product.DispatchAsync();
        for (var hour = 0; hour < 3; hour++)
        {
            await product.BookAsync(new AnAppointment().In(workshop));
            world.Clock.AdvanceMinutes(60);
        }

        await product.SendInvitesAsync();
        world.Mail.Received.Select(mail => mail.Kind).ShouldBe(["invite", "invite-update"]);
        world.Mail.Received[^1].Text.ShouldContain("Places prises : 3 sur 3");
        (await world.DueAsync("due|mail|")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_absence_over_a_workshop_is_refused_or_cancels_it_with_all_its_seats()
    {
        var (world, product) = await StartAsync();
        var workshop = await product.PlanWorkshopAsync("2026-11-24T14:00");
        var empty = await product.PlanWorkshopAsync("2026-11-25T14:00");
        var seat = await product.BookAsync(new AnAppointment().In(workshop));
        var inside = (await CloseAsync(world, product, InsideMode.Refuse)).Refusal.ShouldBeOfType<Refusal.AppointmentsInside>();
        inside.Appointments.ShouldBe([seat.Reference]);
        inside.Workshops.ShouldBe([workshop.Id, empty.Id], ignoreOrder: true);

        (await CloseAsync(world, product, InsideMode.Reassign)).Value.Absence.Cancelled.ShouldBe([seat.Reference]);
        (await Consistency.ShouldHoldAsync(world, product))
            .ShouldHaveSingleItem().Status.ShouldBe(AppointmentStatus.Cancelled);
        (await product.TryBookAsync(new AnAppointment().In(empty))).Refusal.ShouldBeOfType<Refusal.Invalid>();
    }

    [Fact]
    public async Task An_absence_killed_over_a_workshop_and_taken_back_leaves_nobody_with_a_seat_in_it()
    {
        for (var step = 1; ; step++)
        {
            var (world, restarted) = await StartAsync();
            await using var _ = restarted;
            var workshop = await restarted.PlanWorkshopAsync("2026-11-24T14:00");
            await restarted.BookAsync(new AnAppointment().In(workshop));
            await restarted.BookAsync(new AnAppointment().In(workshop));
            var kill = await world.KillAsync(new KillSwitch(step), killed => CloseAsync(world, killed, InsideMode.Cancel));

            if ((await world.RowsAsync("absence|")).SingleOrDefault()?.RowKey.Split('|') is [_, var owner, var id])
            {
                (await restarted.Get<RemoveAbsence>().ExecuteAsync(world.Territory, new AbsenceOwner(owner), id, default)).Refusal.ShouldBeNull();
            }

            world.Clock.AdvanceMinutes(2);
            await restarted.DoChoresAsync();
            (await world.LongChangesAsync()).ShouldBeEmpty();
            var cancelled = (await restarted.Get<IWorkshopStore>().ReadAsync(world.Territory, workshop.Id, default))!.Value.IsCancelled;
            (await Consistency.ShouldHoldAsync(world, restarted))
                .ShouldAllBe(seat => seat.Status == AppointmentStatus.Cancelled == cancelled, $"killed {kill.Where}");
            if (!kill.Fired)
            {
                cancelled.ShouldBeTrue();
                return;
            }
        }
    }

    [Fact]
    public async Task A_seat_does_not_move_alone()
    {
        var (_, product) = await StartAsync();
        var seat = await product.BookAsync(new AnAppointment().In(await product.PlanWorkshopAsync("2026-11-24T14:00")));
        (await product.TryMoveAsync(seat, "2026-11-26T10:00")).Refusal.ShouldBeOfType<Refusal.Invalid>();
    }

    [Fact]
    public async Task In_the_load_a_workshop_counts_once_however_many_came()
    {
        var (world, product) = await StartAsync();
        // Outside opening hours, which are 8:00 to 20:00 here.
        var workshop = await product.PlanWorkshopAsync("2026-11-17T20:00");
        Appointment[] seats = [await product.BookAsync(new AnAppointment().In(workshop)), await product.BookAsync(new AnAppointment().In(workshop))];
        world.GoTo("2026-11-17T21:00");
        await MarkAsync(seats[0], kept: true);
        await MarkAsync(seats[1], kept: false);
        var report = (await product.Get<ReadLoad>().ExecuteAsync(
            world.Territory, Directories.Structure, new LocalDate(2026, 11, 17), new LocalDate(2026, 11, 17), CancellationToken.None))
            .Value.Totals;
        (report.Booked, report.BookedMinutes, report.Kept, report.Missed).ShouldBe((1, 120, 1, 0));
        report.OfferedMinutes.ShouldBe((12 + 2) * 60);

        async Task MarkAsync(Appointment seat, bool kept) =>
            (await product.Get<MarkOutcome>().ExecuteAsync(seat.Reference, seat.AdvisorId, kept, CancellationToken.None)).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task The_agenda_shows_who_has_a_seat()
    {
        var (world, product) = await StartAsync();
        var workshop = await product.PlanWorkshopAsync("2026-11-24T14:00");
        await product.BookAsync(new AnAppointment().For("Odette Fictive").In(workshop));
        var line = (await product.Get<ReadAgenda>().ExecuteAsync(world.Territory, workshop.AdvisorId, new LocalDate(2026, 11, 24), 1, CancellationToken.None))
            .Value.Lines.ShouldHaveSingleItem();
        line.Entry.Kind.ShouldBe(EntryKind.Workshop);
        line.Attendees.ShouldNotBeNull().ShouldHaveSingleItem().Citizen.Name.ShouldBe("Odette Fictive");
    }

    [Fact]
    public async Task A_seat_costs_three_requests_and_its_cancellation_four()
    {
        var (_, product) = await StartAsync();
        var workshop = await product.PlanWorkshopAsync("2026-11-24T14:00");
        Appointment? seat = null;
        (await product.Storage.DuringAsync(async () => seat = await product.BookAsync(new AnAppointment().In(workshop))))
            .ShouldBe(["point", "point", "transaction"]);
        (await product.Storage.DuringAsync(() => product.CancelAsync(seat!))).ShouldBe(["point", "point", "point", "transaction"]);
    }

    private static async Task<int> LeftAsync(Product product) =>
        (await product.Get<ListWorkshops>().ExecuteAsync(Rdv.Territories.Territory.Parse("69"), null, 28, CancellationToken.None))
            .Value.Workshops.ShouldHaveSingleItem().SeatsLeft;

    private static Task<Result<AbsenceAdded>> CloseAsync(World world, Product product, InsideMode mode) => product.Get<AddAbsence>().ExecuteAsync(
        new AbsenceRequest(
            world.Territory,
            new Rdv.Ids.AdvisorId("a1"),
            null,
            AnAppointment.Wall("2026-11-24T00:00"),
            AnAppointment.Wall("2026-11-26T00:00"),
            "Formation",
            mode,
            RequestIdentity.Of("absence", null, "")),
        CancellationToken.None);
}
