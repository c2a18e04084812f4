using NodaTime;
using Rdv.Functions.Http;
using Rdv.Territories;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>A workshop is full: whoever comes by any door may wait for a seat, and has it before the public.</summary>
public sealed class FullWorkshopTests
{
    private const string Route = "/api/callback-requests";
    private const string Form = "application/x-www-form-urlencoded";

    [Fact]
    public async Task One_waits_by_the_API_by_the_pages_and_by_telephone_and_the_public_comes_after_them()
    {
        await using var app = await ContractApp.StartAsync();
        var territory = Territory.Parse("69");
        var day = (await app.NowAsync()).InZone(territory.Zone).Date.PlusDays(1);
        string start;
        Reply planned;
        do
        {
            day = day.PlusDays(1);
            start = Values.Format(day.At(new LocalTime(20, 0)), territory);
            planned = await app.PostAsync(
                $"/api/advisors/69/{ContractApp.Advisor}/workshops",
                new { title = "Découvrir Internet", topic = "internet", start, minutes = 60, placeId = ContractApp.Place, seats = 1 },
                "admin");
        }
        while (planned.Status != 201);

        var workshop = planned.Json.GetProperty("id").GetString()!;
        var odette = new { territory = "69", workshopId = workshop, citizen = new { name = "Odette Fictive", phone = app.DrawPhone() } };
        var early = await app.PostAsync(Route, odette);
        AnswersTests.Described(early, "POST", Route, 400);
        early.Json.GetProperty("errors").EnumerateObject().Select(field => field.Name).ShouldBe(["workshopId"], "there is a seat to be had");

        var seat = await app.PostAsync("/api/appointments", new { territory = "69", workshopId = workshop, citizen = new { name = "Marcel Fictif", phone = app.DrawPhone() } });
        seat.Status.ShouldBe(201, seat.Text);

        (await app.GetAsync("/ateliers?commune=69256&lieux=99")).Text.ShouldContain("formaction=\"/rappel\"");
        var first = AnswersTests.Described(await app.PostAsync(Route, odette), "POST", Route, 201).GetProperty("id").GetString()!;

        (await app.GetAsync($"/rappel?commune=69256&atelier={workshop}")).Text.ShouldContain("Cet atelier est complet");
        var listed = await app.SendAsync(
            HttpMethod.Post, "/rappel", ContractApp.Content($"commune=69256&atelier={workshop}&jeton=n1&citizen.name=Louise+Fictive&citizen.phone={Uri.EscapeDataString(app.DrawPhone())}", Form));
        listed.Status.ShouldBe(303, listed.Text);
        (await app.GetAsync(listed.Header("Location")!)).Text.ShouldContain("Vous attendez une place");

        var asked = await app.SendAsync(HttpMethod.Post, "/hotline/attente/atelier", ContractApp.Content($"territoire=69&commune=69256&atelier={workshop}", Form), "hotline");
        (asked.Status, asked.Text.Contains($"value=\"{workshop}\"", StringComparison.Ordinal)).ShouldBe((200, true), asked.Text);
        var called = await app.SendAsync(
            HttpMethod.Post,
            "/hotline/attente",
            ContractApp.Content($"territoire=69&commune=69256&sujet=internet&atelier={workshop}&jeton=n2&citizen.name=Jean+Fictif&citizen.phone={Uri.EscapeDataString(app.DrawPhone())}", Form),
            "hotline");
        called.Status.ShouldBe(303, called.Text);
        (await app.GetAsync(called.Header("Location")!, "hotline")).Text.ShouldContain("dans cet atelier");

        (await app.PostAsync($"/api/hotline/appointments/{seat.Json.GetProperty("reference").GetString()}/cancel", new { }, "hotline")).Status.ShouldBe(200);
        await app.RunTimerAsync("DoChores");
        (await app.PostAsync("/api/appointments", new { territory = "69", workshopId = workshop, citizen = new { name = "Lea Fictive", phone = app.DrawPhone() } })).Status.ShouldBe(409);
        var taken = await app.SendAsync(HttpMethod.Post, $"/hotline/attente/{first}/prendre", ContractApp.Content($"creneau={start[..16]}@{ContractApp.Place}", Form), "hotline");
        taken.Status.ShouldBe(303, taken.Text);
        taken.Header("Location").ShouldStartWith("/hotline/rendez-vous/");
    }
}
