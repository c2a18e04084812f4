using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Rdv.Directory;
using Rdv.Territories;
using Rdv.Tests.Contract;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Fuzzing;

/// <summary>
/// Thousands of inputs that are nearly right, to every route that there is: the API as openapi.json has it, the pages as their own forms have them.
/// CONTRIBUTING.md says how to send a million.
/// </summary>
public sealed class FuzzTests(ContractApp app, ITestOutputHelper output) : IClassFixture<ContractApp>
{
    private const int InTheSuite = 3000;
    private const int Seed = 20261127;
    private const int MostAgain = 600;

    // The contract: no call waits longer for its answer.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_is_sent_is_answered_as_an_answer_of_ours()
    {
        var count = Number("RDV_FUZZ_INPUTS", InTheSuite);
        var seed = Number("RDV_FUZZ_SEED", Seed);
        var values = await Values.MakeAsync(app);
        var pages = await PageCalls.CrawlAsync(app, values);
        var api = new ApiCalls(values);
        var (wrong, refused, statuses, reached) = (new ConcurrentDictionary<string, string>(), new ConcurrentBag<Call>(), new ConcurrentDictionary<int, int>(), new ConcurrentDictionary<string, int>());
        var hungUp = new ConcurrentBag<Call>();
        Call? slow = null;
        var (judge, slowest, watch) = (new Judge(app.App.BaseUrl, await AddressesAsync()), TimeSpan.Zero, Stopwatch.StartNew());
        var asTriggered = Triggers.Http.Select(trigger => Named(trigger.Method, trigger.Route)).ToHashSet();
        using var client = Client();
        output.WriteLine($"RDV_FUZZ_SEED={seed} RDV_FUZZ_INPUTS={count}; forms and links found for {pages.Found.Count()} of {PageCalls.Triggered.Count} pages");
        var (begun, rows) = (Memory(), (await RowsAsync()).Count);

        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Cancelled }, async (i, _) =>
        {
            var random = new Random(unchecked((seed * 1_000_003) + i));
            if (random.Next(60) == 0)
            {
                await SendBrokenAsync(i, BrokenRequests.Draw(random));
                return;
            }

            var call = random.Next(2) == 0 ? api.Draw(random) : pages.Draw(random);
            if (await TrySendAsync(client, call) is not var (reply, took))
            {
                hungUp.Add(call);
                return;
            }

            if (took > slowest)
            {
                (slowest, slow) = (took, call);
            }

            statuses.AddOrUpdate(reply.Status, 1, (_, before) => before + 1);
            if (asTriggered.Contains(Named(call.Method, call.Route)))
            {
                reached.AddOrUpdate(Named(call.Method, call.Route), reply.Status < 400 ? 1 : 0, (_, before) => before + (reply.Status < 400 ? 1 : 0));
            }

            foreach (var what in judge.Look(call, reply))
            {
                wrong.TryAdd($"{call.Route} {what}", $"input {i}: {what}\n  {call}\n  {Short(reply)}");
            }

            if (!call.IsRead && reply.Status is >= 400 and < 500 && refused.Count < MostAgain)
            {
                refused.Add(call);
            }
        });

        var (ended, after) = (Memory(), (await RowsAsync()).Count);
        output.WriteLine($"{count} inputs in {watch.Elapsed.TotalSeconds:F0} s, the slowest {slowest.TotalMilliseconds:F0} ms ({slow?.Method} {slow?.Route}); {string.Join(", ", statuses.OrderBy(one => one.Key).Select(one => $"{one.Key}: {one.Value}"))}");
        output.WriteLine($"memory in use {begun >> 20} MB before, {ended >> 20} MB after; rows {rows} before, {after} after");
        output.WriteLine($"{reached.Count(one => one.Value > 0)} of {asTriggered.Count} answered with what they are for; not:  {string.Join(", ", reached.Where(one => one.Value == 0).Select(one => one.Key).Order())}");
        foreach (var what in wrong.Values.Order(StringComparer.Ordinal))
        {
            output.WriteLine(what);
        }

        foreach (var call in hungUp.Take(5))
        {
            output.WriteLine($"the server hung up: {call}");
        }

        hungUp.Count.ShouldBeLessThanOrEqualTo(count / 1000);
        wrong.Keys.Order(StringComparer.Ordinal).ShouldBeEmpty();
        slowest.ShouldBeLessThan(Longest);

        // Inputs that all end at the door would prove nothing.
        statuses.Where(one => one.Key < 400).Sum(one => one.Value).ShouldBeGreaterThan(count / 5);
        statuses.Where(one => one.Key >= 400).Sum(one => one.Value).ShouldBeGreaterThan(count / 5);
        asTriggered.Except(reached.Keys).ShouldBeEmpty();
        reached.Count(one => one.Value > 0).ShouldBeGreaterThan(reached.Count / 2);
        if (count >= 100_000)
        {
            // Beside other tests it would measure them too.
            (ended - begun).ShouldBeLessThan(256 << 20);
        }

        await What_is_refused_leaves_nothing_behindAsync(client, refused);

        async Task SendBrokenAsync(int i, string request)
        {
            var line = await BrokenRequests.SendAsync(request, app.App.BaseUrl.Port, Cancelled);
            // 501 and 505 are the server's own: a coding, and a version, that it does not speak.
            if (line is not null && line.StartsWith("HTTP/1.1 5", StringComparison.Ordinal) && line[9..12] is not ("501" or "505"))
            {
                wrong.TryAdd("broken " + line, $"input {i}: {line}\n  {request}");
            }
        }
    }

    /// <summary>Sent again, what was refused is refused; where it all is, the table is what it was, to the letter.</summary>
    private async Task What_is_refused_leaves_nothing_behindAsync(HttpClient client, IEnumerable<Call> refused)
    {
        await app.StopTimersAsync();
        var calls = refused.Take(MostAgain).ToList();
        var before = await RowsAsync();
        var grown = new List<string>();
        var accepted = 0;
        foreach (var some in calls.Chunk(100))
        {
            var taken = 0;
            foreach (var call in some)
            {
                taken += await TrySendAsync(client, call) is var (reply, _) && reply.Status >= 400 ? 0 : 1;
            }

            var after = await RowsAsync();
            if (taken == 0)
            {
                grown.AddRange(after.Where(row => before.GetValueOrDefault(row.Key) != row.Value).Select(row => $"{row.Key} after one of:\n  {string.Join("\n  ", some.Select(call => call.ToString()))}").Take(1));
            }

            (before, accepted) = (after, accepted + taken);
        }

        output.WriteLine($"{calls.Count} that were refused, sent again: {accepted} were taken");
        calls.Count.ShouldBeGreaterThan(300);
        grown.ShouldBeEmpty();
    }

    /// <returns>Null when the server hung up while it was sent, as it does before us on what is no request.</returns>
    private async Task<(Reply Reply, TimeSpan Took)?> TrySendAsync(HttpClient client, Call call)
    {
        var watch = Stopwatch.StartNew();
        using var request = call.ToRequest(app.App.BaseUrl);
        try
        {
            var response = await client.SendAsync(request, Cancelled);
            return (new Reply((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsByteArrayAsync(Cancelled), response), watch.Elapsed);
        }
        catch (HttpRequestException exception) when (exception.InnerException is IOException)
        {
            return null;
        }
    }

    /// <summary>Every row of the table, and a hash of what it holds.</summary>
    private async Task<Dictionary<string, string>> RowsAsync()
    {
        var rows = new Dictionary<string, string>();
        await foreach (var row in app.Table.QueryAsync<TableEntity>(cancellationToken: Cancelled))
        {
            var text = string.Join('\n', row.Where(column => column.Key is not ("odata.etag" or "Timestamp")).OrderBy(column => column.Key, StringComparer.Ordinal).Select(column => $"{column.Key}={column.Value}"));
            rows[$"{row.PartitionKey} {row.RowKey}"] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        }

        return rows;
    }

    private async Task<IReadOnlyList<string>> AddressesAsync()
    {
        var directory = await app.App.Services.GetRequiredService<ITerritoryDirectories>().GetAsync(Territory.Parse("69"), Cancelled);
        var addresses = directory.Advisors.Values.Select(advisor => advisor.Email).OfType<string>().ToList();
        addresses.Count.ShouldBeGreaterThan(3);
        return addresses;
    }

    private static HttpClient Client() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
    })
    {
        Timeout = 2 * Longest,
    };

    private static string Named(string method, string route) => $"{method} /{route.TrimStart('/')}";

    private static long Memory() => GC.GetTotalMemory(forceFullCollection: true);

    private static int Number(string setting, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(setting), CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private static string Short(Reply reply) => reply.ToString() is { Length: > 600 } longer ? longer[..600] + "…" : reply.ToString();
}
