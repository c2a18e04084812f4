using NodaTime;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Load;
using Rdv.Tests.Infrastructure;
using Rdv.Visits;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Load;

public sealed class LoadTests(TableStorage storage) : ProductTest(storage)
{
    private static readonly LocalDate Day = new(2026, 11, 24);

    [Fact]
    public async Task It_counts_what_was_offered_booked_kept_missed_cancelled_and_walked_in()
    {
        var (world, product) = await StartAsync(advisors: 2);
        var kept = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00").With("a1"));
        var missed = await product.BookAsync(new AnAppointment().At("2026-11-24T10:00").With("a1"));
        await product.CancelAsync(await product.BookAsync(new AnAppointment().At("2026-11-24T11:00").With("a1")));
        await product.BookAsync(new AnAppointment().At("2026-11-24T15:00").With("a2"));

        world.GoTo("2026-11-24T12:00");
        await MarkAsync(product, kept, came: true);
        await MarkAsync(product, missed, came: true);
        await MarkAsync(product, missed, came: false);
        var visit = RequestIdentity.Of("visit", "v1", "");
        var visits = product.Get<CountVisit>();
        (await visits.ExecuteAsync(world.Territory, new AdvisorId("a1"), visit, default)).Value.ShouldBe(new VisitCounted(Day, 1, Repeated: false));
        (await visits.ExecuteAsync(world.Territory, new AdvisorId("a1"), visit, default)).Value.ShouldBe(new VisitCounted(Day, 1, Repeated: true));

        var report = await LoadAsync(world, product);
        report.Advisors[0].Totals.ShouldBe(new LoadCounts(12 * 60, 120, 2, 1, 1, 1, 1));
        report.Advisors[1].Totals.ShouldBe(new LoadCounts(12 * 60, 60, 1, 0, 0, 0, 0));
        report.Totals.Occupancy.ShouldBe(0.125);
    }

    [Fact]
    public async Task An_outcome_is_known_once_the_appointment_has_begun_and_by_its_own_advisor()
    {
        var (world, product) = await StartAsync(advisors: 2);
        var booked = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00").With("a1"));
        var mark = product.Get<MarkOutcome>();
        (await mark.ExecuteAsync(booked.Reference, new AdvisorId("a1"), true, default)).Refusal.ShouldBeOfType<Refusal.Invalid>();
        world.GoTo("2026-11-24T09:30");
        (await mark.ExecuteAsync(booked.Reference, new AdvisorId("a2"), true, default)).Refusal.ShouldBeOfType<Refusal.NotFound>();
        await MarkAsync(product, booked, came: true);
        (await product.TryCancelAsync(booked)).Refusal.ShouldBeOfType<Refusal.TooLate>();
    }

    [Fact]
    public async Task Yesterdays_load_never_changes_when_the_hours_do()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        world.GoTo("2026-11-25T00:10");
        await product.Get<FreezeDays>().ExecuteAsync(default);
        await product.Get<ChangeOpeningHours>().ExecuteAsync(
            world.Territory, new AdvisorId("a1"), [new OpeningHours([2], new LocalTime(9, 0), new LocalTime(10, 0), Directories.Place)], default);

        (await LoadAsync(world, product)).Totals.OfferedMinutes.ShouldBe(12 * 60);
        await product.Get<FreezeDays>().ExecuteAsync(default);
        (await LoadAsync(world, product)).Totals.OfferedMinutes.ShouldBe(12 * 60);
    }

    private static async Task MarkAsync(Product product, Appointment appointment, bool came) =>
        (await product.Get<MarkOutcome>().ExecuteAsync(appointment.Reference, appointment.AdvisorId, came, default)).Refusal.ShouldBeNull();

    private static async Task<LoadReport> LoadAsync(World world, Product product) =>
        (await product.Get<ReadLoad>().ExecuteAsync(world.Territory, Directories.Structure, Day, Day, default)).Value;
}
