using System.Diagnostics;
using System.Globalization;
using Azure.Data.Tables;
using Rdv.Benchmarks.Measuring;
using Rdv.Benchmarks.Samples;
using Rdv.Benchmarks.Storage;
using Rdv.Dispatch;
using Rdv.Local.ServiceProcesses;
using Rdv.Messages;
using Rdv.Territories;

namespace Rdv.Benchmarks.Dispatch;

/// <summary>Drains the messages of 101 territories on one instance, beside the bare storage calls; and what a tick costs when nothing is due.</summary>
internal static class DispatchBenchmark
{
    /// <summary>Processor time of a message, over that of the bare calls.</summary>
    private const double Most = 1.5;

    private const int Rounds = 5;
    private const int Later = 5_000;

    /// <summary>
    /// What one message may cost, and what a run may cost beside its queries: its list of territories, the switches, what is given back of
    /// the last lease, and every five minutes that it looked; and a lease for each hundred SMS.
    /// </summary>
    private const int RequestsAMessage = 3;
    private const int RequestsARun = 4;

    /// <returns>1 when it costs more processor time than the target, or more requests than promised.</returns>
    public static async Task<int> RunAsync(int messages)
    {
        var watch = Stopwatch.StartNew();
        var territories = Rdv.Tests.Infrastructure.Country.Territories;
        await using var services = await LocalServices.StartAsync(new LocalServicesOptions { Mail = false });
        await using var ours = await Product.CreateAsync(services, "rdvours");
        await using var floor = await Product.CreateAsync(services, "rdvfloor");
        foreach (var product in new[] { ours, floor })
        {
            foreach (var territory in territories)
            {
                await product.FillDirectoryAsync(new SampleTerritory(territory.Code, 1));
            }
        }

        var reminders = await TemplateAsync(services, territories, messages / Rounds);
        Console.WriteLine($"{Machine.Describe()}; {messages} messages over {territories.Count} territories in {Rounds} rounds, ours and floor by turns; medians.");
        var bare = new BareDispatch(floor.Table);
        var rounds = new List<(Sample Ours, Sample Floor)>();
        var good = true;
        for (var round = 0; round <= Rounds; round++)
        {
            await reminders.WriteAsync(ours.Table, round);
            await reminders.WriteAsync(floor.Table, round);
            ours.Time.GoTo(DueReminders.DueAt(round));
            if (round == 0)
            {
                // Not measured: it compiles, reads the directories, and is counted.
                good &= await CountAsync(ours, floor, bare, territories.Count, messages / Rounds);
                continue;
            }

            var first = round % 2 == 1;
            var one = first ? await OursAsync() : await FloorAsync();
            var other = first ? await FloorAsync() : await OursAsync();
            rounds.Add(first ? (one, other) : (other, one));

            Task<Sample> OursAsync() => OnceAsync(messages / Rounds, () => ours.Dispatch.ExecuteAsync(Channel.Sms, CancellationToken.None));

            Task<Sample> FloorAsync() => OnceAsync(messages / Rounds, () => bare.RunAsync(DueReminders.DueAt(round).ToDateTimeOffset()));
        }

        var comparison = new Comparison("dispatch", 1, rounds, default);
        Console.WriteLine(comparison);
        good &= await IdleAsync(ours, reminders, territories.Count);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"dispatch: ours={comparison.Ours:F0} floor={comparison.Floor:F0} ratio={comparison.Ratio:F2} cpu={comparison.Cpu:F2}"));
        Console.WriteLine($"{Machine.Load()}; {watch.Elapsed.TotalSeconds:F0} s in all.");
        return good && comparison.Cpu <= Most ? 0 : 1;
    }

    /// <summary>What the product writes of a booking, to be written under other keys.</summary>
    public static async Task<DueReminders> TemplateAsync(LocalServices services, IReadOnlyList<Territory> territories, int messagesAWave)
    {
        var sample = new SampleTerritory("69", 1);
        await using var template = await Product.CreateAsync(services, "rdvplan", record: true);
        await template.FillAsync(sample);
        if (await template.Book.ExecuteAsync(SampleBookings.Named(sample, 0, 5, "template", 9999), CancellationToken.None) is not { Refusal: null })
        {
            throw new InvalidOperationException("The template was not booked.");
        }

        var rows = template.Recorder!.Transaction!.Select(action => (TableEntity)action.Entity).ToList();
        return new DueReminders(
            rows.Single(row => row.RowKey.StartsWith("rdv|", StringComparison.Ordinal)),
            rows.Single(row => row.RowKey.Contains("|reminder|citizen|", StringComparison.Ordinal)),
            territories,
            messagesAWave);
    }

    private static async Task<Sample> OnceAsync(int messages, Func<Task<int>> run)
    {
        var sent = 0;
        var sample = await Sample.TakeAsync(1, 1, async (_, _) => sent = await run());
        return sent == messages
            ? sample with { Operations = messages }
            : throw new InvalidOperationException($"{sent} of {messages} messages left.");
    }

    private static async Task<bool> CountAsync(Product ours, Product floor, BareDispatch bare, int territories, int messages)
    {
        var counted = await ours.Counter.CountAsync(() => ours.Dispatch.ExecuteAsync(Channel.Sms, CancellationToken.None));
        var needed = await floor.Counter.CountAsync(() => bare.RunAsync(DueReminders.DueAt(0).ToDateTimeOffset()));

        // Each directory was read once, which a run of a living instance does not do.
        var beside = counted.Requests - territories - (RequestsAMessage * messages) - territories;
        Console.WriteLine($"  over the wire, {messages} messages: {counted}; the floor: {needed}");
        Console.WriteLine($"  requests: {RequestsAMessage} a message, 1 query a territory, {beside} a run; and 1 for each directory that was not cached");
        return beside >= 1 && beside <= RequestsARun + LeasesOf(messages);
    }

    private static int LeasesOf(int messages) => (messages + SendAllowance.Lease - 1) / SendAllowance.Lease;

    private static async Task<bool> IdleAsync(Product ours, DueReminders reminders, int territories)
    {
        var before = await TickAsync();
        await reminders.WriteLaterAsync(ours.Table, Later);
        var after = await TickAsync();
        Console.WriteLine($"  an idle tick: {before}; with {Later} messages stored for later: {after}");
        return before == after && before.Requests < territories + RequestsARun;

        Task<Wire> TickAsync() => ours.Counter.CountAsync(() => ours.Dispatch.ExecuteAsync(Channel.Sms, CancellationToken.None));
    }
}
