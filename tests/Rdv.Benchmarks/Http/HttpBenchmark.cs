using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Azure.Core;
using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NodaTime;
using Rdv.Agenda;
using Rdv.Azure.Tables;
using Rdv.Benchmarks.Measuring;
using Rdv.Benchmarks.Samples;
using Rdv.Benchmarks.Storage;
using Rdv.Directory.Import;
using Rdv.Local;
using Rdv.Transactions;

namespace Rdv.Benchmarks.Http;

/// <summary>
/// The product over HTTP, as <c>Rdv.Local</c> runs it, with a département of 120 advisors whose months are half booked. The server is this process;
/// who asks is another. Beside each case, what the bare storage call of the same content gives in the same minute.
/// </summary>
internal static class HttpBenchmark
{
    public static async Task<int> RunAsync(double seconds)
    {
        var sample = new SampleTerritory("69", 120);
        var counter = new RequestCounter();
        await using var app = await LocalApp.StartAsync(
            new LocalOptions { Limits = false, Demo = false, Mail = false, FunctionTypes = [.. Assembly.Load("Rdv.Functions").GetTypes().Where(type => !IsTimer(type))] },
            services =>
            {
                services.Replace(ServiceDescriptor.Singleton<IClock>(new FixedTime()));
                services.Replace(ServiceDescriptor.Singleton(_ =>
                {
                    var options = StorageOptions.Create();
                    options.AddPolicy(counter, HttpPipelinePosition.PerRetry);
                    return options;
                }));
            });
        await Product.FillAsync(app.Services.GetRequiredService<WriteDirectory>(), app.Services.GetRequiredService<ITransactions>(), sample);
        Console.WriteLine($"{Machine.Describe()}; server in one process, clients in another; {seconds:F0} s a case; cpu and allocated: of the server, a request.");

        var api = new Uri(app.BaseUrl, $"api/territories/69/slots?topic={SampleTerritory.Topic}&from={FixedTime.Today:uuuu-MM-dd}&days=");
        foreach (var clients in new[] { 1, 8, 50 })
        {
            await MeasureAsync("search, 7 days", new Uri(api + "7"), clients);
            await MeasureAsync("search, 28 days", new Uri(api + "28"), clients);
            await MeasureAsync("slots page", new Uri(app.BaseUrl, $"creneaux?commune=69383&sujet={SampleTerritory.Topic}"), clients);
            await BareAsync(clients);
        }

        var bookings = 0;
        foreach (var clients in new[] { 1, 8 })
        {
            await MeasureAsync("book, a named advisor", new Uri(app.BaseUrl, "api/appointments"), clients, Bodies(sample, named: true, bookings, 600));
            await MeasureAsync("book, any of a place's 5", new Uri(app.BaseUrl, "api/appointments"), clients, Bodies(sample, named: false, bookings, 150));
            bookings++;
        }

        Console.WriteLine(Machine.Load());
        return 0;

        async Task MeasureAsync(string name, Uri address, int clients, IReadOnlyList<string>? posts = null)
        {
            if (posts is null)
            {
                // Compiles and connects.
                await AskAsync(address, clients, Math.Min(seconds, 2), null);
            }

            var before = (Cpu: Environment.CpuUsage.TotalTime, Bytes: GC.GetTotalAllocatedBytes(), Full: GC.CollectionCount(2), Requests: counter.Requests);
            var load = await AskAsync(address, clients, posts is null ? seconds : 60, posts);
            var cpu = (Environment.CpuUsage.TotalTime - before.Cpu).TotalMicroseconds / load.Count;
            var allocated = (GC.GetTotalAllocatedBytes() - before.Bytes) / 1024.0 / load.Count;
            var storage = (counter.Requests - before.Requests) / (posts is null ? load.Seconds : load.Count);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name + ", " + clients + (clients == 1 ? " client" : " clients") + ":",-38} {load.PerSecond,6:F0} /s  p50={load.Milliseconds[0],5:F1} p95={load.Milliseconds[1],5:F1} p99={load.Milliseconds[2],5:F1} ms  cpu={cpu,5:F0} µs  allocated={allocated,4:F0} KB  body={load.Bytes / 1024.0:F1} KB  gen2={GC.CollectionCount(2) - before.Full}  storage={storage:F2} {(posts is null ? "/s" : "each")}{(load.Failures > 0 ? $"  FAILED {load.Failures}" : "")}"));
        }

        async Task BareAsync(int clients)
        {
            var bare = new TableClient(ConnectionOf(app), "rdv", StorageOptions.Create());
            var taken = await Sample.TakeAsync(clients, Math.Max(10, 80 / clients), (_, _) =>
                bare.QueryAsync<TableEntity>($"PartitionKey eq '69' and RowKey ge 'agenda|2026-11|' and RowKey lt 'agenda|2026-12|~'", select: Enumerable.Range(23, 8).Select(day => $"D{day:D2}").Append("RowKey")).ToListAsync().AsTask());
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"bare query of 7 days, " + clients + ":",-38} {taken.PerSecond,6:F0} /s"));
        }
    }

    private static string ConnectionOf(LocalApp app) => app.Services.GetRequiredService<Microsoft.Extensions.Configuration.IConfiguration>()["Tables:ConnectionString"]!;

    /// <summary>Each client its own: six places of named advisors and six of anybody for each run, none of which meet.</summary>
    private static IReadOnlyList<string> Bodies(SampleTerritory sample, bool named, int run, int count) => [.. Enumerable.Range(0, count).Select(number =>
    {
        const int PlacesEach = 6;
        const int AdvisorsEach = PlacesEach * SampleTerritory.AdvisorsPerPlace;
        var (place, advisor) = ((PlacesEach * ((2 * run) + 1)) + (number % PlacesEach), (2 * AdvisorsEach * run) + (number % AdvisorsEach));
        return JsonSerializer.Serialize(new
        {
            territory = sample.Territory.Code,
            topic = SampleTerritory.Topic,
            start = (named ? sample.FreeStart(advisor, number / AdvisorsEach) : sample.AnyStart(place, number / PlacesEach)).ToString(),
            placeId = sample.Places[named ? advisor / SampleTerritory.AdvisorsPerPlace : place].Id.Value,
            advisorId = named ? sample.Advisors[advisor].Id.Value : null,
            citizen = new { name = "Jeanne Martin", phone = string.Create(CultureInfo.InvariantCulture, $"063998{((5000 * run) + (named ? 0 : 2500) + number) % 10000:D4}") },
        });
    })];

    private static async Task<Load> AskAsync(Uri address, int clients, double seconds, IReadOnlyList<string>? posts)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(Assembly.GetExecutingAssembly().Location);
        }

        foreach (var argument in new[] { "http-client", address.ToString(), $"{clients}", seconds.ToString(CultureInfo.InvariantCulture), "plain", posts is null ? "get" : "post" })
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        if (posts is not null)
        {
            await process.StandardInput.WriteAsync(string.Join('\n', posts));
        }

        process.StandardInput.Close();
        var line = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return JsonSerializer.Deserialize<Load>(line) ?? throw new InvalidOperationException("The client told nothing.");
    }

    private static bool IsTimer(Type type) => type.GetMethods().Any(method => method.GetParameters().Any(parameter => parameter.GetCustomAttribute<TimerTriggerAttribute>() is not null));
}
