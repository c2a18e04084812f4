using System.Text;
using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Directory.Import;
using Rdv.Ids;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Directory;

/// <summary>What a process knows of a directory, while another one changes it.</summary>
public sealed class CachedDirectoryTests(TableStorage storage) : ProductTest(storage)
{
    private static readonly AdvisorId Advisor = new("a1");

    public static TheoryData<string> Changes => ["an advisor more", "a place more", "a structure's name", "hours", "a leave", "a holiday worked"];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_by_another_process_is_seen_within_seconds(string change)
    {
        var (world, product, directories) = await StartStoppedAsync();
        var before = await ReadAsync();
        var other = world.Start();
        await ChangeAsync(world, other, change);
        (await ReadAsync()).ShouldBeSameAs(before, "it was read a moment ago");

        product.Time.Skip(CachedTerritoryDirectories.MaxAge);
        (await product.Storage.DuringAsync(async () => (await ReadAsync()).ShouldNotBeSameAs(before))).ShouldBe(["point", "range"]);

        ValueTask<TerritoryDirectory> ReadAsync() => directories.GetAsync(world.Territory, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task As_long_as_nothing_changes_it_costs_one_row_each_five_seconds_whoever_asks()
    {
        var (world, product, directories) = await StartStoppedAsync();
        var before = await ReadAsync();
        for (var time = 0; time < 100; time++)
        {
            product.Time.Skip(CachedTerritoryDirectories.MaxAge);
            (await product.Storage.DuringAsync(() => Task.WhenAll(Enumerable.Range(0, 20).Select(async _ => (await ReadAsync()).ShouldBeSameAs(before)))))
                .ShouldBe(["point"]);
            (await product.Storage.DuringAsync(ReadAsync)).ShouldBeEmpty();
        }

        Task<TerritoryDirectory> ReadAsync() => directories.GetAsync(world.Territory, TestContext.Current.CancellationToken).AsTask();
    }

    [Fact]
    public async Task Without_storage_it_is_good_enough_for_a_minute_and_then_no_more()
    {
        var (world, product, directories) = await StartStoppedAsync();
        var before = await ReadAsync();
        product.Storage.Fault = _ => StorageFault.NotReached;
        for (var seconds = 0.0; seconds < CachedTerritoryDirectories.Lifetime.TotalSeconds - 6; seconds += CachedTerritoryDirectories.MaxAge.TotalSeconds)
        {
            product.Time.Skip(CachedTerritoryDirectories.MaxAge);
            (await ReadAsync()).ShouldBeSameAs(before);
        }

        product.Time.Skip(2 * CachedTerritoryDirectories.MaxAge);
        await Should.ThrowAsync<StorageUnavailableException>(ReadAsync);
        product.Storage.Mend();
        (await ReadAsync()).Advisors.Keys.ShouldBe(before.Advisors.Keys);

        Task<TerritoryDirectory> ReadAsync() => directories.GetAsync(world.Territory, TestContext.Current.CancellationToken).AsTask();
    }

    [Fact]
    public async Task A_reload_that_fails_is_told_and_takes_nothing_away()
    {
        var (world, product, directories) = await StartStoppedAsync();
        var before = await directories.GetAsync(world.Territory, TestContext.Current.CancellationToken);
        product.Storage.Fault = _ => StorageFault.NotReached;
        await Should.ThrowAsync<StorageUnavailableException>(() => directories.ReloadAsync(world.Territory, TestContext.Current.CancellationToken));
        await Should.ThrowAsync<StorageUnavailableException>(() => directories.ReloadAsync(world.Territory, TestContext.Current.CancellationToken));
        (await directories.GetAsync(world.Territory, TestContext.Current.CancellationToken)).ShouldBeSameAs(before, "an answer about what is stored needs it");
        product.Time.Skip(CachedTerritoryDirectories.Lifetime);
        await Should.ThrowAsync<StorageUnavailableException>(async () => await directories.GetAsync(world.Territory, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_is_changed_while_it_is_read_page_by_page_is_not_missed()
    {
        var (world, product, directories) = await StartStoppedAsync();
        await directories.GetAsync(world.Territory, TestContext.Current.CancellationToken);
        var other = world.Start();

        // After the revision has been read, and before the rows that are read with it are used.
        product.Storage.Meanwhile = async request =>
        {
            if (request.What == "range")
            {
                product.Storage.Meanwhile = null;
                await ChangeAsync(world, other, "hours");
            }
        };
        await directories.ReloadAsync(world.Territory, TestContext.Current.CancellationToken);
        product.Time.Skip(CachedTerritoryDirectories.MaxAge);
        (await directories.GetAsync(world.Territory, TestContext.Current.CancellationToken)).Advisors[Advisor].HoursVersion.ShouldBe(2);
    }

    private async Task<(World World, Product Product, ITerritoryDirectories Directories)> StartStoppedAsync()
    {
        var (world, product) = await StartAsync();
        product.Time.Stop();
        return (world, product, product.Get<ITerritoryDirectories>());
    }

    private static async Task ChangeAsync(World world, Product other, string change)
    {
        var cancelled = TestContext.Current.CancellationToken;
        Refusal? refusal = null;
        switch (change)
        {
            case "an advisor more":
                var line = "id,structure_id,first_name,last_name,email,phone,topics,opening_hours\na2,s1,Odette,Fictive,a2@structure.example,,,lun 9:00-12:00\n";
                var report = await other.Get<ImportAdvisors>().ExecuteAsync(new MemoryStream(Encoding.UTF8.GetBytes(line)), dryRun: false, cancelled);
                report.Value.Created.ShouldBe(1, string.Join('\n', report.Value.Problems));
                break;
            case "a place more":
                await other.PutAsync(world.Territory, new Place(new PlaceId("p2"), Directories.Structure, "Mairie", "2 rue Fictive", "69003", "Lyon", "69383"));
                break;
            case "a structure's name":
                await other.PutAsync(world.Territory, new Structure(Directories.Structure, "Médiathèque du Canal"));
                break;
            case "hours":
                refusal = (await other.Get<ChangeOpeningHours>().ExecuteAsync(
                    world.Territory, Advisor, [new OpeningHours([1], new LocalTime(14, 0), new LocalTime(17, 0), Directories.Place)], cancelled)).Refusal;
                break;
            case "a leave":
                refusal = (await other.Get<PlanLeave>().ExecuteAsync(world.Territory, Advisor, new LocalDate(2026, 11, 30), cancelled)).Refusal;
                break;
            default:
                refusal = (await other.Get<ChangeHoliday>().ExecuteAsync(world.Territory, Directories.Structure, new LocalDate(2026, 12, 25), true, cancelled)).Refusal;
                break;
        }

        refusal.ShouldBeNull();
    }
}
