using Azure.Data.Tables;
using NodaTime;
using Rdv.Absences;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Previews;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Previews;

public sealed class PreviewTests(TableStorage storage) : ProductTest(storage)
{
    [Fact]
    public async Task Before_an_absence_it_is_said_who_goes_to_whom_who_is_cancelled_and_how_each_hears_of_it_and_nothing_is_written()
    {
        var (world, product) = await StartAsync(advisors: 2);
        var taken = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00").With("a1"));
        await product.BookAsync(new AnAppointment().At("2026-11-24T10:00").With("a2"));
        var mobile = await product.BookAsync(new AnAppointment().At("2026-11-24T10:00").With("a1"));
        await product.BookAsync(new AnAppointment().At("2026-11-24T11:00").With("a2"));
        var landline = await product.BookAsync(new AnAppointment().At("2026-11-24T11:00").With("a1").OnALandline());
        var before = await RowsAsync(world);
        var request = Absence(world, "2026-11-24T00:00", "2026-11-25T00:00", InsideMode.Reassign) with { Request = RequestIdentity.Of("absence", "once", "") };

        (await PreviewAsync(product, request)).Appointments.Select(one => (one.Appointment.Reference, one.Becomes, one.To?.Value, one.Told)).ShouldBe(
        [
            (taken.Reference, Becomes.Reassigned, "a2", Told.None),
            (mobile.Reference, Becomes.Cancelled, null, Told.Sms),
            (landline.Reference, Becomes.Cancelled, null, Told.Call),
        ]);
        (await RowsAsync(world)).ShouldBe(before);

        // The very same request, with its key, is not taken for one that was answered.
        var added = (await product.Get<AddAbsence>().ExecuteAsync(request, default)).Value;
        (added.Repeated, added.Absence.Reassigned, added.Absence.Cancelled).ShouldSatisfyAllConditions(
            done => done.Repeated.ShouldBeFalse(),
            done => done.Reassigned.ShouldBe([taken.Reference]),
            done => done.Cancelled.ShouldBe([mobile.Reference, landline.Reference]));
    }

    [Fact]
    public async Task A_free_hour_of_a_colleague_is_promised_to_one_person_only()
    {
        var (world, product) = await StartAsync(advisors: 2);
        await AddStructureAsync(world, product, "a3");
        var first = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00").With("a1"));
        var second = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00").With("a2"));
        var closure = Absence(world, "2026-11-24T00:00", "2026-11-25T00:00", InsideMode.Reassign) with { Advisor = null, Structure = Directories.Structure };

        var said = (await PreviewAsync(product, closure)).Appointments;
        said.Select(one => one.Appointment.Reference).ShouldBe([first.Reference, second.Reference], ignoreOrder: true);
        said.Select(one => (one.Becomes, one.To?.Value)).ShouldBe([(Becomes.Reassigned, "a3"), (Becomes.Cancelled, null)], ignoreOrder: true);
        var done = (await product.Get<AddAbsence>().ExecuteAsync(closure, default)).Value.Absence;
        done.Reassigned.ShouldBe(said.Where(one => one.Becomes == Becomes.Reassigned).Select(one => one.Appointment.Reference));
    }

    [Fact]
    public async Task A_colleague_who_takes_over_a_week_gets_what_they_can_take_and_no_one_else_does()
    {
        var (world, product) = await StartAsync(advisors: 3);
        var taken = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00").With("a1"));
        await product.BookAsync(new AnAppointment().At("2026-11-26T10:00").With("a3"));
        var alone = await product.BookAsync(new AnAppointment().At("2026-11-26T10:00").With("a1"));
        await product.DispatchAsync();
        var week = Absence(world, "2026-11-23T00:00", "2026-11-30T00:00", InsideMode.Reassign) with { Colleague = new AdvisorId("a3") };

        (await PreviewAsync(product, week)).Appointments.Select(one => (one.Appointment.Reference, one.Becomes, one.To?.Value)).ShouldBe(
            [(taken.Reference, Becomes.Reassigned, "a3"), (alone.Reference, Becomes.Cancelled, null)]);
        var absence = (await product.Get<AddAbsence>().ExecuteAsync(week, default)).Value.Absence;
        (absence.Reassigned, absence.Cancelled).ShouldSatisfyAllConditions(
            done => done.Reassigned.ShouldBe([taken.Reference]),
            done => done.Cancelled.ShouldBe([alone.Reference], "a2 is free, and was not asked"));
        (await IsInAgendaAsync("a1")).ShouldBeFalse();
        (await IsInAgendaAsync("a3")).ShouldBeTrue();

        await product.DispatchAsync();
        var log = await world.LogAsync();
        log.ShouldContain("invite-cancel 2 Sent");
        log.ShouldContain("invite 2 Sent");
        await Consistency.ShouldHoldAsync(world, product);

        async Task<bool> IsInAgendaAsync(string advisor) =>
            (await product.Get<IAgendaStore>().ReadMonthAsync(world.Territory, new AdvisorId(advisor), new YearMonth(2026, 11), default))
                .Day(new LocalDate(2026, 11, 24)).Find(taken.Reference.Code) is not null;
    }

    [Theory]
    [InlineData("a1", InsideMode.Reassign)]
    [InlineData("nobody", InsideMode.Reassign)]
    [InlineData("a2", InsideMode.Cancel)]
    [InlineData("a2", InsideMode.Refuse)]
    public async Task The_colleague_is_another_who_is_there_and_only_when_something_is_to_be_taken_over(string colleague, InsideMode mode)
    {
        var (world, product) = await StartAsync(advisors: 2);
        var request = Absence(world, "2026-11-24T00:00", "2026-11-25T00:00", mode) with { Colleague = new AdvisorId(colleague) };
        var refused = await product.Get<AddAbsence>().ExecuteAsync(request, default);
        refused.Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ByField.Keys.ShouldBe(["colleague"]);
        (await product.Get<PreviewChanges>().AbsenceAsync(request, default)).Refusal.ShouldBeOfType<Refusal.Invalid>();
    }

    [Fact]
    public async Task Who_has_a_seat_in_a_workshop_is_named_with_the_workshop()
    {
        var (world, product) = await StartAsync();
        var workshop = await product.PlanWorkshopAsync("2026-11-24T14:00");
        var seats = new[] { await product.BookAsync(new AnAppointment().In(workshop)), await product.BookAsync(new AnAppointment().In(workshop)) };
        var before = await RowsAsync(world);

        foreach (var preview in new[]
        {
            await PreviewAsync(product, Absence(world, "2026-11-24T13:00", "2026-11-24T15:00", InsideMode.Reassign)),
            (await product.Get<PreviewChanges>().CancelWorkshopAsync(world.Territory, workshop.AdvisorId, workshop.Id, "Salle fermée", default)).Value,
        })
        {
            preview.Appointments.Select(one => (one.Appointment.Reference, one.Becomes, one.Told)).ShouldBe(
                seats.Select(seat => (seat.Reference, Becomes.Cancelled, Told.Sms)), ignoreOrder: true);
            preview.Workshops.Select(one => (one.Workshop.Id, one.Taken, one.Becomes)).ShouldBe([(workshop.Id, 2, Becomes.Cancelled)]);
        }

        var refused = await PreviewAsync(product, Absence(world, "2026-11-24T13:00", "2026-11-24T15:00", InsideMode.Refuse));
        refused.Appointments.Select(one => (one.Becomes, one.Told)).ShouldBe([(Becomes.Refused, Told.None), (Becomes.Refused, Told.None)]);
        refused.Workshops.Select(one => (one.Taken, one.Becomes)).ShouldBe([(2, Becomes.Refused)]);
        (await RowsAsync(world)).ShouldBe(before);
    }

    [Fact]
    public async Task Before_a_leave_or_a_holiday_it_is_said_who_stays_booked_and_is_to_be_reassigned()
    {
        var (world, product) = await StartAsync();
        var holiday = new LocalDate(2026, 12, 25);
        (await product.Get<ChangeHoliday>().ExecuteAsync(world.Territory, Directories.Structure, holiday, open: true, default)).Refusal.ShouldBeNull();
        await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        var christmas = await product.BookAsync(new AnAppointment().At("2026-12-25T09:00"));
        var before = await RowsAsync(world);
        foreach (var preview in new[]
        {
            await product.Get<PreviewChanges>().LeaveAsync(world.Territory, new AdvisorId("a1"), new LocalDate(2026, 12, 1), default),
            await product.Get<PreviewChanges>().HolidayAsync(world.Territory, Directories.Structure, holiday, open: false, default),
        })
        {
            preview.Value.Appointments.Select(one => (one.Appointment.Reference, one.Becomes, one.Told)).ShouldBe([(christmas.Reference, Becomes.Kept, Told.None)]);
        }

        (await product.Get<PreviewChanges>().LeaveAsync(world.Territory, new AdvisorId("nobody"), holiday, default)).Refusal.ShouldBeOfType<Refusal.NotFound>();
        (await RowsAsync(world)).ShouldBe(before);
    }

    [Fact]
    public async Task Hours_are_copied_to_a_colleague_of_the_structure_and_what_falls_outside_is_listed()
    {
        var (world, product) = await StartAsync(advisors: 2);
        await AddStructureAsync(world, product, "a3");
        OpeningHours[] mornings = [new([2], new LocalTime(8, 0), new LocalTime(12, 0), Directories.Place)];
        var change = product.Get<ChangeOpeningHours>();
        (await change.ExecuteAsync(world.Territory, new AdvisorId("a1"), mornings, default)).Refusal.ShouldBeNull();
        var afternoon = await product.BookAsync(new AnAppointment().At("2026-11-24T14:00").With("a2"));

        var rehearsed = (await change.CopyAsync(world.Territory, new AdvisorId("a1"), "a2", default, new AdvisorChange(DryRun: true))).Value;
        rehearsed.Outside.ShouldBe([afternoon.Reference]);
        (await HoursAsync()).ShouldNotBe(OpeningHoursText.Print(mornings));
        (await change.CopyAsync(world.Territory, new AdvisorId("a1"), "a2", default, new AdvisorChange(Version: 99))).Refusal.ShouldBeOfType<Refusal.Stale>();
        (await change.CopyAsync(world.Territory, new AdvisorId("a1"), "a2", default, new AdvisorChange(rehearsed.Version))).Value.Outside.ShouldBe([afternoon.Reference]);
        (await HoursAsync()).ShouldBe(OpeningHoursText.Print(mornings));

        foreach (var (to, problem) in new[] { ("a1", "déjà les siennes"), ("a3", "autre structure"), ("nobody", "n'existe pas"), (null, "n'existe pas") })
        {
            (await change.CopyAsync(world.Territory, new AdvisorId("a1"), to, default)).Refusal.ShouldBeOfType<Refusal.Invalid>()
                .Errors.ByField["to"].ShouldHaveSingleItem().ShouldContain(problem);
        }

        async Task<string> HoursAsync() =>
            OpeningHoursText.Print((await product.Directory.FindAdvisorAsync(world.Territory, new AdvisorId("a2"), default))!.Value.Hours);
    }

    private static Task AddStructureAsync(World world, Product product, string advisor)
    {
        var second = new StructureId("s2");
        return product.PutAsync(
            world.Territory,
            new Structure(second, "Tiers-lieu du Pont"),
            new Advisor(
                new AdvisorId(advisor), second, "Conseillère du Pont", Directories.MailOf(advisor), null, [],
                [new OpeningHours([1, 2, 3, 4, 5], new LocalTime(8, 0), new LocalTime(20, 0), Directories.Place)]));
    }

    private static async Task<Preview> PreviewAsync(Product product, AbsenceRequest request) =>
        (await product.Get<PreviewChanges>().AbsenceAsync(request, TestContext.Current.CancellationToken)).Value;

    private static AbsenceRequest Absence(World world, string from, string to, InsideMode mode) => new(
        world.Territory, new AdvisorId("a1"), null, AnAppointment.Wall(from), AnAppointment.Wall(to), null, mode, RequestIdentity.Of("absence", null, from + to));

    /// <summary>Everything that is stored, with its version.</summary>
    private static async Task<IReadOnlyList<string>> RowsAsync(World world) =>
        [.. await world.Table.QueryAsync<TableEntity>().Select(row => $"{row.PartitionKey} {row.RowKey} {row.ETag}").ToListAsync()];
}
