using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Azure.Data.Tables;
using NodaTime;
using Rdv.Azure.Tables;
using Rdv.Benchmarks.Measuring;
using Rdv.Benchmarks.Samples;
using Rdv.Benchmarks.Storage;
using Rdv.Booking;

namespace Rdv.Benchmarks.Http;

/// <summary>
/// The product over HTTP, with a département of 120 advisors whose months are half booked: as <c>Rdv.Local</c> runs it, or the published worker
/// under the host of the tests. Who asks is another process. Beside each, what the bare storage calls of the same content give in the same minute.
/// </summary>
internal static class HttpBenchmark
{
    private static readonly int[] Crowds = [1, 8, 50];

    public static async Task<int> RunAsync(double seconds, bool worker)
    {
        await using var server = worker ? await WorkerServer.StartAsync() : await LocalServer.StartAsync();
        var sample = new SampleTerritory("69", 120, server.Today);
        await using var filled = await Product.CreateAsync(server.ConnectionString, "rdv");
        await filled.FillAsync(sample);
        await using var script = await Product.CreateAsync(server.ConnectionString, "rdvplan", record: true);
        await script.FillAsync(sample);
        script.Time.GoTo(server.Today.At(new LocalTime(1, 0)).InZoneLeniently(sample.Territory.Zone).ToInstant());
        await using var copy = await Product.CreateAsync(server.ConnectionString, "rdvbare");
        await copy.FillAsync(sample);
        Console.WriteLine($"{Machine.Describe()}; {(worker ? "the worker in one process, its host in a second, clients in a third" : "Rdv.Local in one process, clients in another")}; {seconds:F0} s a case; cpu and allocated: of the server, a request.");

        var api = new Uri(server.BaseUrl, $"api/territories/69/slots?topic={SampleTerritory.Topic}&from={server.Today:uuuu-MM-dd}&days=");
        foreach (var clients in Crowds)
        {
            await MeasureAsync("search, 7 days", new Uri(api + "7"), clients);
            await MeasureAsync("search, 28 days", new Uri(api + "28"), clients);
            await MeasureAsync("slots page", new Uri(server.BaseUrl, $"creneaux?commune=69383&sujet={SampleTerritory.Topic}"), clients);
            await BareSearchAsync(clients);
        }

        foreach (var (run, clients) in Crowds.Index())
        {
            await MeasureAsync("book, a named advisor", new Uri(server.BaseUrl, "api/appointments"), clients, Bodies(sample, named: true, run, 400));
            await MeasureAsync("book, any of a place's 5", new Uri(server.BaseUrl, "api/appointments"), clients, Bodies(sample, named: false, run, 120));
            await BareBookingAsync(Crowds.Take(run).Sum(), clients);
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

            var before = await server.TakenAsync();
            var load = await AskAsync(address, clients, posts is null ? seconds : 60, posts);
            var taken = await server.TakenAsync() - before;
            var storage = taken.Requests / (posts is null ? load.Seconds : load.Count) is { } requests ? string.Create(CultureInfo.InvariantCulture, $"  storage={requests:F2} {(posts is null ? "/s" : "each")}") : "";
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name + ", " + clients + (clients == 1 ? " client" : " clients") + ":",-38} {load.PerSecond,6:F0} /s  p50={load.Milliseconds[0],5:F1} p95={load.Milliseconds[1],5:F1} p99={load.Milliseconds[2],5:F1} ms  cpu={taken.Cpu.TotalMicroseconds / load.Count,5:F0} µs  allocated={taken.Bytes / 1024.0 / load.Count,4:F0} KB  body={load.Bytes / 1024.0:F1} KB  gen2={taken.Full}{storage}{(load.Failures > 0 ? $"  FAILED {load.Failures}" : "")}"));
        }

        async Task BareSearchAsync(int clients)
        {
            var (from, to) = (server.Today, server.Today.PlusDays(7));
            var bare = new TableClient(server.ConnectionString, "rdv", StorageOptions.Create());
            Tell($"bare query of 7 days, {clients}:", await Sample.TakeAsync(clients, Math.Max(10, 80 / clients), (_, _) => bare.QueryAsync<TableEntity>(
                string.Create(CultureInfo.InvariantCulture, $"PartitionKey eq '69' and RowKey ge 'agenda|{from:uuuu-MM}|' and RowKey lt 'agenda|{to:uuuu-MM}|~'"),
                select: Enumerable.Range(0, 8).Select(offset => $"D{from.PlusDays(offset).Day:D2}").Append("RowKey").Append("HoursVersion")).ToListAsync().AsTask()));
        }

        // Of the very bookings that the product makes on a table of its own; each client has an advisor of its own.
        async Task BareBookingAsync(int advisors, int clients)
        {
            const int Each = 8;
            var bookings = new List<BareBooking>();
            for (var number = 0; number < Each * clients; number++)
            {
                var (client, turn) = Math.DivRem(number, Each);
                script.Recorder!.Forget();
                await script.Book.ExecuteAsync(
                    SampleBookings.Named(sample, advisors + client, turn, $"bare {clients} {number}", (Each * advisors) + number), CancellationToken.None);
                bookings.Add(new BareBooking(script.Recorder.Query, script.Recorder.Transaction!));
            }

            var bare = new BareTable(copy.Table);
            Tell($"bare calls of a booking, {clients}:", await Sample.TakeAsync(clients, Each, (client, number) => bare.BookAsync(bookings[(client * Each) + number])));
        }

        static void Tell(string what, Sample taken) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-38} {taken.PerSecond,6:F0} /s"));
    }

    /// <summary>Each run its own: four places of named advisors and four of anybody, none of which meet.</summary>
    private static IReadOnlyList<string> Bodies(SampleTerritory sample, bool named, int run, int count) => [.. Enumerable.Range(0, count).Select(number =>
    {
        const int PlacesEach = 4;
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
}
