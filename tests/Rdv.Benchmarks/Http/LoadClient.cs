using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;

namespace Rdv.Benchmarks.Http;

/// <summary>What a load met: told by the process that asked to the one that measures.</summary>
/// <param name="Milliseconds">At 50, 95 and 99 of a hundred.</param>
/// <param name="Bytes">Of a body, as it came over the wire.</param>
internal sealed record Load(int Count, int Failures, double Seconds, double[] Milliseconds, long Bytes)
{
    public double PerSecond => Count / Seconds;
}

/// <summary>Asks for the same address again and again, from a process of its own: what the server costs is not mixed with what asking costs.</summary>
internal static class LoadClient
{
    /// <param name="post">The bodies to send, one for each request, by client; null to get.</param>
    public static async Task<Load> RunAsync(Uri address, int clients, TimeSpan time, bool compressed, IReadOnlyList<string>? post = null)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None, MaxConnectionsPerServer = clients });
        if (compressed)
        {
            http.DefaultRequestHeaders.Add("Accept-Encoding", "br, gzip");
        }

        var next = -1;
        var failures = 0;
        var bytes = 0L;
        var watch = Stopwatch.StartNew();
        var taken = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            var milliseconds = new List<double>();
            while (watch.Elapsed < time)
            {
                var number = Interlocked.Increment(ref next);
                if (number >= post?.Count)
                {
                    break;
                }

                var began = watch.Elapsed;
                using var content = post is null ? null : new StringContent(post[number], System.Text.Encoding.UTF8, "application/json");
                using var answer = content is null ? await http.GetAsync(address) : await http.PostAsync(address, content);
                var body = await answer.Content.ReadAsByteArrayAsync();
                milliseconds.Add((watch.Elapsed - began).TotalMilliseconds);
                Interlocked.Add(ref bytes, body.Length);
                if (!answer.IsSuccessStatusCode)
                {
                    Interlocked.Increment(ref failures);
                }
            }

            return milliseconds;
        })));
        var all = taken.SelectMany(list => list).Order().ToArray();
        return new Load(all.Length, failures, watch.Elapsed.TotalSeconds, [At(0.5), At(0.95), At(0.99)], bytes / Math.Max(1, all.Length));

        double At(double share) => all.Length == 0 ? 0 : all[Math.Min(all.Length - 1, (int)(all.Length * share))];
    }

    /// <summary>As a process: reads what to ask from its arguments and bodies from its input, and writes one line.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var posts = args[4] == "post" ? (await Console.In.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries) : null;
        var load = await RunAsync(
            new Uri(args[0]), int.Parse(args[1], CultureInfo.InvariantCulture), TimeSpan.FromSeconds(double.Parse(args[2], CultureInfo.InvariantCulture)), args[3] == "compressed", posts);
        Console.WriteLine(System.Text.Json.JsonSerializer.Serialize(load));
        return 0;
    }
}
