using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Local;

/// <summary>A 201 means stored: it survives a kill -9 of every process of ours in the middle of a stream of bookings.</summary>
public sealed class KilledRunnerTests
{
    private const int Clients = 4;
    private const int BeforeTheKill = 40;

    [Fact]
    public async Task Every_booking_that_was_answered_is_there_after_a_kill_with_all_that_it_made_due()
    {
        using var directory = new TemporaryDirectory();
        var answered = new ConcurrentQueue<(string Reference, string Key)>();
        await using (var first = await Runner.StartAsync(directory.Path, "--no-limits", "--urls", "http://127.0.0.1:0"))
        {
            using var client = new HttpClient { BaseAddress = first.Site };
            var slots = new ConcurrentQueue<JsonElement>(await SlotsAsync(client));
            slots.Count.ShouldBeGreaterThan(4 * BeforeTheKill);
            var stream = Enumerable.Range(0, Clients).Select(_ => Task.Run(() => BookAsync(client, slots, answered))).ToArray();
            await Eventually.IsTrueAsync(() => answered.Count >= BeforeTheKill || stream.All(task => task.IsCompleted), "bookings were answered");
            stream.ShouldAllBe(task => !task.IsCompleted);
            OtherProcess.Signal("KILL", [first.Pid, .. first.ServicePids]);
            await Task.WhenAll(stream);
        }

        await using var second = await Runner.StartAsync(directory.Path, "--no-limits", "--urls", "http://127.0.0.1:0");
        using var again = new HttpClient { BaseAddress = second.Site };
        var table = second.TableNamed("rdv");
        var keys = (await table.QueryAsync<TableEntity>(row => row.PartitionKey == "69", select: ["RowKey"]).Select(row => row.RowKey).ToListAsync()).ToHashSet();
        answered.Count.ShouldBeGreaterThanOrEqualTo(BeforeTheKill);
        foreach (var (reference, key) in answered)
        {
            var found = await again.GetFromJsonAsync<JsonElement>($"/api/appointments/{reference}?key={key}");
            found.GetProperty("status").GetString().ShouldBe("booked");

            // Each is due, or was settled by a timer meanwhile.
            var code = reference[3..].Replace("-", "", StringComparison.Ordinal);
            foreach (var kind in new[] { "confirmation", "invite" })
            {
                keys.ShouldContain(row => (row.StartsWith("due|", StringComparison.Ordinal) && row.Contains($"|{code}|{kind}|", StringComparison.Ordinal))
                    || row.StartsWith($"log|{code}|message|000001|{kind}|", StringComparison.Ordinal), $"{reference}: {kind}");
            }
        }

        // And nothing that was not answered is half there.
        foreach (var code in keys.Where(row => row.StartsWith("rdv|", StringComparison.Ordinal)).Select(row => row["rdv|".Length..]))
        {
            keys.ShouldContain($"log|{code}|change|000001|booked");
        }
    }

    private static async Task<JsonElement[]> SlotsAsync(HttpClient client)
    {
        var found = await client.GetFromJsonAsync<JsonElement>("/api/territories/69/slots?topic=premiers-pas&days=42");
        // Starts that cannot overlap, whoever is chosen: on the hour, each half hour left out.
        return [.. found.GetProperty("slots").EnumerateArray().Where(slot => slot.GetProperty("start").GetString()!.Contains(":00:00", StringComparison.Ordinal))];
    }

    private static async Task BookAsync(HttpClient client, ConcurrentQueue<JsonElement> slots, ConcurrentQueue<(string Reference, string Key)> answered)
    {
        while (slots.TryDequeue(out var slot))
        {
            try
            {
                using var response = await client.PostAsJsonAsync("/api/appointments", new
                {
                    territory = "69",
                    topic = "premiers-pas",
                    start = slot.GetProperty("start").GetString(),
                    placeId = slot.GetProperty("placeId").GetString(),
                    citizen = new { name = "Odette Fictive", phone = "06 39 98 " + (slots.Count % 10_000).ToString("00 00", CultureInfo.InvariantCulture) },
                });
                if (response.StatusCode == System.Net.HttpStatusCode.Created)
                {
                    var body = await response.Content.ReadFromJsonAsync<JsonElement>();
                    answered.Enqueue((body.GetProperty("reference").GetString()!, body.GetProperty("key").GetString()!));
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                return; // killed
            }
        }
    }
}
