using System.Globalization;
using System.Net.Sockets;
using NodaTime;
using Rdv.Local;
using Rdv.Tests.WorkerHost;

namespace Rdv.Benchmarks.Http;

/// <summary>
/// The published worker behind the host of the tests, which is in this process and hands each request on. Each comes from an address of its own:
/// what one address may ask in a minute is no setting.
/// </summary>
internal sealed class WorkerServer(RunningWorker worker, int heapPort) : Server
{
    private static int _addresses;

    public override Uri BaseUrl => worker.BaseUrl;

    public override string ConnectionString => worker.Services.TableConnectionString;

    // The worker goes by the clock of the machine.
#pragma warning disable RS0030
    public override LocalDate Today { get; } = SystemClock.Instance.GetCurrentInstant().InZone(DateTimeZoneProviders.Tzdb["Europe/Paris"]).Date;
#pragma warning restore RS0030

    public static async Task<Server> StartAsync()
    {
        var port = HeapReport.Announce();
        try
        {
            return new WorkerServer(await RunningWorker.StartAsync(CancellationToken.None, new LocalOptions { Limits = false, Demo = false }, NextAddress), port);
        }
        finally
        {
            HeapReport.Withdraw();
        }
    }

    public override async Task<Taken> TakenAsync()
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", heapPort);
        using var reader = new StreamReader(client.GetStream());
        var heap = (await reader.ReadToEndAsync()).Split(' ').Select(part => long.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return new Taken(await worker.Process.ProcessorTimeAsync(), heap[0], (int)heap[1], Requests: null);
    }

    public override ValueTask DisposeAsync() => worker.DisposeAsync();

    private static string NextAddress()
    {
        var number = Interlocked.Increment(ref _addresses);
        return string.Create(CultureInfo.InvariantCulture, $"10.{(number >> 16) & 255}.{(number >> 8) & 255}.{number & 255}");
    }
}
