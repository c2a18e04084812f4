using System.Globalization;
using System.Net;
using System.Text.Json;
using Rdv.Tests.Contract;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Local;

/// <summary>What the sample promises to whoever starts the program: people, a town with nothing free, and somebody who waits.</summary>
public sealed class SamplePeopleTests(ContractApp app) : IClassFixture<ContractApp>
{
    private const string Full = "espace-numerique-du-moulin";
    private const string Free = "maison-des-glycines";

    private static readonly string[] Statuses = ["Kept", "Missed", "Cancelled", "Booked"];

    [Fact]
    public async Task In_the_full_town_nothing_is_free_and_somebody_waits()
    {
        var slots = $"/api/territories/38/slots?topic={ContractApp.Topic}&days=42";
        (await app.GetAsync($"{slots}&place={Full}")).Json.GetProperty("slots").GetArrayLength().ShouldBe(0);
        (await app.GetAsync($"{slots}&place={Free}")).Json.GetProperty("slots").GetArrayLength().ShouldBeGreaterThan(0);

        var page = await app.GetAsync($"/creneaux?sujet={ContractApp.Topic}&commune=38053");
        page.Status.ShouldBe(200);
        page.Text.ShouldContain("Maison des Glycines");

        page.Text.ShouldContain("On vous rappelle");

        (await app.GetAsync("/api/hotline/callbacks?territory=38&until=2100-01-01T00:00:00Z", "hotline")).Json.EnumerateArray()
            .Count(call => call.GetProperty("reason").GetString() == "request").ShouldBe(1);
    }

    [Fact]
    public async Task The_hotline_finds_by_number_and_by_name_what_is_past_and_what_is_to_come()
    {
        var now = (await app.NowAsync()).ToDateTimeOffset();
        var found = await FindAsync(new { phone = "06 39 98 38 01" });
        Starts(found, "Kept").ShouldNotBeEmpty();
        Starts(found, "Booked").ShouldContain(start => start > now);
        var asked = ContractApp.Content("q=Ginette+Inventée+38", "application/x-www-form-urlencoded");
        WebUtility.HtmlDecode((await app.SendAsync(HttpMethod.Post, "/hotline", asked, "hotline")).Text).ShouldContain("Ginette Inventée");
    }

    [Fact]
    public async Task Who_came_and_who_did_not_is_seen_and_of_the_last_one_it_is_asked()
    {
        var people = await EverybodyAsync();
        Statuses.ShouldBeSubsetOf(people.Select(Status).Distinct());
        var load = (await app.GetAsync($"/api/structures/38/{Free}/load", $"structure:38/{Free}")).Text;
        load.ShouldContain("irene-illustration");
        (await app.GetAsync("/advisor/venus", "advisor:38/irene-illustration")).Text.ShouldContain("Lucien Imaginaire");
    }

    [Fact]
    public async Task Nothing_is_sent_for_them_at_the_start()
    {
        await using var fresh = await ContractApp.StartAsync();
        await fresh.RunTimerAsync("SendSms");
        await fresh.RunTimerAsync("SendInvites");
        (await fresh.GetAsync("/dev/messages")).Json.EnumerateArray()
            .Select(message => message.GetProperty("reference").GetString())
            .ShouldNotContain(reference => reference != null && reference.StartsWith("38-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_to_come_is_moved_and_cancelled_like_any_other()
    {
        var now = (await app.NowAsync()).ToDateTimeOffset();
        var one = (await FindAsync(new { phone = "06 39 98 38 05" })).Concat(await FindAsync(new { phone = "06 39 98 38 06" }))
            .First(found => Status(found) == "Booked" && found.GetProperty("advisor").GetProperty("id").GetString() == "irene-illustration" && Start(found) > now);
        var reference = one.GetProperty("reference").GetString()!;
        var start = (await app.GetAsync($"/api/territories/38/slots?topic={ContractApp.Topic}&place={Free}&days=42")).Json
            .GetProperty("slots").EnumerateArray().Last().GetProperty("start").GetString()!;

        var moved = await app.PostAsync($"/api/hotline/appointments/{reference}/move", new { start }, "hotline");
        moved.Status.ShouldBe(200, moved.ToString());
        var cancelled = await app.PostAsync($"/api/hotline/appointments/{reference}/cancel", new { reason = "Malade" }, "hotline");
        cancelled.Status.ShouldBe(200, cancelled.ToString());
        (await FindAsync(new { reference })).Select(Status).ShouldBe(["Cancelled"]);
    }

    [Fact]
    public async Task Those_who_sign_in_find_the_neighbour()
    {
        var page = (await app.GetAsync("/dev/sign-in")).Text;
        foreach (var name in new[] { "Karim Département", "Irène Illustration", "Joseph Prototype", "Maison des Glycines" })
        {
            WebUtility.HtmlDecode(page).ShouldContain(name);
        }
    }

    private static string Status(JsonElement found) => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(found.GetProperty("status").GetString()!);

    private static DateTimeOffset Start(JsonElement found) => found.GetProperty("start").GetDateTimeOffset();

    private static IEnumerable<DateTimeOffset> Starts(IEnumerable<JsonElement> found, string status) => found.Where(one => Status(one) == status).Select(Start);

    private async Task<List<JsonElement>> EverybodyAsync()
    {
        var all = new List<JsonElement>();
        for (var number = 1; number <= 8; number++)
        {
            all.AddRange(await FindAsync(new { phone = number == 4 ? "01 99 00 38 04" : $"06 39 98 38 0{number}" }));
        }

        return all;
    }

    private async Task<List<JsonElement>> FindAsync(object search) =>
        [.. (await app.PostAsync("/api/hotline/search", search, "hotline")).Json.GetProperty("appointments").EnumerateArray()];
}
