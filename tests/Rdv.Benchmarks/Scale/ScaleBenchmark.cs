using System.Diagnostics;
using Azure.Data.Tables;
using Rdv.Agenda;
using Rdv.Benchmarks.Measuring;
using Rdv.Benchmarks.Samples;
using Rdv.Benchmarks.Storage;
using Rdv.Booking;
using Rdv.Local.ServiceProcesses;
using Rdv.Messages;

namespace Rdv.Benchmarks.Scale;

/// <summary>What an operation costs in requests, entities and bytes, whatever is stored.</summary>
internal static class ScaleBenchmark
{
    private const int Repeats = 20;

    private const int Digits = 8;

    /// <returns>1 when the cost of an operation depends on what is stored.</returns>
    public static async Task<int> RunAsync(bool full)
    {
        var sample = new SampleTerritory("69", 120);
        await using var services = await LocalServices.StartAsync(new LocalServicesOptions { Mail = false });
        await using var template = await Product.CreateAsync(services, "rdvplan", record: true);
        await template.FillAsync(sample);
        await using var product = await Product.CreateAsync(services, "rdvours");
        await product.FillAsync(sample);
        await using var forgetful = await Product.CreateAsync(services, "rdvours", memory: TimeSpan.Zero);
        var months = await product.Table.QueryAsync<TableEntity>(
            $"PartitionKey eq '{sample.Territory.Code}' and RowKey ge 'agenda|' and RowKey lt 'agenda|~'").ToListAsync();
        var stored = await StoredAppointments.CreateAsync(template, sample, product.Table);

        Console.WriteLine($"{Machine.Describe()}; 120 advisors, {Repeats} of each operation.");
        var good = true;
        Dictionary<string, Wire>? first = null;
        int[] sizes = full ? [1_000, 10_000, 100_000] : [1_000, 10_000];
        foreach (var size in sizes)
        {
            var filling = Stopwatch.StartNew();
            await stored.GrowToAsync(size);
            Console.WriteLine($"{size} appointments stored ({filling.Elapsed.TotalSeconds:F0} s to write them)");
            var wires = new Dictionary<string, Wire>();

            // What it remembers lasts for all of them: how often it is read anew is a matter of time, not of what is stored.
            await using var remembering = await Product.CreateAsync(services, "rdvours", memory: TimeSpan.FromHours(1));
            foreach (var (name, measured, prepare, run) in Operations(remembering, forgetful, sample, size))
            {
                foreach (var rows in months.Chunk(100))
                {
                    await product.Table.SubmitTransactionAsync(rows.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)));
                }

                await prepare();
                var watch = Stopwatch.StartNew();
                var total = await measured.Counter.CountAsync(run);
                var milliseconds = watch.Elapsed.TotalMilliseconds / Repeats;
                wires[name] = total;
                var same = first is null || IsSame(first[name], total);
                good &= same;
                Console.WriteLine(
                    $"  {name + ":",-32} {total}, for {Repeats}; {milliseconds:F1} ms each"
                    + (same ? "" : $"  DIFFERS from {first![name]}"));
            }

            first ??= wires;
        }

        Console.WriteLine(good ? "The same at every size." : "What is stored changes what an operation costs.");
        return good ? 0 : 1;
    }

    // The shared count of the SMS of a day has a digit more at the next size.
    private static bool IsSame(Wire one, Wire other) =>
        one.Requests == other.Requests && one.Entities == other.Entities
        && Math.Abs(one.SentBytes - other.SentBytes) <= Digits && Math.Abs(one.ReceivedBytes - other.ReceivedBytes) <= Digits;

    /// <summary>What is counted of each is <see cref="Repeats"/> of them; what comes before is not.</summary>
    private static IEnumerable<(string Name, Product Measured, Func<Task> Prepare, Func<Task> Run)> Operations(
        Product product, Product forgetful, SampleTerritory sample, int size)
    {
        // A number that booked before costs a query more, which counts what it has: each booking has a number of its own.
        var phone = size / 1_000 * 80;
        yield return ("book, a named advisor", product, () => NamedAsync(0, 1), () => NamedAsync(1, Repeats));
        yield return ("book, any of 120 advisors", product, () => AnyAsync(0, 1), () => AnyAsync(1, Repeats));
        yield return ("search, 7 days of 120 advisors", forgetful, SearchAsync, async () =>
        {
            for (var number = 0; number < Repeats; number++)
            {
                await SearchAsync();
            }
        }
        );
        yield return ($"dispatch of {Repeats} SMS", product, async () =>
        {
            // First what the bookings before have left to send.
            await DispatchAsync();
            await NamedAsync(1 + Repeats, Repeats);
        }, async () =>
        {
            if (await DispatchAsync() != Repeats)
            {
                throw new InvalidOperationException("The messages did not leave.");
            }
        }
        );

        Task NamedAsync(int first, int count) =>
            BookAsync(first, count, number => SampleBookings.Named(sample, number, 0, $"{size:D6} named {number:D2}", phone++));

        Task AnyAsync(int first, int count) =>
            BookAsync(first, count, number => SampleBookings.Any(sample, number, 0, $"{size:D6} any {number:D2}", phone++));

        async Task BookAsync(int first, int count, Func<int, BookingRequest> request)
        {
            for (var number = first; number < first + count; number++)
            {
                if (await product.Book.ExecuteAsync(request(number), CancellationToken.None) is not { Refusal: null, Value.Repeated: false })
                {
                    throw new InvalidOperationException("A booking that should succeed did not.");
                }
            }
        }

        Task SearchAsync() => forgetful.Search.ExecuteAsync(new SlotSearch(sample.Territory, SampleTerritory.Topic, FixedTime.Today, 7), CancellationToken.None);

        Task<int> DispatchAsync() => product.Dispatch.ExecuteAsync(Channel.Sms, CancellationToken.None);
    }
}
