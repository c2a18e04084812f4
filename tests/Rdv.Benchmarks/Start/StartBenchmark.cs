using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Rdv.Benchmarks.Measuring;
using Rdv.Tests.WorkerHost;

namespace Rdv.Benchmarks.Start;

/// <summary>
/// From the start of a process to its first answer: <c>Rdv.Local</c> on a data directory that is new, and on one that was there, and the
/// published worker under the host of the tests, whose storage runs before; beside them, by turns, an ASP.NET Core application of one line.
/// </summary>
internal static class StartBenchmark
{
    private const int Rounds = 5;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static async Task<int> RunAsync()
    {
        Console.WriteLine($"{Machine.Describe()}; {Rounds} rounds by turns; medians. cpu: of the process, and of the storage emulator, the mail catcher and what keeps them, until the first answer.");
        var kept = System.IO.Directory.CreateTempSubdirectory("rdv-start-").FullName;
        Dictionary<string, List<Start>> starts = [];
        try
        {
            for (var round = 0; round <= Rounds; round++)
            {
                var fresh = System.IO.Directory.CreateTempSubdirectory("rdv-start-").FullName;
                await TakeAsync("an empty application", () => OnceAsync("api/health", null, [Assembly.GetExecutingAssembly().Location, "start-empty"]), round);
                await TakeAsync("Rdv.Local, new data", () => OnceAsync("api/health", fresh, [LocalProgram, "--data", fresh]), round);
                await TakeAsync("Rdv.Local, data of before", () => OnceAsync("api/health", kept, [LocalProgram, "--data", kept]), round);
                await TakeAsync("the worker under a host", WorkerAsync, round);
                System.IO.Directory.Delete(fresh, recursive: true);
            }
        }
        finally
        {
            System.IO.Directory.Delete(kept, recursive: true);
        }

        foreach (var (name, taken) in starts)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name + ":",-28} {taken.Select(start => start.Seconds).Median():F2} s ({taken.Min(start => start.Seconds):F2}..{taken.Max(start => start.Seconds):F2})  cpu={taken.Select(start => start.Cpu).Median():F2} s  services={taken.Select(start => start.Services).Median():F2} s"));
        }

        Console.WriteLine(Machine.Load());
        return 0;

        // Round 0 is not counted: it brings the files into memory.
        async Task TakeAsync(string name, Func<Task<Start>> once, int round)
        {
            var start = await once();
            if (round > 0)
            {
                (starts.TryGetValue(name, out var known) ? known : starts[name] = []).Add(start);
            }
        }
    }

    /// <summary>What an ASP.NET Core application costs that does nothing.</summary>
    public static async Task<int> RunEmptyAsync(string[] arguments)
    {
        var app = WebApplication.CreateBuilder(arguments).Build();
        app.MapGet("/api/health", () => "ok");
        await app.RunAsync();
        return 0;
    }

    private static string LocalProgram => Path.Combine(AppContext.BaseDirectory, "Rdv.Local.dll");

    private static async Task<Start> OnceAsync(string path, string? data, IEnumerable<string> arguments)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}/");
        var info = new ProcessStartInfo("dotnet", [.. arguments, "--urls", address.GetLeftPart(UriPartial.Authority)]) { RedirectStandardOutput = true };
        using var client = new HttpClient { BaseAddress = address };
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(info)!;
        var output = process.StandardOutput.ReadToEndAsync();
        while (!await AnswersAsync(client, path))
        {
            if (process.HasExited || watch.Elapsed > Limit)
            {
                throw new InvalidOperationException("It did not start.");
            }

            await Task.Delay(5);
        }

        var start = new Start(watch.Elapsed.TotalSeconds, process.TotalProcessorTime.TotalSeconds, data is null ? 0 : await ServicesAsync(data));
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        await output;
        await process.WaitForExitAsync();
        return start;
    }

    private static async Task<Start> WorkerAsync()
    {
        await using var worker = await RunningWorker.StartAsync(CancellationToken.None);
        using var client = new HttpClient { BaseAddress = worker.BaseUrl };
        return await AnswersAsync(client, "api/health")
            ? new Start(Stopwatch.GetElapsedTime(worker.Process.StartedAt).TotalSeconds, (await worker.Process.ProcessorTimeAsync()).TotalSeconds, 0)
            : throw new InvalidOperationException("The worker did not answer.");
    }

    private static async Task<bool> AnswersAsync(HttpClient client, string path)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>Seconds of processor of what runs beside it.</summary>
    private static async Task<double> ServicesAsync(string data)
    {
        var run = Path.Combine(data, "run.json");
        while (!File.Exists(run))
        {
            await Task.Delay(5);
        }

        using var content = JsonDocument.Parse(await File.ReadAllTextAsync(run));
        return content.RootElement.GetProperty("servicePids").EnumerateArray().Sum(pid =>
        {
            using var service = Process.GetProcessById(pid.GetInt32());
            return service.TotalProcessorTime.TotalSeconds;
        });
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed record Start(double Seconds, double Cpu, double Services);
}
