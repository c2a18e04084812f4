using System.Text.Json;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>Two people change the hours of one advisor, each from what they have seen.</summary>
[Collection(SharedContractApp.Name)]
public sealed class TwoEditorsTests(ContractApp app)
{
    // No other test changes her hours, and they are put back.
    private const string Hours = "/api/advisors/67/frieda-echantillon/opening-hours";

    [Fact]
    public async Task The_second_is_told_that_the_hours_are_no_longer_those_that_were_seen()
    {
        var seen = await app.GetAsync(Hours, "admin");
        seen.Status.ShouldBe(200, seen.ToString());
        var tag = seen.Header("ETag").ShouldNotBeNull();
        var (shorter, longer) = (Until(seen.Json, "16:00"), Until(seen.Json, "18:00"));

        var first = await PutAsync(shorter, tag);
        first.Status.ShouldBe(200, first.ToString());
        var second = await PutAsync(longer, tag);
        (second.Status, second.Code).ShouldBe((409, "stale"), second.ToString());
        (await app.GetAsync(Hours, "admin")).Json[0].GetProperty("to").GetString().ShouldBe("16:00");

        // The first one's answer was lost: the same again is what stands there.
        (await PutAsync(shorter, tag)).Status.ShouldBe(200);

        // Who has seen the new ones, or does not say, may change them; what no version is matches none.
        var again = await app.GetAsync(Hours, "admin");
        (await PutAsync(longer, again.Header("ETag"))).Status.ShouldBe(200);
        (await PutAsync(shorter, "\"later\"")).Code.ShouldBe("stale");
        (await PutAsync(shorter, "*")).Status.ShouldBe(200);
        (await PutAsync(seen.Json.GetRawText(), null)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_rehearsal_tells_what_would_fall_outside_and_changes_nothing()
    {
        const string Address = $"/api/advisors/69/{ContractApp.Advisor}/opening-hours";
        var booked = await app.BookAsync();
        var before = await app.GetAsync(Address, "admin");
        var rehearsed = await app.SendAsync(HttpMethod.Put, Address + "?dryRun=true", ContractApp.Content("[]"), "admin");
        rehearsed.Status.ShouldBe(200, rehearsed.ToString());
        rehearsed.Json.GetProperty("outside").EnumerateArray().Select(reference => reference.GetString()).ShouldContain(booked.GetProperty("reference").GetString());
        var after = await app.GetAsync(Address, "admin");
        (after.Text, after.Header("ETag")).ShouldBe((before.Text, before.Header("ETag")));
        $"\"{rehearsed.Json.GetProperty("version").GetInt32()}\"".ShouldBe(before.Header("ETag"));
    }

    private static string Until(JsonElement hours, string to)
    {
        var first = hours[0].Deserialize<Dictionary<string, object?>>()!;
        first["to"] = to;
        first["from"] = "13:30";
        return JsonSerializer.Serialize(new[] { first });
    }

    private Task<Reply> PutAsync(string hours, string? tag) => tag is null
        ? app.SendAsync(HttpMethod.Put, Hours, ContractApp.Content(hours), "admin")
        : app.SendAsync(HttpMethod.Put, Hours, ContractApp.Content(hours), "admin", null, ("If-Match", tag));
}
