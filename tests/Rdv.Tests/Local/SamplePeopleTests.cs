using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Rdv.Local.Samples;
using Rdv.Tests.Contract;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Local;

/// <summary>The département in which sample people have appointments, as somebody meets it who tries the product.</summary>
public sealed class SamplePeopleTests : IAsyncLifetime
{
    private const string Full = "mediatheque-des-peupliers";
    private const string Slots = "/api/territories/38/slots?topic=demarches&days=42&place=";
    private const string Odette = "06 39 98 38 10";

    private ContractApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await ContractApp.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task One_town_is_full_and_somebody_waits_there()
    {
        foreach (var topic in new[] { "demarches", "premiers-pas", "entreprise-promotion" })
        {
            var found = (await _app.GetAsync($"/api/territories/38/slots?topic={topic}&days=42&place={Full}")).Json;
            found.GetProperty("slots").GetArrayLength().ShouldBe(0);
            found.GetProperty("nextAvailable").ValueKind.ShouldBe(JsonValueKind.Null);
        }

        (await _app.GetAsync($"/creneaux?commune=38053&sujet=demarches&lieu={Full}")).Text.ShouldContain("action=\"/rappel\"");
        var calls = (await _app.GetAsync("/api/hotline/callbacks?territory=38&until=2100-01-01T00:00:00Z", "hotline")).Json;
        calls.EnumerateArray().Single().GetProperty("name").GetString().ShouldBe("Berthe Patiente");
    }

    [Fact]
    public async Task The_hotline_finds_what_a_person_had_and_will_have()
    {
        var found = await FindAsync(new { phone = Odette });
        found.Select(one => one.GetProperty("status").GetString()).ShouldBe(["booked", "kept", "missed"], ignoreOrder: true);
        var toCome = found.Single(one => one.GetProperty("status").GetString() == "booked");
        var byName = await FindAsync(new { territory = "38", date = toCome.GetProperty("start").GetString()![..10], name = "odette" });
        byName.Single().GetProperty("reference").GetString().ShouldBe(toCome.GetProperty("reference").GetString());
        (await FindAsync(new { phone = "06 39 98 38 15" })).ShouldContain(one => one.GetProperty("status").GetString() == "cancelled");
    }

    [Fact]
    public async Task The_advisor_is_asked_who_came_and_sees_who_did()
    {
        (await _app.GetAsync("/advisor/venus", "advisor:38/lucie-specimen")).Text.ShouldContain("Fatima Virtuelle");
        foreach (var (phone, said) in new[] { (Odette, "Pas venu"), ("06 39 98 38 13", "Venu") })
        {
            var past = (await FindAsync(new { phone })).First(one => one.GetProperty("status").GetString() == (said == "Venu" ? "kept" : "missed"));
            var agenda = await _app.GetAsync($"/advisor?du={past.GetProperty("start").GetString()![..10]}", "advisor:38/lucie-specimen");
            agenda.Text.ShouldContain(past.GetProperty("reference").GetString()!);
            agenda.Text.ShouldContain(said);
        }
    }

    [Fact]
    public async Task Nobody_was_told_and_what_is_to_come_is_moved_and_cancelled_as_any_other()
    {
        (await MessagesAsync()).ShouldBe(0);

        var reference = (await FindAsync(new { phone = Odette })).Single(one => one.GetProperty("status").GetString() == "booked").GetProperty("reference").GetString()!;
        var free = (await StartsAsync())[^1];
        (await _app.PostAsync($"/api/hotline/appointments/{reference}/move", new { start = free }, "hotline")).Status.ShouldBe(200);
        (await StartsAsync()).ShouldNotContain(free);
        (await MessagesAsync()).ShouldBeGreaterThan(0);

        (await _app.PostAsync($"/api/hotline/appointments/{reference}/cancel", new { reason = "Malade" }, "hotline")).Status.ShouldBe(200);
        (await StartsAsync()).ShouldContain(free);

        // Started again, the data are as they were left.
        await _app.App.Services.GetRequiredService<SamplePast>().LiveAsync(TestContext.Current.CancellationToken);
        (await FindAsync(new { phone = Odette })).Select(one => one.GetProperty("status").GetString()).ShouldBe(["cancelled", "kept", "missed"], ignoreOrder: true);
    }

    private async Task<List<JsonElement>> FindAsync(object search) =>
        [.. (await _app.PostAsync("/api/hotline/search", search, "hotline")).Json.GetProperty("appointments").EnumerateArray()];

    private async Task<List<string>> StartsAsync() =>
        [.. (await _app.GetAsync(Slots + "espace-numerique-du-platane")).Json.GetProperty("slots").EnumerateArray()
            .Select(slot => slot.GetProperty("start").GetString()!)
            .Order(StringComparer.Ordinal)];

    /// <summary>Of the département: those that wait to be sent, and those that were.</summary>
    private async Task<int> MessagesAsync()
    {
        var count = 0;
        await foreach (var row in _app.Table.QueryAsync<TableEntity>(
            row => row.PartitionKey == "38", cancellationToken: TestContext.Current.CancellationToken))
        {
            count += row.RowKey.StartsWith("due|sms|", StringComparison.Ordinal) || row.RowKey.StartsWith("due|mail|", StringComparison.Ordinal)
                || (row.RowKey.StartsWith("log|", StringComparison.Ordinal) && row.RowKey.Contains("|message|", StringComparison.Ordinal)) ? 1 : 0;
        }

        return count;
    }
}
