using System.Text.Json;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>A caller asks why an hour is not on the page: the hotline, the advisor and the structure read the same reason.</summary>
[Collection(SharedContractApp.Name)]
public sealed class WhyTests(ContractApp app)
{
    private const string Address = $"/api/advisors/69/{ContractApp.Advisor}/why";

    [Fact]
    public async Task An_hour_is_offered_then_held_until_then_booked()
    {
        var start = await app.DrawStartAsync();
        (await HalfHourAsync(start, "hotline")).GetProperty("reason").ValueKind.ShouldBe(JsonValueKind.Null);

        var held = await app.PostAsync(
            "/api/holds", new { territory = "69", topic = ContractApp.Topic, start, placeId = ContractApp.Place, advisorId = ContractApp.Advisor });
        held.Status.ShouldBe(201, held.ToString());
        foreach (var persona in new[] { "hotline", "advisor:69/" + ContractApp.Advisor, "structure:69/" + ContractApp.Structure })
        {
            var half = await HalfHourAsync(start, persona);
            (half.GetProperty("reason").GetString(), half.GetProperty("until").GetString(), half.GetProperty("placeId").GetString())
                .ShouldBe(("held", held.Json.GetProperty("expiresAt").GetString(), ContractApp.Place));
        }

        (await app.SendAsync(HttpMethod.Delete, "/api/holds/" + held.Json.GetProperty("hold").GetString())).Status.ShouldBe(204);
        (await app.PostAsync("/api/appointments", app.Booking(start))).Status.ShouldBe(201);
        (await HalfHourAsync(start, "hotline")).GetProperty("reason").GetString().ShouldBe("booked");
    }

    [Theory]
    [InlineData("hotline", 200)]
    [InlineData("admin", 200)]
    [InlineData("structure:69/" + ContractApp.Structure, 200)]
    [InlineData("advisor:69/" + ContractApp.Advisor, 200)]
    [InlineData("structure:69/tiers-lieu-la-passerelle", 403)]
    public async Task The_page_is_for_the_advisor_their_structure_and_the_hotline(string persona, int status)
    {
        var page = await app.GetAsync($"/advisor/pourquoi?departement=69&conseiller={ContractApp.Advisor}", persona);
        page.Status.ShouldBe(status);
        page.Text.Contains("Pourquoi cette heure n'est-elle pas propos", StringComparison.Ordinal).ShouldBe(status == 200);
    }

    private async Task<JsonElement> HalfHourAsync(string start, string persona)
    {
        var reply = await app.GetAsync($"{Address}?topic={ContractApp.Topic}&date={start[..10]}", persona);
        reply.Status.ShouldBe(200, reply.ToString());
        return reply.Json.GetProperty("days").EnumerateArray().Single(day => day.GetProperty("date").GetString() == start[..10])
            .GetProperty("halfHours").EnumerateArray().Single(half => half.GetProperty("start").GetString() == start[11..16]);
    }
}
