using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging;
using NodaTime;
using Rdv.Backups;
using Rdv.Directory.Import;
using Rdv.Territories;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Backups;

/// <summary>Each night, every partition is in the backup once, or there is none.</summary>
public sealed class ExportTests(TableStorage storage) : ProductTest(storage)
{
    private readonly TableStorage _storage = storage;

    [Fact]
    public async Task A_row_is_read_back_as_it_was_with_every_type_of_column()
    {
        var (world, _) = await StartAsync();
        var backup = await ABackup.OfAsync(world, _storage);
        await world.Table.AddEntityAsync(
            new TableEntity("69", "zz|every type é € 🐢")
            {
                ["Text"] = "ligne\nsuivante \"'\\ é € 🐢 \u2028",
                ["Empty"] = "",
                ["Looks"] = "{\"int32\":\"1\"}",
                ["Int"] = int.MinValue,
                ["Long"] = long.MaxValue,
                ["True"] = true,
                ["False"] = false,
                ["Instant"] = new DateTimeOffset(2026, 3, 29, 1, 59, 59, TimeSpan.Zero).AddTicks(1_234_567),
                ["Guid"] = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"),
                ["Binary"] = new byte[] { 0, 1, 2, 255 },
                ["None"] = Array.Empty<byte>(),
                ["Third"] = 1.0 / 3,
                ["Huge"] = 1.7976931348623157e308,
            },
            TestContext.Current.CancellationToken);
        (await backup.ExportAsync()).ShouldBeTrue();
        await backup.RestoreAsync(world.Clock.GetCurrentInstant());
        var restored = await ABackup.RowsAsync(backup.Table);
        restored.ShouldContain(row => row.Contains("zz|every type", StringComparison.Ordinal) && row.Contains("Int:Int32=-2147483648", StringComparison.Ordinal));
        restored.ShouldBe(await ABackup.RowsAsync(world.Table));
    }

    [Fact]
    public async Task A_manifest_is_written_last_and_says_what_is_there()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment());
        var backup = await ABackup.OfAsync(world, _storage);
        (await backup.ExportAsync()).ShouldBeTrue();
        var name = (await backup.FilesAsync()).Single(file => file.Contains("manifest-", StringComparison.Ordinal));
        name.ShouldStartWith("2026-11-16/");
        using var manifest = JsonDocument.Parse((await backup.Container.GetBlobClient(name).DownloadContentAsync(TestContext.Current.CancellationToken)).Value.Content);
        manifest.RootElement.GetProperty("format").GetInt32().ShouldBe(1);
        manifest.RootElement.GetProperty("parts").EnumerateArray().Select(part => part.GetProperty("partition").GetString()).ShouldBe(["69", "territories"]);
        manifest.RootElement.GetProperty("rows").GetInt32().ShouldBe((await ABackup.RowsAsync(world.Table)).Count);
    }

    [Fact]
    public async Task A_night_is_done_once_and_the_next_night_again()
    {
        var (world, _) = await StartAsync();
        var backup = await ABackup.OfAsync(world, _storage);
        var product = backup.Start();
        (await ABackup.ExportAsync(product)).ShouldBeTrue();
        (await product.Storage.DuringAsync(() => ABackup.ExportAsync(product))).ShouldBe(["point"]);
        world.Clock.AdvanceHours(15);
        (await ABackup.ExportAsync(product)).ShouldBeFalse("it is midnight in UTC, and the night begins at one");
        world.Clock.AdvanceHours(2);
        (await ABackup.ExportAsync(product)).ShouldBeTrue();
        (await backup.ManifestsAsync()).ShouldBe(2);
    }

    /// <summary>Nobody waits for one département that storage refuses.</summary>
    [Fact]
    public async Task A_partition_that_cannot_be_read_keeps_no_other_out_of_the_backup()
    {
        var (world, product) = await StartAsync();
        foreach (var code in new[] { "13", "75" })
        {
            await Directories.FillAsync(product.Get<WriteDirectory>(), Territory.Parse(code), advisors: 1);
        }

        var backup = await ABackup.OfAsync(world, _storage);
        var exporting = backup.Start();
        exporting.Storage.Fault = request => request.Partition == "13" ? StorageFault.Refused : StorageFault.None;
        (await ABackup.ExportAsync(exporting)).ShouldBeFalse();
        (await backup.FilesAsync()).Select(file => file.Split('/')[1].Split('-')[0]).Order(StringComparer.Ordinal).ShouldBe(["69", "75"]);
        exporting.Logs.Of(LogLevel.Warning).ShouldContain(line => line.StartsWith("Not copied: 13.", StringComparison.Ordinal));

        // The next run needs only what is missing.
        exporting.Storage.Mend();
        (await ABackup.ExportAsync(exporting)).ShouldBeTrue();
        (await backup.FilesAsync()).Count.ShouldBe(5);
    }

    [Fact]
    public async Task A_run_that_is_killed_anywhere_is_gone_on_with_and_nothing_is_copied_twice_that_was_noted()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment());
        var backup = await ABackup.OfAsync(world, _storage);
        var killed = 0;
        for (var step = 1; ; step++)
        {
            var kill = new KillSwitch(step);
            try
            {
                await ABackup.ExportAsync(backup.Start(kill));
            }
            catch (Exception exception) when (exception is SimulatedKillException or AggregateException { InnerException: SimulatedKillException })
            {
                // As if the process were gone.
            }

            if (!kill.Fired)
            {
                break;
            }

            killed++;
            world.Clock.Advance(ExportTable.ClaimLength);
            await ABackup.ExportAsync(backup.Start());
            (await backup.ManifestsAsync()).ShouldBeGreaterThan(0, $"killed {kill.Where}");
            var table = backup.New();
            await backup.RestoreAsync(world.Clock.GetCurrentInstant(), table);
            (await ABackup.RowsAsync(table)).Count.ShouldBe((await ABackup.RowsAsync(world.Table)).Count, $"killed {kill.Where}");

            // The next night.
            world.Clock.AdvanceHours(24);
        }

        killed.ShouldBeGreaterThan(15);
    }

    [Fact]
    public async Task Of_two_instances_at_once_one_exports()
    {
        var (world, _) = await StartAsync();
        var backup = await ABackup.OfAsync(world, _storage);
        var done = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ABackup.ExportAsync(backup.Start())));
        done.Count(complete => complete).ShouldBe(1);
        (await backup.FilesAsync()).Count.ShouldBe(3);
    }

    [Fact]
    public async Task What_is_booked_moved_cancelled_and_sent_while_it_is_copied_is_in_the_backup_as_a_whole()
    {
        var (world, product) = await StartAsync();
        var cancelled = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        var moved = await product.BookAsync(new AnAppointment().At("2026-11-24T10:00"));
        var backup = await ABackup.OfAsync(world, _storage);
        var exporting = backup.Start();
        var left = 3;
        exporting.Storage.Meanwhile = async request =>
        {
            // After the first reading of the partition, and after the readings that follow.
            if (request is { What: "range", Partition: "69" })
            {
                switch (left--)
                {
                    case 3:
                        break;
                    case 2:
                        await product.CancelAsync(cancelled);
                        await product.BookAsync(new AnAppointment().At("2026-11-24T11:00"));
                        break;
                    case 1:
                        await product.MoveAsync(moved, "2026-11-26T09:00");
                        await product.DispatchAsync();
                        break;
                }
            }
        };
        (await ABackup.ExportAsync(exporting)).ShouldBeTrue();
        left.ShouldBeLessThan(0);
        await backup.RestoreAsync(world.Clock.GetCurrentInstant());
        (await ABackup.RowsAsync(backup.Table)).ShouldBe(await ABackup.RowsAsync(world.Table));
        var restored = await backup.StartRestoredAsync();
        (await Consistency.ShouldHoldAsync(backup.Table, world.Territory, restored.Get<Rdv.Agenda.IAgendaStore>())).Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_partition_that_is_written_to_without_end_is_left_to_the_next_run_and_there_is_no_backup_until_then()
    {
        var (world, product) = await StartAsync();
        await Directories.FillAsync(product.Get<WriteDirectory>(), Territory.Parse("13"), advisors: 1);
        var backup = await ABackup.OfAsync(world, _storage);
        var exporting = backup.Start();
        exporting.Storage.Meanwhile = async request =>
        {
            if (request is { What: "range", Partition: "69" })
            {
                await world.Table.UpsertEntityAsync(new TableEntity("69", "zz|busy") { ["Now"] = Guid.NewGuid() });
            }
        };
        (await ABackup.ExportAsync(exporting)).ShouldBeFalse();
        (await backup.ManifestsAsync()).ShouldBe(0);
        await Should.ThrowAsync<Rdv.Azure.Backups.RestoreRefusedException>(() => backup.RestoreAsync(world.Clock.GetCurrentInstant()));
        exporting.Logs.Of(LogLevel.Warning).ShouldContain(line => line.StartsWith("2 of 3 partitions", StringComparison.Ordinal));
        exporting.Storage.Meanwhile = null;
        (await ABackup.ExportAsync(exporting)).ShouldBeTrue();
        await product.DisposeAsync();
    }

    [Fact]
    public async Task Every_other_partition_is_in_it_those_of_tomorrow_too()
    {
        var (world, _) = await StartAsync();
        foreach (var partition in new[] { "2A", "974", "keys", "load", "of tomorrow", "operations", "privacy", "quotas", "staff" })
        {
            await world.Table.UpsertEntityAsync(new TableEntity(partition, "row") { ["Text"] = partition }, cancellationToken: TestContext.Current.CancellationToken);
        }

        var backup = await ABackup.OfAsync(world, _storage);
        (await backup.ExportAsync()).ShouldBeTrue();
        var name = (await backup.FilesAsync()).Single(file => file.Contains("manifest-", StringComparison.Ordinal));
        using var manifest = JsonDocument.Parse((await backup.Container.GetBlobClient(name).DownloadContentAsync(TestContext.Current.CancellationToken)).Value.Content);
        manifest.RootElement.GetProperty("parts").EnumerateArray().Select(part => part.GetProperty("partition").GetString())
            .ShouldBe(["load", "2A", "69", "974", "of tomorrow", "privacy", "staff", "territories"]);
        manifest.RootElement.GetProperty("rows").GetInt32().ShouldBe((await ABackup.RowsAsync(world.Table)).Count);
    }

    [Fact]
    public async Task No_key_no_count_and_no_secret_is_in_a_backup()
    {
        var (world, product) = await StartAsync();
        foreach (var partition in new[] { "keys", "quotas", "operations" })
        {
            await world.Table.UpsertEntityAsync(new TableEntity(partition, "row") { ["Xml"] = "sealed" }, cancellationToken: TestContext.Current.CancellationToken);
        }

        var backup = await ABackup.OfAsync(world, _storage);
        (await backup.ExportAsync()).ShouldBeTrue();
        (await backup.FilesAsync()).Where(file => file.Contains("keys", StringComparison.Ordinal) || file.Contains("quotas", StringComparison.Ordinal) || file.Contains("operations", StringComparison.Ordinal)).ShouldBeEmpty();
        await product.DisposeAsync();
    }

    [Fact]
    public async Task Without_a_place_for_it_the_export_is_off_says_so_once_and_asks_nothing()
    {
        var (_, product) = await StartAsync();
        (await product.Storage.DuringAsync(async () =>
        {
            (await ABackup.ExportAsync(product)).ShouldBeFalse();
            (await ABackup.ExportAsync(product)).ShouldBeFalse();
            (await product.Get<WatchBackup>().ExecuteAsync(CancellationToken.None)).ShouldBeFalse();
        })).ShouldBeEmpty();
        product.Logs.All.Count(line => line.StartsWith("Nothing is backed up", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task When_the_other_account_does_not_answer_the_next_run_goes_on_and_after_26_hours_somebody_is_told()
    {
        var (world, _) = await StartAsync();
        var backup = await ABackup.OfAsync(world, _storage);
        var product = backup.Start();
        (await product.Get<WatchBackup>().ExecuteAsync(CancellationToken.None)).ShouldBeTrue("nothing was ever begun");
        (await ABackup.ExportAsync(product)).ShouldBeTrue();
        (await product.Get<WatchBackup>().ExecuteAsync(CancellationToken.None)).ShouldBeFalse();
        world.Clock.AdvanceHours(25);
        product.Blobs.Fault = _ => StorageFault.Refused;
        (await ABackup.ExportAsync(product)).ShouldBeFalse();
        (await product.Get<WatchBackup>().ExecuteAsync(CancellationToken.None)).ShouldBeFalse();
        world.Clock.AdvanceHours(1);
        (await product.Get<WatchBackup>().ExecuteAsync(CancellationToken.None)).ShouldBeTrue();
        product.Logs.Of(LogLevel.Error).ShouldContain("No backup was completed for 26 hours; the one under way has 0 partitions.");
        product.Blobs.Mend();
        (await ABackup.ExportAsync(product)).ShouldBeTrue();
        (await product.Get<WatchBackup>().ExecuteAsync(CancellationToken.None)).ShouldBeFalse();
    }
}
