using NodaTime;
using Rdv.Agenda;
using Rdv.Ids;
using Rdv.Tests.Infrastructure;
using Rdv.Transactions;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Agenda;

/// <summary>What is written to an agenda is what is read from it.</summary>
public sealed class StoredDaysTests(TableStorage storage) : ProductTest(storage)
{
    private static readonly AdvisorId Advisor = new("a1");
    private static readonly YearMonth November = new(2026, 11);
    private static readonly YearMonth December = new(2026, 12);

    private static readonly DayAgenda Full = new(
        [
            new AgendaEntry(EntryKind.Appointment, 108, 12, "K7Q29XM4", "smartphone", new PlaceId("p1"), 3, EntryOutcome.Kept),
            new AgendaEntry(EntryKind.Appointment, 120, 12, "2B3C4D5E", "internet", new PlaceId("p2"), 1, EntryOutcome.Missed),
            new AgendaEntry(EntryKind.Workshop, 168, 24, "w0123456789abcdef", "premiers-pas", new PlaceId("p1"), 2, Seats: new WorkshopSeats("L'« été » {\"é\\}", 3, ["K7Q29XM4", "2B3C4D5E"])),
            new AgendaEntry(EntryKind.Workshop, 264, 24, "wfedcba9876543210", "internet", new PlaceId("p1"), Seats: new WorkshopSeats("Vide", 40, [])),
            new AgendaEntry(EntryKind.Absence, 0, 288, "absence"),
            new AgendaEntry(EntryKind.Hold, 192, 12, "h0123", "smartphone", new PlaceId("p1"), Expires: Instant.FromUnixTimeSeconds(1_795_000_000)),
        ],
        Cancelled: 2,
        WalkIns: 3,
        OfferedMinutes: 0);

    private static readonly DayAgenda Frozen = new([], OfferedMinutes: 360);

    [Fact]
    public async Task Every_kind_of_entry_and_every_count_comes_back()
    {
        var (world, product) = await StartAsync();
        await WriteAsync(world, product, November, new() { [3] = Full, [4] = Frozen, [5] = DayAgenda.Empty });

        var month = await product.Get<IAgendaStore>().ReadMonthAsync(world.Territory, Advisor, November, TestContext.Current.CancellationToken);
        month.HoursVersion.ShouldBe(7);
        month.Days.Keys.Order().ShouldBe([3, 4, 5]);
        ShouldBeSame(month.Days[3], Full);
        ShouldBeSame(month.Days[4], Frozen);
        ShouldBeSame(month.Days[5], DayAgenda.Empty);
    }

    [Theory]
    [InlineData("2027-02-01", "2027-03-31")]
    [InlineData("2027-02-03", "2027-04-10")]
    [InlineData("2026-11-30", "2027-04-01")]
    [InlineData("2027-02-20", "2027-03-31")]
    public async Task A_long_window_that_begins_in_a_short_month_brings_the_last_days_of_the_long_ones(string from, string to)
    {
        var (world, product) = await StartAsync();
        await WriteAsync(world, product, new YearMonth(2027, 3), Enumerable.Range(1, 31).ToDictionary(day => day, _ => Full));
        var months = await product.Get<IAgendaStore>().ReadDaysAsync(
            world.Territory, NodaTime.Text.LocalDatePattern.Iso.Parse(from).Value, NodaTime.Text.LocalDatePattern.Iso.Parse(to).Value, TestContext.Current.CancellationToken);
        months.ShouldHaveSingleItem().Days.Keys.Order().ShouldBe(Enumerable.Range(1, 31));
    }

    [Fact]
    public async Task A_window_over_two_months_brings_its_own_days_only()
    {
        var (world, product) = await StartAsync();
        var everyDay = Enumerable.Range(1, 30).ToDictionary(day => day, _ => Full);
        await WriteAsync(world, product, November, everyDay);
        await WriteAsync(world, product, December, everyDay);

        var months = await product.Get<IAgendaStore>().ReadDaysAsync(
            world.Territory, new LocalDate(2026, 11, 29), new LocalDate(2026, 12, 2), TestContext.Current.CancellationToken);
        months.Select(month => (month.Month, Days: string.Join(' ', month.Days.Keys.Order()))).ShouldBe([(November, "29 30"), (December, "1 2")]);
        months.SelectMany(month => month.Days.Values).ToList().ForEach(day => ShouldBeSame(day, Full));
    }

    /// <summary>What a later version may write beside what this one knows, and what a hand may leave out.</summary>
    [Theory]
    [InlineData("""{"e":[{"k":"a","s":108,"n":12,"i":"K7Q29XM4","t":"smartphone","p":"p1","v":3}],"c":2,"w":3,"o":0}""")]
    [InlineData("""{"z":{"e":[1,"}]\\\"",{"c":9}],"y":null},"e":[{"y":[],"long":"\"","k":"a","s":108,"n":12,"i":"K7Q29XM4","u":true,"t":"smartphone","p":"p1","v":3,"r":-1.5e3}],"c":2,"w":3,"o":0,"x":false}""")]
    [InlineData("""{"o":0,"w":3,"c":2,"e":[{"v":3,"p":"p1","t":"smartphone","i":"K7Q\u00329XM4","n":12,"s":108,"k":"a","o":null,"x":null}]}""")]
    public async Task What_is_none_of_ours_is_passed_over(string json)
    {
        var day = (await ReadAsync(json)).Days[3];
        ShouldBeSame(day, new DayAgenda([new AgendaEntry(EntryKind.Appointment, 108, 12, "K7Q29XM4", "smartphone", new PlaceId("p1"), 3)], 2, 3, 0));
    }

    /// <summary>A damaged day is never read as a free one.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"e":{}}""")]
    [InlineData("""{"e":[{"k":"a","s":108,"n":12,"i":"K7Q29XM4"}""")]
    [InlineData("""{"e":[{"k":"a","s":108,"n":12}]}""")]
    [InlineData("""{"e":[{"s":108,"n":12,"i":"K7Q29XM4"}]}""")]
    [InlineData("""{"e":[{"k":"?","s":108,"n":12,"i":"K7Q29XM4"}]}""")]
    [InlineData("""{"e":[{"k":"a","s":"108","n":12,"i":"K7Q29XM4"}]}""")]
    [InlineData("""{"e":[{"k":"a","s":108,"n":99999999999,"i":"K7Q29XM4"}]}""")]
    [InlineData("""{"e":[{"k":"a","s":108,"n":99999999999999999999,"i":"K7Q29XM4"}]}""")]
    [InlineData("""{"e":[{"k":"a","s":108,"n":12,"i":"K7Q29XM4}]}""")]
    [InlineData("""{"e":[{"k":"a","s":108,"n":12,"i":"K7Q29XM4\""")]
    [InlineData("""{"e":[{"k":"w","s":108,"n":12,"i":"w1","l":"\u12"}]}""")]
    [InlineData("""{"c":}""")]
    public async Task A_day_that_nobody_writes_is_an_error(string json)
    {
        var thrown = await Should.ThrowAsync<Exception>(() => ReadAsync(json));
        (thrown is InvalidDataException or System.Text.Json.JsonException).ShouldBeTrue(thrown.ToString());
    }

    /// <summary>What a process reads again every two seconds is nearly always what it was.</summary>
    [Fact]
    public async Task A_month_that_nobody_has_written_since_is_given_as_it_was_read_and_any_other_is_read()
    {
        var (world, product) = await StartAsync();
        await WriteAsync(world, product, November, new() { [3] = Full, [4] = Full });
        await WriteAsync(world, product, December, new() { [1] = Full });
        var before = await product.Get<IAgendaStore>().ReadDaysAsync(world.Territory, new LocalDate(2026, 11, 3), new LocalDate(2026, 12, 1), TestContext.Current.CancellationToken);

        // By somebody else, and in place of what stood there.
        await world.Table.UpsertEntityAsync(
            new global::Azure.Data.Tables.TableEntity(world.Territory.Code, "agenda|2026-11|a1") { ["HoursVersion"] = 9, ["D03"] = """{"w":5}""" },
            global::Azure.Data.Tables.TableUpdateMode.Merge,
            TestContext.Current.CancellationToken);
        var again = await product.Get<IAgendaStore>().ReadDaysAgainAsync(
            world.Territory, new LocalDate(2026, 11, 3), new LocalDate(2026, 12, 1), before, TestContext.Current.CancellationToken);
        again.Single(month => month.Month == December).ShouldBeSameAs(before.Single(month => month.Month == December));
        var changed = again.Single(month => month.Month == November);
        (changed.HoursVersion, changed.Days[3].WalkIns, changed.Days[3].Entries.Length).ShouldBe((9, 5, 0));
        ShouldBeSame(changed.Days[4], Full);
    }

    /// <summary>Rows that one transaction writes may bear the same time.</summary>
    [Fact]
    public async Task Two_months_written_in_one_transaction_are_not_taken_for_each_other()
    {
        var (world, product) = await StartAsync();
        await CommitAsync(1);
        var before = await ReadAsync([]);
        await CommitAsync(3);
        var again = await ReadAsync(before);
        again.Select(month => month.Days[3].WalkIns).ShouldBe([3, 4]);
        (await ReadAsync(again)).ShouldBe(again);

        async Task CommitAsync(int walkIns) => (await product.Get<ITransactions>().CommitAsync(
            world.Territory,
            [.. (await ReadMonthsAsync()).Select((month, number) => month.Write(new LocalDate(2026, 11, 3), new DayAgenda([], WalkIns: walkIns + number)))],
            writeId: "again",
            TestContext.Current.CancellationToken)).ShouldBe(CommitOutcome.Committed);

        async Task<StoredMonth[]> ReadMonthsAsync() =>
        [
            await product.Get<IAgendaStore>().ReadMonthAsync(world.Territory, Advisor, November, TestContext.Current.CancellationToken),
            await product.Get<IAgendaStore>().ReadMonthAsync(world.Territory, new AdvisorId("a2"), November, TestContext.Current.CancellationToken),
        ];

        Task<IReadOnlyList<AgendaMonth>> ReadAsync(IReadOnlyList<AgendaMonth> known) => product.Get<IAgendaStore>().ReadDaysAgainAsync(
            world.Territory, new LocalDate(2026, 11, 3), new LocalDate(2026, 11, 4), known, TestContext.Current.CancellationToken);
    }

    private async Task<StoredMonth> ReadAsync(string json)
    {
        var (world, product) = await StartAsync();
        await world.Table.AddEntityAsync(
            new global::Azure.Data.Tables.TableEntity(world.Territory.Code, "agenda|2026-11|a1") { ["HoursVersion"] = 1, ["D03"] = json }, TestContext.Current.CancellationToken);
        return await product.Get<IAgendaStore>().ReadMonthAsync(world.Territory, Advisor, November, TestContext.Current.CancellationToken);
    }

    private static async Task WriteAsync(World world, Product product, YearMonth month, Dictionary<int, DayAgenda> days) =>
        (await product.Get<ITransactions>().CommitAsync(
            world.Territory, [StoredMonth.Missing(Advisor, month).Write(days, hoursVersion: 7)], writeId: "sample", TestContext.Current.CancellationToken))
        .ShouldBe(CommitOutcome.Committed);

    // The entries of a record are compared by reference.
    private static void ShouldBeSame(DayAgenda read, DayAgenda written)
    {
        read.Entries.ShouldBe(written.Entries);
        (read with { Entries = [] }).ShouldBe(written with { Entries = [] });
    }
}
