using NodaTime;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Directory.Import;
using Rdv.Ids;
using Rdv.Load;
using Rdv.Tests.Infrastructure;
using Rdv.Tests.Waiting;
using Rdv.Visits;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Load;

/// <summary>What who steers reads, from sums that are written by night.</summary>
public sealed class FrozenSumsTests(TableStorage storage) : ProductTest(storage)
{
    private static readonly LocalDate Tuesday = new(2026, 11, 24);

    [Fact]
    public async Task Who_steers_reads_by_structure_what_the_agendas_said_in_the_night()
    {
        var (world, product) = await StartAsync(advisors: 2);
        var booked = await BookAsync(product, 6);
        await product.CancelAsync(await product.BookAsync(new AnAppointment().At("2026-11-24T17:00").With("a1")));
        world.GoTo("2026-11-24T20:00");
        await product.TryAskAsync(world, new ARequest("06 39 98 45 01"));
        await MarkAsync(product, booked.Take(5), came: true);
        await MarkAsync(product, booked.Skip(5), came: false);
        for (var visit = 0; visit < 7; visit++)
        {
            await product.Get<CountVisit>().ExecuteAsync(world.Territory, new AdvisorId("a2"), RequestIdentity.Of("visit", $"v{visit}", ""), default);
        }

        (await ReadAsync(world, product)).Whole.Counts.ShouldBe(default, "nothing is read from an agenda");
        world.GoTo("2026-11-25T00:10");
        await FreezeAsync(product);

        var report = await ReadAsync(world, product);
        var line = report.Lines.ShouldHaveSingleItem();
        (line.Id, line.Name, report.Through).ShouldBe(("s1", "Médiathèque du Parc", Tuesday));
        line.Counts.ShouldBe(new LoadCounts(24 * 60, 360, 6, 5, 1, 1, 7));
        report.Whole.Counts.ShouldBe(line.Counts);
        report.Whole.Unmet.ShouldBe(1);
        line.Third.Phone.ShouldBe(0);

        var country = (await product.Get<ReadSums>().OfCountryAsync(Tuesday, Tuesday, withHours: true, default)).Value;
        country.Lines.ShouldHaveSingleItem().Id.ShouldBe("69");
        country.Whole.Counts.ShouldBe(line.Counts);
        country.Whole.Unmet.ShouldBe(1);
        country.Whole.Days.ShouldHaveSingleItem().Sums.Hours.Single(hour => hour.Hour == 9).ShouldBe(new HourLoad(9, 120, 60, 1));
    }

    [Fact]
    public async Task Nobody_below_five_is_told_and_nothing_that_would_tell_it()
    {
        var (world, product) = await StartAsync(advisors: 2);
        var booked = await BookAsync(product, 6);
        world.GoTo("2026-11-24T20:00");
        await MarkAsync(product, booked.Take(5), came: true);
        await MarkAsync(product, booked.Skip(5), came: false);
        world.GoTo("2026-11-25T00:10");
        await FreezeAsync(product);

        // One was missed: six booked less five who came would tell it.
        (await ReadAsync(world, product)).Disclosed.Whole.ShouldBe(new Disclosed(24 * 60, 360, 6, null, null, null, null, null));
    }

    [Fact]
    public async Task Who_came_may_be_said_days_later_and_the_sums_follow()
    {
        var (world, product) = await StartAsync();
        var booked = await BookAsync(product, 5);
        world.GoTo("2026-11-25T00:10");
        await FreezeAsync(product);
        (await ReadAsync(world, product)).Whole.Counts.Kept.ShouldBe(0);

        // Within the week at the next hour, for up to three months in the next night.
        world.GoTo("2026-11-27T15:00");
        await FreezeAsync(product);
        await MarkAsync(product, booked.Take(2), came: true);
        world.GoTo("2026-11-27T16:10");
        await FreezeAsync(product);
        (await ReadAsync(world, product)).Whole.Counts.Kept.ShouldBe(2);

        world.GoTo("2027-02-20T15:00");
        await FreezeAsync(product);
        await MarkAsync(product, booked.Skip(2), came: false);
        world.GoTo("2027-02-21T00:10");
        await FreezeAsync(product);
        var counts = (await ReadAsync(world, product)).Whole.Counts;
        (counts.Kept, counts.Missed, counts.Booked).ShouldBe((2, 3, 5));
    }

    [Fact]
    public async Task A_day_that_was_summed_offers_what_it_did_whatever_the_hours_become()
    {
        var (world, product) = await StartAsync();
        await BookAsync(product, 2);
        world.GoTo("2026-11-25T00:10");
        await FreezeAsync(product);
        await product.Get<ChangeOpeningHours>().ExecuteAsync(
            world.Territory, new AdvisorId("a1"), [new OpeningHours([1, 2, 3, 4, 5], new LocalTime(9, 0), new LocalTime(10, 0), Directories.Place)], default);
        world.GoTo("2026-11-27T00:10");
        await FreezeAsync(product);
        var report = await ReadAsync(world, product, Tuesday.PlusDays(-1), Tuesday.PlusDays(2));
        report.Whole.Days.Select(day => day.Sums.Counts.OfferedMinutes).ShouldBe([12 * 60, 12 * 60, 60, 60]);
        report.Whole.Days[1].Sums.Hours.Sum(hour => hour.OfferedMinutes).ShouldBe(12 * 60);
    }

    [Fact]
    public async Task Weeks_of_silence_are_taken_up()
    {
        var (world, product) = await StartAsync();
        world.GoTo("2026-11-23T12:10");
        await FreezeAsync(product);
        await BookAsync(product, 5);
        world.GoTo("2027-03-20T00:10");
        await FreezeAsync(product);
        var report = await ReadAsync(world, product);
        (report.Whole.Counts.Booked, report.Whole.Counts.OfferedMinutes, report.Through).ShouldBe((5, 12 * 60, new LocalDate(2027, 3, 19)));
    }

    [Fact]
    public async Task It_may_be_killed_anywhere_and_the_next_run_says_the_same()
    {
        var (world, product) = await StartAsync();
        await BookAsync(product, 5);
        world.GoTo("2026-11-25T00:10");
        var step = 0;
        while ((await world.KillAsync(new KillSwitch(++step), FreezeAsync)).Fired)
        {
            await using var next = world.Start();
            await FreezeAsync(next);
            var (territory, country) = (await ReadAsync(world, next), (await next.Get<ReadSums>().OfCountryAsync(Tuesday, Tuesday, false, default)).Value);
            territory.Whole.Counts.ShouldBe(new LoadCounts(12 * 60, 300, 5, 0, 0, 0, 0), $"step {step}");
            country.Whole.Counts.ShouldBe(territory.Whole.Counts, $"step {step}");
            foreach (var row in await world.RowsAsync("load|"))
            {
                await world.Table.DeleteEntityAsync(row.PartitionKey, row.RowKey);
            }

            await foreach (var row in world.Table.QueryAsync<global::Azure.Data.Tables.TableEntity>("PartitionKey eq 'load'"))
            {
                await world.Table.DeleteEntityAsync(row.PartitionKey, row.RowKey);
            }
        }

        step.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task An_hour_in_which_nothing_is_new_is_two_queries_and_a_year_of_the_country_two()
    {
        var (world, product) = await StartAsync(advisors: 3);
        await BookAsync(product, 3);
        world.GoTo("2026-11-25T00:10");
        await FreezeAsync(product);
        var said = await product.Get<FreezeDays>().ExecuteAsync(default);
        (await product.Storage.DuringAsync(() => product.Get<FreezeSums>().ExecuteAsync(said, default))).ShouldBe(["range", "range"]);
        var sums = product.Get<ReadSums>();
        (await product.Storage.DuringAsync(() => sums.OfCountryAsync(new LocalDate(2026, 1, 1), new LocalDate(2026, 12, 31), withHours: false, default))).ShouldBe(["range", "range"]);
        (await product.Storage.DuringAsync(() => sums.OfTerritoryAsync(world.Territory, new LocalDate(2026, 11, 1), null, withHours: true, default))).ShouldBe(["range", "range"]);
    }

    [Fact]
    public async Task Who_comes_today_has_offered_nothing_before()
    {
        var (world, product) = await StartAsync();
        await product.Get<WriteDirectory>().ExecuteAsync(
            world.Territory,
            [new Advisor(new AdvisorId("a9"), Directories.Structure, "Nouvelle", null, null, [], [new OpeningHours([1, 2, 3, 4, 5, 6, 7], new LocalTime(8, 0), new LocalTime(20, 0), Directories.Place)])],
            (advisor, _) => Task.FromResult<Rdv.Transactions.RowWrite?>(new Rdv.Transactions.RowWrite.Insert(advisor)),
            default);
        world.GoTo("2026-11-26T00:10");
        await FreezeAsync(product);

        // The world begins on Monday the 16th.
        var load = (await product.Get<ReadLoad>().ExecuteAsync(world.Territory, Directories.Structure, new LocalDate(2026, 11, 1), Tuesday, default)).Value;
        load.Advisors.Single(advisor => advisor.AdvisorId.Value == "a9").Days.Where(day => day.Counts.OfferedMinutes > 0).Select(day => day.Date)
            .ShouldBe(Enumerable.Range(16, 9).Select(day => new LocalDate(2026, 11, day)));
    }

    private static async Task<IReadOnlyList<Appointment>> BookAsync(Product product, int count)
    {
        var booked = new List<Appointment>();
        for (var hour = 9; hour < 9 + count; hour++)
        {
            booked.Add(await product.BookAsync(new AnAppointment().At($"2026-11-24T{hour:00}:00").With("a1")));
        }

        return booked;
    }

    private static async Task MarkAsync(Product product, IEnumerable<Appointment> appointments, bool came)
    {
        foreach (var appointment in appointments)
        {
            (await product.Get<MarkOutcome>().ExecuteAsync(appointment.Reference, appointment.AdvisorId, came, default)).Refusal.ShouldBeNull();
        }
    }

    private static async Task FreezeAsync(Product product) =>
        await product.Get<FreezeSums>().ExecuteAsync(await product.Get<FreezeDays>().ExecuteAsync(default), default);

    private static async Task<SumsReport> ReadAsync(World world, Product product, LocalDate? from = null, LocalDate? to = null) =>
        (await product.Get<ReadSums>().OfTerritoryAsync(world.Territory, from ?? Tuesday, to ?? Tuesday, withHours: true, default)).Value;
}
