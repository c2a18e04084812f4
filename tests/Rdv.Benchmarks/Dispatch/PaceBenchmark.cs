using System.Diagnostics;
using System.Globalization;
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
/// A morning on which more is due than the provider takes in a minute: it answers after 350 ms, and each minute sends what it may, in each fifth of
/// them two runs at once, of which one is an instance that is slow to die. Then what one run could send if the provider had no limit.
/// </summary>
internal static class PaceBenchmark
{
    private const int PerMinute = 600;

    private const int TwiceEvery = 5;

    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(350);

    /// <returns>1 when a run does not use its minute, or a territory with messages is passed over.</returns>
    public static async Task<int> RunAsync(int messages)
    {
        var territories = Rdv.Tests.Infrastructure.Country.Territories;
        await using var services = await LocalServices.StartAsync(new LocalServicesOptions { Mail = false });
        Console.WriteLine($"{Machine.Describe()}; {messages} reminders due at once in {territories.Count} territories; a provider of {PerMinute} a minute that answers in {Latency.TotalMilliseconds:F0} ms.");
        var gateway = new SilentSmsGateway(Latency);
        await using var product = await Product.CreateAsync(services, "rdvours", perMinute: PerMinute, gateway: gateway);
        await using var slowToDie = await Product.CreateAsync(services, "rdvours", perMinute: PerMinute, gateway: gateway);
        var reminders = await DispatchBenchmark.TemplateAsync(services, territories, messages);
        await FillAsync(product, reminders, territories, wave: 0);

        var good = true;
        var left = messages;
        List<double> seconds = [];
        for (var minute = 0; left > 0; minute++)
        {
            Product[] running = minute % TwiceEvery == 0 ? [product, slowToDie] : [product];
            foreach (var one in running)
            {
                one.Time.GoTo(DueReminders.DueAt(0) + Duration.FromMinutes(minute));
            }

            var before = gateway.ByTerritory();
            var watch = Stopwatch.StartNew();
            var sent = (await Task.WhenAll(running.Select(one => one.Dispatch.ExecuteAsync(Channel.Sms, CancellationToken.None)))).Sum();
            seconds.Add(watch.Elapsed.TotalSeconds);
            left -= sent;
            var after = gateway.ByTerritory();
            // Of those that had any left: the last minutes are of few of them.
            var served = reminders.ByTerritory()
                .Where(territory => before.GetValueOrDefault(territory.Key) < territory.Value)
                .Select(territory => after.GetValueOrDefault(territory.Key) - before.GetValueOrDefault(territory.Key))
                .ToList();

            // Of two runs at once each may hold back a part of what it has leased until its end.
            var unused = (running.Length - 1) * SendAllowance.Lease;
            good &= sent >= Math.Min(PerMinute, left + sent) - unused && sent <= PerMinute && served.Min() > 0;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  minute {minute + 1}: {sent} sent in {seconds[^1]:F1} s by {running.Length}, {served.Min()} to {served.Max()} of each of {served.Count} territories; {left} left"));
        }

        good &= gateway.Twice == 0;
        Console.WriteLine($"{gateway.Twice} were sent twice");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"pace: {messages} in {seconds.Count} minutes; a run takes {seconds.Median():F1} s of its {DispatchMessages.RunLength.TotalSeconds:F0}; {Machine.Load()}"));
        await UnlimitedAsync(services, reminders, territories);
        return good ? 0 : 1;
    }

    private static async Task UnlimitedAsync(LocalServices services, DueReminders reminders, IReadOnlyList<Territory> territories)
    {
        await using var product = await Product.CreateAsync(services, "rdvfast", gateway: new SilentSmsGateway(Latency));
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
}
