using System.Collections.Concurrent;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Rdv.Local.ServiceProcesses;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Local;

public sealed class LocalServicesTests
{
    [Fact]
    public async Task An_emulator_that_is_killed_comes_back_on_its_port_with_its_data()
    {
        using var directory = new TemporaryDirectory();
        await using var services = await LocalServices.StartAsync(new LocalServicesOptions { DataDirectory = directory.Path, Mail = false });
        var table = new TableClient(services.TableConnectionString, "samples");
        await table.CreateAsync();
        await table.AddEntityAsync(new TableEntity("samples", "1"));
        OtherProcess.Signal("KILL", services.ProcessIds[1]);

        // The client of the SDK tries again for as long as the emulator takes to come back.
        await table.AddEntityAsync(new TableEntity("samples", "2"));
        (await table.QueryAsync<TableEntity>().CountAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task What_was_answered_survives_kills_at_any_moment_and_no_transaction_is_torn()
    {
        using var directory = new TemporaryDirectory();
        var notices = new ConcurrentQueue<string>();
        await using var services = await LocalServices.StartAsync(
            new LocalServicesOptions { DataDirectory = directory.Path, Mail = false, Notice = notices.Enqueue });
        var table = new TableClient(services.TableConnectionString, "samples", new TableClientOptions { Retry = { MaxRetries = 0 } });
        await table.CreateAsync();

        var answered = new ConcurrentQueue<int>();
        using var stop = new CancellationTokenSource();
        var next = 0;
        var writers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var number = Interlocked.Increment(ref next);
                try
                {
                    await table.SubmitTransactionAsync(
                        [.. Enumerable.Range(0, 3).Select(i => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("samples", $"{number}-{i}")))]);
                    answered.Enqueue(number);
                }
                catch (RequestFailedException)
                {
                    await Task.Delay(20);
                }
            }
        })).ToArray();
        for (var kills = 1; kills <= 3; kills++)
        {
            var before = answered.Count;
            await Eventually.IsTrueAsync(() => answered.Count > before + 100, "transactions were answered");
            var azurite = JsonDocument.Parse(await File.ReadAllTextAsync(directory.FileNamed("services.json"))).RootElement.GetProperty("azurite").GetInt32();
            OtherProcess.Signal("KILL", azurite);
            await Eventually.IsTrueAsync(() => notices.Count == kills, "the emulator came back");
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
        var rows = (await table.QueryAsync<TableEntity>().Select(row => row.RowKey.Split('-')[0]).ToArrayAsync()).CountBy(number => number).ToDictionary();
        rows.Values.ShouldAllBe(count => count == 3);
        answered.ShouldAllBe(number => rows.ContainsKey($"{number}"));
    }

    [Fact]
    public async Task A_supervisor_that_is_killed_comes_back_on_its_ports_with_the_data()
    {
        using var directory = new TemporaryDirectory();
        var notices = new List<string>();
        await using var services = await LocalServices.StartAsync(
            new LocalServicesOptions { DataDirectory = directory.Path, Mail = false, Notice = notices.Add });
        var table = new TableClient(services.TableConnectionString, "samples");
        await table.CreateAsync();
        await table.AddEntityAsync(new TableEntity("samples", "1"));
        var killed = services.ProcessIds.ToArray();
        OtherProcess.Signal("KILL", killed[0]);
        await Eventually.IsTrueAsync(() => notices.Any(notice => notice.Contains("relancés")), "the services came back");
        killed.ShouldAllBe(pid => !OtherProcess.Runs(pid));
        (await table.QueryAsync<TableEntity>().CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_transaction_torn_by_a_kill_is_left_out_whole()
    {
        using var directory = new TemporaryDirectory();
        using var copy = new TemporaryDirectory();
        var options = new LocalServicesOptions { DataDirectory = directory.Path, Mail = false };
        await using var services = await LocalServices.StartAsync(options);
        var table = new TableClient(services.TableConnectionString, "samples");
        await table.CreateAsync();
        await table.AddEntityAsync(new TableEntity("samples", "1"));
        await table.SubmitTransactionAsync(
            [.. Enumerable.Range(2, 3).Select(i => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("samples", $"{i}")))]);

        // What a kill would leave now, had it come in the middle of the last line.
        CopyTables(directory.Path, copy.Path);
        var journal = System.IO.Directory.GetFiles(copy.FileNamed("azurite"), "*journal*").Order().Last();
        var text = await File.ReadAllTextAsync(journal, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(journal, text[..^20], TestContext.Current.CancellationToken);

        await using var torn = await LocalServices.StartAsync(options with { DataDirectory = copy.Path });
        var keys = await new TableClient(torn.TableConnectionString, "samples").QueryAsync<TableEntity>().Select(e => e.RowKey).ToArrayAsync();
        keys.ShouldBe(["1"]);
    }

    [Fact]
    public async Task A_transaction_that_fails_leaves_the_rows_as_they_were_even_after_a_kill()
    {
        using var directory = new TemporaryDirectory();
        await using var services = await LocalServices.StartAsync(new LocalServicesOptions { DataDirectory = directory.Path, Mail = false });
        var table = new TableClient(services.TableConnectionString, "samples");
        await table.CreateAsync();
        await table.AddEntityAsync(new TableEntity("samples", "1") { ["name"] = "before" });
        await Should.ThrowAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.UpsertReplace, new TableEntity("samples", "1") { ["name"] = "after" }),
                new(TableTransactionActionType.Add, new TableEntity("samples", "2")),
                new(TableTransactionActionType.UpdateMerge, new TableEntity("samples", "missing"), new ETag("*")),
            ]));
        OtherProcess.Signal("KILL", services.ProcessIds[1]);
        var rows = await table.QueryAsync<TableEntity>().ToArrayAsync();
        rows.Select(row => (row.RowKey, row.GetString("name"))).ShouldBe([("1", "before")]);
    }

    [Fact]
    public async Task In_memory_leaves_no_process_and_takes_free_ports()
    {
        int[] processes;
        await using (var services = await LocalServices.StartAsync(new LocalServicesOptions()))
        {
            processes = [.. services.ProcessIds];
            processes.Length.ShouldBe(3);
            await new TableClient(services.TableConnectionString, "samples").CreateAsync();
            using var client = new HttpClient();
            client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
            (await client.GetStringAsync(services.MailWebUrl, TestContext.Current.CancellationToken)).ShouldContain("<html");
        }

        processes.ShouldAllBe(pid => !OtherProcess.Runs(pid));
    }

    private static void CopyTables(string from, string to)
    {
        var target = System.IO.Directory.CreateDirectory(Path.Combine(to, "azurite"));
        foreach (var file in System.IO.Directory.GetFiles(Path.Combine(from, "azurite")))
        {
            File.Copy(file, Path.Combine(target.FullName, Path.GetFileName(file)));
        }
    }
}
