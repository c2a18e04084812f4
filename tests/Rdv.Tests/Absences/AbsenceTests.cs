using NodaTime;
using Rdv.Absences;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Chores;
using Rdv.Ids;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Absences;

public sealed class AbsenceTests(TableStorage storage) : ProductTest(storage)
{
    [Fact]
    public async Task Nobody_books_into_an_absence_and_everybody_may_once_it_is_taken_back()
    {
        var (world, product) = await StartAsync();
        var absence = (await AddAsync(world, product, "2026-11-24T08:00", "2026-11-24T12:00")).Value.Absence;

        (await product.TryBookAsync(new AnAppointment().At("2026-11-24T09:00"))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        (await product.SearchAsync(new LocalDate(2026, 11, 24), 1)).Slots[0].Start.ShouldBe(new LocalDateTime(2026, 11, 24, 12, 0));

        (await product.Get<RemoveAbsence>().ExecuteAsync(world.Territory, absence.Owner, absence.Id, default)).Refusal.ShouldBeNull();
        await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        (await product.Get<RemoveAbsence>().ExecuteAsync(world.Territory, absence.Owner, absence.Id, default)).Refusal.ShouldBeOfType<Refusal.NotFound>();
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task It_is_refused_with_the_appointments_inside_and_changes_nothing()
    {
        var (world, product) = await StartAsync();
        var inside = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        await product.BookAsync(new AnAppointment().At("2026-11-24T14:00"));

        // 9:30 to 10:00 touches the appointment of 9:00 to 10:00.
        (await AddAsync(world, product, "2026-11-24T09:30", "2026-11-24T10:00")).Refusal.ShouldBeOfType<Refusal.AppointmentsInside>()
            .Appointments.ShouldBe([inside.Reference]);
        (await AddAsync(world, product, "2026-11-24T10:00", "2026-11-24T14:00")).Refusal.ShouldBeNull();
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task It_is_answered_once_it_is_written_even_when_storage_goes_away_at_once_and_goes_on_by_itself()
    {
        var (world, product) = await StartAsync();
        var inside = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        var written = false;
        product.Storage.Fault = request =>
        {
            var fault = written ? StorageFault.NotReached : StorageFault.None;
            written |= request.IsTransaction;
            return fault;
        };
        var absence = (await AddAsync(world, product, "2026-11-24T08:00", "2026-11-24T12:00", InsideMode.Cancel)).Value.Absence;
        absence.Cancelled.ShouldBeEmpty();

        product.Storage.Mend();
        world.Clock.AdvanceMinutes(2);
        await product.DoChoresAsync();
        (await product.Get<IAppointmentStore>().ReadAsync(inside.Reference, default))!.Value.Status.ShouldBe(AppointmentStatus.Cancelled);
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Theory]
    [InlineData(InsideMode.Cancel)]
    [InlineData(InsideMode.Reassign)]
    public async Task It_leaves_alone_what_the_citizen_moves_out_of_its_way_in_the_meantime(InsideMode mode)
    {
        var (world, product) = await StartAsync(advisors: 2);
        var other = world.Start();
        var inside = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00").With("a1"));
        var transactions = 0;
        product.Storage.Meanwhile = async request =>
        {
            // The days are closed: the first transaction is done, and the second is on its way.
            if (request.IsTransaction && ++transactions == 2)
            {
                await other.MoveAsync(inside, "2026-11-26T09:00", "a1");
            }
        };
        await AddAsync(world, product, "2026-11-24T00:00", "2026-11-25T00:00", mode);
        var moved = (await product.Get<IAppointmentStore>().ReadAsync(inside.Reference, default))!.Value;
        (moved.Status, moved.LocalStart, moved.AdvisorId.Value).ShouldBe((AppointmentStatus.Booked, AnAppointment.Wall("2026-11-26T09:00"), "a1"));
        (await world.LongChangesAsync()).ShouldBeEmpty();
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task A_day_that_is_full_of_absences_takes_no_more_and_says_so()
    {
        var (world, product) = await StartAsync();
        for (var minute = 0; minute < DayAgenda.MaxEntries; minute++)
        {
            (await AddAsync(world, product, $"2026-11-24T{8 + (minute / 60):00}:{minute % 60:00}", "2026-11-24T12:00")).Refusal.ShouldBeNull();
        }

        (await AddAsync(world, product, "2026-11-24T08:00", "2026-11-24T12:00")).Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ByField.Keys.ShouldBe(["from"]);
    }

    [Fact]
    public async Task It_does_not_come_back_when_it_is_taken_back_while_its_appointments_are_cancelled()
    {
        var (world, product) = await StartAsync();
        var other = world.Start();
        await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        var transactions = 0;
        product.Storage.Meanwhile = async request =>
        {
            // The absence, the cancellation, and what says that all is done.
            if (request.IsTransaction && ++transactions == 3)
            {
                var row = (await world.RowsAsync("absence|")).Single().RowKey.Split('|');
                await other.Get<RemoveAbsence>().ExecuteAsync(world.Territory, new AbsenceOwner(row[1]), row[2], default);
            }
        };
        await AddAsync(world, product, "2026-11-24T08:00", "2026-11-24T12:00", InsideMode.Cancel);
        product.Storage.Meanwhile = null;
        world.Clock.AdvanceMinutes(2);
        await product.DoChoresAsync();
        (await world.RowsAsync("absence|")).ShouldAllBe(row => row.GetBoolean("TakenBack") == true);
        (await world.LongChangesAsync()).ShouldBeEmpty();
        await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
    }

    [Theory]
    [InlineData(nameof(StorageFault.AnswerLost), 1)]
    [InlineData(nameof(StorageFault.AnswerLost), 4)]
    [InlineData(nameof(StorageFault.AnswerBroken), 4)]
    public async Task It_is_answered_as_taken_back_when_the_answer_is_lost_and_others_keep_a_slot_of_its_days_meanwhile(string fault, int times)
    {
        var (world, product) = await StartAsync();
        var other = world.Start();
        var absence = (await AddAsync(world, product, "2026-11-24T08:00", "2026-11-24T12:00")).Value.Absence;
        var lost = 0;
        var isKept = false;
        product.Storage.Fault = request => request.IsTransaction && lost++ < times ? Enum.Parse<StorageFault>(fault) : StorageFault.None;
        product.Storage.Meanwhile = async request =>
        {
            if (lost > 0 && !request.IsTransaction && !isKept)
            {
                isKept = true;
                await other.HoldAsync("2026-11-24T09:00");
            }
        };
        (await product.Get<RemoveAbsence>().ExecuteAsync(world.Territory, absence.Owner, absence.Id, default)).Refusal.ShouldBeNull();
        isKept.ShouldBeTrue();
        product.Storage.Mend();
        (await world.RowsAsync("absence|")).ShouldAllBe(row => row.GetBoolean("TakenBack") == true);
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task A_request_that_comes_once_more_after_it_was_taken_back_closes_nothing_anew()
    {
        var (world, product) = await StartAsync();
        var absence = (await AddAsync(world, product, "2026-11-24T08:00", "2026-11-24T12:00")).Value.Absence;
        (await product.Get<RemoveAbsence>().ExecuteAsync(world.Territory, absence.Owner, absence.Id, default)).Refusal.ShouldBeNull();
        var again = await product.Get<AddAbsence>().ExecuteAsync(
            new AbsenceRequest(world.Territory, absence.Advisors[0], null, absence.From, absence.To, absence.Reason, InsideMode.Refuse, absence.Request), default);
        again.Value.ShouldSatisfyAllConditions(
            answer => answer.Repeated.ShouldBeTrue(),
            answer => answer.Absence.Id.ShouldBe(absence.Id));
        await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
    }

    [Theory]
    [InlineData(49, "2026-12-31T12:00", true)]
    [InlineData(33, "2027-01-08T12:00", false)]
    public async Task What_one_transaction_closes_one_can_open_again(int advisors, string to, bool fits)
    {
        var (world, product) = await StartAsync(advisors: advisors);
        var closed = await product.Get<AddAbsence>().ExecuteAsync(
            new AbsenceRequest(
                world.Territory, null, Directories.Structure, AnAppointment.Wall("2026-11-30T08:00"), AnAppointment.Wall(to), null, InsideMode.Refuse,
                RequestIdentity.Of("closure", null, to)),
            TestContext.Current.CancellationToken);
        if (!fits)
        {
            closed.Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ByField.Keys.ShouldBe(["to"]);
            return;
        }

        var absence = closed.Value.Absence;
        (await product.Get<RemoveAbsence>().ExecuteAsync(world.Territory, absence.Owner, absence.Id, TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
        await product.BookAsync(new AnAppointment().At("2026-12-01T09:00"));
    }

    [Fact]
    public async Task It_cancels_what_is_inside_across_two_months_and_tells_everyone()
    {
        var (world, product) = await StartAsync();
        var november = await product.BookAsync(new AnAppointment().At("2026-11-30T09:00").Calling("06 39 98 11 11"));
        var december = await product.BookAsync(new AnAppointment().At("2026-12-02T09:00").Calling("06 39 98 22 22"));
        var after = await product.BookAsync(new AnAppointment().At("2026-12-04T09:00"));
        await product.DispatchAsync();

        var absence = (await AddAsync(world, product, "2026-11-30T00:00", "2026-12-04T00:00", InsideMode.Cancel)).Value.Absence;
        absence.Cancelled.ShouldBe([november.Reference, december.Reference], ignoreOrder: true);
        (await world.LongChangesAsync()).ShouldBeEmpty();
        (await product.TryBookAsync(new AnAppointment().At("2026-12-01T09:00"))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        (await product.Get<IAppointmentStore>().ReadAsync(after.Reference, default))!.Value.Status.ShouldBe(AppointmentStatus.Booked);

        await product.DispatchAsync();
        (await world.LogAsync()).Count(line => line == "cancellation 2 Sent").ShouldBe(2);
        (await world.LogAsync()).Count(line => line == "invite-cancel 2 Sent").ShouldBe(2);
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task A_colleague_who_takes_over_at_the_same_time_disturbs_nobody_and_the_reminder_stays()
    {
        var (world, product) = await StartAsync(advisors: 2);
        var first = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00").With("a1").For("Odette Fictive"));
        await product.BookAsync(new AnAppointment().At("2026-11-24T10:00").With("a2"));
        var second = await product.BookAsync(new AnAppointment().At("2026-11-24T10:00").With("a1"));
        await product.DispatchAsync();

        var absence = (await AddAsync(world, product, "2026-11-24T00:00", "2026-11-25T00:00", InsideMode.Reassign)).Value.Absence;
        absence.Reassigned.ShouldBe([first.Reference]);
        absence.Cancelled.ShouldBe([second.Reference], "the colleague is taken at ten");
        (await product.Get<IAppointmentStore>().ReadAsync(first.Reference, default))!.Value.AdvisorId.ShouldBe(new AdvisorId("a2"));
        await Consistency.ShouldHoldAsync(world, product);

        await product.DispatchAsync();
        world.GoTo("2026-11-23T11:30");
        await product.DispatchAsync();
        var log = await world.LogAsync();
        log.ShouldNotContain("move 2 Sent");
        log.ShouldContain("reminder 1 Sent");
        log.ShouldContain("invite-cancel 2 Sent");
        log.ShouldContain("invite 2 Sent");
    }

    [Fact]
    public async Task A_closure_holds_for_every_advisor_of_the_structure()
    {
        var (world, product) = await StartAsync(advisors: 3);
        var request = new AbsenceRequest(
            world.Territory, null, Directories.Structure, AnAppointment.Wall("2026-11-24T00:00"), AnAppointment.Wall("2026-11-25T00:00"), "Travaux",
            InsideMode.Refuse, RequestIdentity.Of("closure", "k", "body"));
        (await product.Get<AddAbsence>().ExecuteAsync(request, default)).Value.Repeated.ShouldBeFalse();
        (await product.SearchAsync(new LocalDate(2026, 11, 24), 1)).Slots.ShouldBeEmpty();

        (await product.Get<AddAbsence>().ExecuteAsync(request, default)).Value.Repeated.ShouldBeTrue();
        (await product.Get<AddAbsence>().ExecuteAsync(request with { Request = RequestIdentity.Of("closure", "k", "another") }, default))
            .Refusal.ShouldBeOfType<Refusal.IdempotencyMismatch>();
    }

    [Fact]
    public async Task A_process_killed_at_any_step_leaves_an_absence_that_the_chores_finish()
    {
        for (var step = 1; ; step++)
        {
            var (world, restarted) = await StartAsync();
            await restarted.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
            await restarted.BookAsync(new AnAppointment().At("2026-11-24T14:00"));
            var kill = await world.KillAsync(new KillSwitch(step), killed => AddAsync(world, killed, "2026-11-24T00:00", "2026-11-25T00:00", InsideMode.Cancel));

            world.Clock.AdvanceMinutes(2);
            await restarted.DoChoresAsync();
            (await world.LongChangesAsync()).ShouldBeEmpty();
            var absent = (await world.RowsAsync("absence|")).Count(row => row.GetBoolean("TakenBack") != true) == 1;
            var left = (await restarted.Get<IAgendaStore>().ReadMonthAsync(world.Territory, new AdvisorId("a1"), new YearMonth(2026, 11), default))
                .Day(new LocalDate(2026, 11, 24)).Entries.Count(entry => entry.Kind == EntryKind.Appointment);
            left.ShouldBe(absent ? 0 : 2, $"all of it or nothing, killed {kill.Where}");
            if (!kill.Fired)
            {
                absent.ShouldBeTrue();
                step.ShouldBeGreaterThan(6);
                return;
            }
        }
    }

    [Theory]
    [InlineData("2026-11-24T12:00", "2026-11-24T12:00")]
    [InlineData("2026-11-24T12:00", "2026-11-23T12:00")]
    [InlineData("2026-11-24T12:00", "2028-11-24T12:00")]
    public async Task Its_end_comes_after_its_start_and_within_a_year(string from, string to)
    {
        var (world, product) = await StartAsync();
        (await AddAsync(world, product, from, to)).Refusal.ShouldBeOfType<Refusal.Invalid>();
    }

    private static Task<Result<AbsenceAdded>> AddAsync(World world, Product product, string from, string to, InsideMode mode = InsideMode.Refuse) =>
        product.Get<AddAbsence>().ExecuteAsync(
            new AbsenceRequest(
                world.Territory, new AdvisorId("a1"), null, AnAppointment.Wall(from), AnAppointment.Wall(to), null, mode, RequestIdentity.Of("absence", null, from + to)),
            TestContext.Current.CancellationToken);
}
