using System.Diagnostics;
using System.Globalization;
using Azure.Data.Tables;
using NodaTime;
using Rdv.Benchmarks.Measuring;
using Rdv.Benchmarks.Samples;
using Rdv.Benchmarks.Storage;
using Rdv.Dispatch;
using Rdv.Local.ServiceProcesses;
using Rdv.Messages;
using Rdv.Territories;

namespace Rdv.Benchmarks.Dispatch;

/// <summary>
/// A morning on which more is due than the provider takes in a minute: it answers after 350 ms, and one run a minute sends what it may. Then
/// what one run could send if the provider had no limit.
/// </summary>
internal static class PaceBenchmark
{
    private const int PerMinute = 600;

    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(350);

    /// <returns>1 when a run does not use its minute, or a territory with messages is passed over.</returns>
    public static async Task<int> RunAsync(int messages)
    {
        var territories = Rdv.Tests.Infrastructure.Country.Territories;
        await using var services = await LocalServices.StartAsync(new LocalServicesOptions { Mail = false });
        Console.WriteLine($"{Machine.Describe()}; {messages} reminders due at once in {territories.Count} territories; a provider of {PerMinute} a minute that answers in {Latency.TotalMilliseconds:F0} ms.");
        await using var product = await Product.CreateAsync(services, "rdvours", perMinute: PerMinute, provider: Latency);
        var reminders = await DispatchBenchmark.TemplateAsync(services, territories, messages);
        await FillAsync(product, reminders, territories, wave: 0);

        var good = true;
        var left = messages;
        List<double> seconds = [];
        for (var minute = 0; left > 0; minute++)
        {
            product.Time.GoTo(DueReminders.DueAt(0) + Duration.FromMinutes(minute));
            var before = await CountAsync(product, territories);
            var watch = Stopwatch.StartNew();
            var sent = await product.Dispatch.ExecuteAsync(Channel.Sms, CancellationToken.None);
            seconds.Add(watch.Elapsed.TotalSeconds);
            var after = await CountAsync(product, territories);
            left -= sent;
            var served = before.Select(territory => territory.Value - after.GetValueOrDefault(territory.Key)).ToList();
            good &= sent == Math.Min(PerMinute, left + sent) && served.Min() >= Math.Min(1, sent / territories.Count);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  minute {minute + 1}: {sent} sent in {seconds[^1]:F1} s, {served.Min()} to {served.Max()} of each of {served.Count} territories; {left} left"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"pace: {messages} in {seconds.Count} minutes; a run takes {seconds.Median():F1} s of its {DispatchMessages.RunLength.TotalSeconds:F0}; {Machine.Load()}"));
        await UnlimitedAsync(services, reminders, territories);
        return good ? 0 : 1;
    }

    private static async Task UnlimitedAsync(LocalServices services, DueReminders reminders, IReadOnlyList<Territory> territories)
    {
        await using var product = await Product.CreateAsync(services, "rdvfast", provider: Latency);
        await FillAsync(product, reminders, territories, wave: 1);
        product.Time.GoTo(DueReminders.DueAt(1));
        var sample = default(Sample);
        var sent = 0;
        sample = await Sample.TakeAsync(1, 1, async (_, _) => sent = await product.Dispatch.ExecuteAsync(Channel.Sms, CancellationToken.None));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"one run without that limit: {sent} in {sample.Seconds:F1} s, {60 * sent / sample.Seconds:F0} a minute, {60 * sent / sample.Seconds / PerMinute:F1} times the limit; cpu={1e6 * sample.CpuSeconds / sent:F0} µs a message; {Machine.Load()}"));
    }

    private static async Task FillAsync(Product product, DueReminders reminders, IReadOnlyList<Territory> territories, int wave)
    {
        foreach (var territory in territories)
        {
            await product.FillDirectoryAsync(new SampleTerritory(territory.Code, 1));
        }

        await reminders.WriteAsync(product.Table, wave);
    }

    private static async Task<Dictionary<string, int>> CountAsync(Product product, IReadOnlyList<Territory> territories)
    {
        var waiting = new Dictionary<string, int>();
        await foreach (var row in product.Table.QueryAsync<TableEntity>("RowKey ge 'due|sms|' and RowKey lt 'due|sms|~'", select: ["PartitionKey", "RowKey"]))
        {
            waiting[row.PartitionKey] = waiting.GetValueOrDefault(row.PartitionKey) + 1;
        }

        return waiting.Count > territories.Count ? throw new InvalidOperationException("More territories than were filled.") : waiting;
    }
}
