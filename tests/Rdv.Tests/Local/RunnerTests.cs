using System.Net;
using System.Net.Sockets;
using Azure.Data.Tables;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Local;

public sealed class RunnerTests
{
    [Fact]
    public async Task A_kill_of_the_runner_loses_nothing_and_leaves_nothing_behind()
    {
        using var directory = new TemporaryDirectory();
        int[] services;
        await using (var first = await Runner.StartAsync(directory.Path))
        {
            services = first.ServicePids;
            services.Length.ShouldBe(3);
            await AddAsync(first.Table, "1");
            await AddAsync(first.Table, "2");
            OtherProcess.Signal("KILL", first.Pid);

            // At once, while what was killed is still ending.
            await using var second = await Runner.StartAsync(directory.Path);
            services.ShouldAllBe(pid => !OtherProcess.Runs(pid));
            (await KeysAsync(second.Table)).ShouldBe(["1", "2"]);
            services = second.ServicePids;
        }

        await OtherProcess.EndAsync(services);
    }

    [Fact]
    public async Task A_kill_of_every_process_at_once_loses_nothing()
    {
        using var directory = new TemporaryDirectory();
        await using var first = await Runner.StartAsync(directory.Path);
        await AddAsync(first.Table, "1");
        await first.Table.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.UpsertMerge, new TableEntity("samples", "1") { ["more"] = "é" }),
                new(TableTransactionActionType.Add, new TableEntity("samples", "2")),
                new(TableTransactionActionType.Add, new TableEntity("samples", "3")),
            ]);
        await first.Table.DeleteEntityAsync("samples", "3");
        var before = (await first.Table.GetEntityAsync<TableEntity>("samples", "1")).Value;
        OtherProcess.Signal("KILL", [first.Pid, .. first.ServicePids]);

        await using var second = await Runner.StartAsync(directory.Path);
        (await KeysAsync(second.Table)).ShouldBe(["1", "2"]);
        var after = (await second.Table.GetEntityAsync<TableEntity>("samples", "1")).Value;
        after.ETag.ShouldBe(before.ETag);
        after.GetString("more").ShouldBe("é");
        after.GetString("name").ShouldBe("entity 1");
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_stops_everything_with_nothing_lost(string signal)
    {
        using var directory = new TemporaryDirectory();
        await using var first = await Runner.StartAsync(directory.Path);
        await AddAsync(first.Table, "1");
        OtherProcess.Signal(signal, first.Pid);
        await first.EndAsync();
        first.ExitCode.ShouldBe(0, first.Output);
        first.ServicePids.ShouldAllBe(pid => !OtherProcess.Runs(pid));
        File.Exists(directory.FileNamed("run.json")).ShouldBeFalse();
        System.IO.Directory.GetFiles(directory.FileNamed("azurite"), "*journal*").ShouldBeEmpty();

        await using var second = await Runner.StartAsync(directory.Path);
        (await KeysAsync(second.Table)).ShouldBe(["1"]);
    }

    [Fact]
    public async Task A_signal_during_the_start_stops_everything()
    {
        using var directory = new TemporaryDirectory();
        await using var runner = Runner.Launch(directory.Path);
        await Eventually.IsTrueAsync(() => File.Exists(directory.FileNamed("services.json")), "the services are starting");
        OtherProcess.Signal("TERM", runner.Pid);
        await runner.EndAsync();
        runner.ExitCode.ShouldBe(0, runner.Output);
        await Eventually.IsTrueAsync(() => !File.Exists(directory.FileNamed("services.json")), "the services ended");
    }

    [Fact]
    public async Task Ports_that_are_taken_are_left_alone()
    {
        using var directory = new TemporaryDirectory();
        using var site = TryTake(7071);
        using var tables = TryTake(10002);
        await using var runner = await Runner.StartAsync(directory.Path);
        runner.Site.Port.ShouldNotBe(7071);
        runner.TablePort.ShouldNotBe(10002);
        runner.Output.ShouldContain("Le port 7071 est déjà pris");
        using var client = new HttpClient { BaseAddress = runner.Site };
        (await client.GetAsync(new Uri("/dev", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_address_that_was_asked_for_and_is_taken_is_an_error()
    {
        using var directory = new TemporaryDirectory();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await using var runner = Runner.Launch(directory.Path, "--urls", $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}");
        await runner.EndAsync();
        runner.ExitCode.ShouldBe(1);
        runner.Output.ShouldContain("est déjà prise");
    }

    [Fact]
    public async Task A_directory_serves_one_runner_at_a_time()
    {
        using var directory = new TemporaryDirectory();
        await using var first = await Runner.StartAsync(directory.Path);
        await using var second = Runner.Launch(directory.Path);
        await second.EndAsync();
        second.ExitCode.ShouldBe(1);
        second.Output.ShouldContain("est déjà utilisé par le processus");
        await AddAsync(first.Table, "1");
    }

    [Fact]
    public async Task Fresh_empties_what_is_ours_and_nothing_else()
    {
        using var directory = new TemporaryDirectory();
        await using (var first = await Runner.StartAsync(directory.Path))
        {
            await AddAsync(first.Table, "1");
        }

        var secrets = await File.ReadAllTextAsync(directory.FileNamed("secrets.json"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(directory.FileNamed("notes.txt"), "mine", TestContext.Current.CancellationToken);
        await using var second = await Runner.StartAsync(directory.Path, "--fresh");
        (await KeysAsync(second.Table)).ShouldBeEmpty();
        File.ReadAllText(directory.FileNamed("notes.txt")).ShouldBe("mine");
        File.ReadAllText(directory.FileNamed("secrets.json")).ShouldNotBe(secrets);
    }

    [Fact]
    public async Task Fresh_refuses_a_directory_that_is_not_ours()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory.FileNamed("messages.jsonl"), "mine", TestContext.Current.CancellationToken);
        await using var runner = Runner.Launch(directory.Path, "--fresh");
        await runner.EndAsync();
        runner.ExitCode.ShouldBe(1);
        File.ReadAllText(directory.FileNamed("messages.jsonl")).ShouldBe("mine");
    }

    [Theory]
    [InlineData("--fersh")]
    [InlineData("--import", "/nowhere/structures.csv")]
    [InlineData("--urls", "7071")]
    [InlineData("--import")]
    public async Task A_wrong_option_is_said_and_ends_with_2(params string[] arguments)
    {
        using var directory = new TemporaryDirectory();
        await using var runner = Runner.Launch(directory.Path, arguments);
        await runner.EndAsync();
        runner.ExitCode.ShouldBe(2);
        runner.Output.ShouldContain(arguments[0] switch { "--import" when arguments.Length > 1 => "introuvable", var name => name });
        System.IO.Directory.EnumerateFileSystemEntries(directory.Path).ShouldBeEmpty();
    }

    private static async Task AddAsync(TableClient table, string key)
    {
        await table.CreateIfNotExistsAsync();
        await table.AddEntityAsync(new TableEntity("samples", key) { ["name"] = $"entity {key}" });
    }

    private static async Task<string[]> KeysAsync(TableClient table)
    {
        await table.CreateIfNotExistsAsync();
        return await table.QueryAsync<TableEntity>().Select(entity => entity.RowKey).ToArrayAsync();
    }

    private static TcpListener? TryTake(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException)
        {
            listener.Dispose(); // somebody has it already
            return null;
        }
    }
}
