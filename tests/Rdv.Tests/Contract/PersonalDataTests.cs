using System.Text.Json;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>What a person may ask of their data, over HTTP and as openapi.json says.</summary>
[Collection(SharedContractApp.Name)]
public sealed class PersonalDataTests(ContractApp app)
{
    private const string Export = "/api/admin/people/export";
    private const string Erase = "/api/admin/people/erase";

    [Fact]
    public async Task All_that_was_typed_is_exported_and_then_erased()
    {
        var phone = app.DrawPhone();
        var citizen = new { name = "Ondine Exportée", phone, email = "ondine@exemple.example", business = "Chez Ondine", needs = "Boucle magnétique", reminderTwoHours = true };
        var booked = await app.PostAsync("/api/appointments", new
        {
            territory = "69",
            topic = ContractApp.Topic,
            start = await app.DrawStartAsync(),
            placeId = ContractApp.Place,
            advisorId = ContractApp.Advisor,
            citizen,
            helper = new { name = "Gaspard Aidant", phone = app.DrawPhone(), consent = true },
            note = "Vient avec sa tablette",
        });
        booked.Status.ShouldBe(201, booked.Text);
        var waits = await app.PostAsync("/api/callback-requests", new { territory = "69", topic = "emploi", insee = "69256", citizen, note = "Le matin seulement" });
        waits.Status.ShouldBe(201, waits.Text);
        var reference = booked.Json.GetProperty("reference").GetString()!;
        await app.RunTimerAsync("SendSms");

        var records = Described(await app.PostAsync(Export, new { phone }, "admin"), Export, 200);
        foreach (var typed in (string[])["Ondine Exportée", "ondine@exemple.example", "Chez Ondine", "Boucle magnétique", "Gaspard Aidant", "Vient avec sa tablette", "Le matin seulement"])
        {
            records.GetRawText().ShouldContain(typed);
        }

        records.GetProperty("appointments")[0].GetProperty("reference").GetString().ShouldBe(reference);
        records.GetProperty("appointments")[0].GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("kind").GetString()).ShouldContain("confirmation");
        records.GetProperty("changes")[0].GetProperty("action").GetString().ShouldBe("booked");
        records.GetProperty("callsToMake").GetArrayLength().ShouldBe(1);

        var refused = await app.PostAsync(Erase, new { phone, territory = "69" }, "admin");
        Described(refused, Erase, 409).GetProperty("appointments")[0].GetString().ShouldBe(reference);
        refused.Code.ShouldBe("still-to-come");

        var cancelled = Described(await app.PostAsync(Erase, new { phone, cancel = true }, "admin"), Erase, 200);
        cancelled.GetProperty("cancelled")[0].GetString().ShouldBe(reference);
        cancelled.GetProperty("until").ValueKind.ShouldBe(JsonValueKind.String);
        Described(await app.PostAsync(Erase, new { phone }, "admin"), Erase, 200).GetProperty("erased")[0].GetString().ShouldBe(reference);

        var left = Described(await app.PostAsync(Export, new { phone }, "admin"), Export, 200);
        (left.GetProperty("appointments").GetArrayLength(), left.GetProperty("waiting").GetArrayLength(), left.GetProperty("callsToMake").GetArrayLength()).ShouldBe((0, 0, 0));

        // The page of the link, and staff, read an appointment that names nobody.
        var page = await app.GetAsync($"/r/{reference}/{booked.Json.GetProperty("key").GetString()}");
        page.Status.ShouldBe(200);
        page.Text.ShouldNotContain("Ondine");
        var search = await app.PostAsync("/api/hotline/search", new { reference }, "hotline");
        search.Json.GetProperty("appointments")[0].GetProperty("citizen").GetProperty("name").GetString().ShouldBe("Nom effacé");
        search.Text.ShouldNotContain("Ondine");
        (await app.GetAsync($"/hotline?q={reference}", "hotline")).Status.ShouldBeOneOf(200, 303, 404);
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_by_field()
    {
        foreach (var call in new[] { Export, Erase })
        {
            Described(await app.PostAsync(call, new { phone = "06 39" }, "admin"), call, 400).GetProperty("errors").TryGetProperty("phone", out _).ShouldBeTrue();
            Described(await app.PostAsync(call, new { phone = "06 39 98 12 34", territory = "00" }, "admin"), call, 400).GetProperty("errors").TryGetProperty("territory", out _).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task The_page_for_everyone_says_how_long() =>
        System.Net.WebUtility.HtmlDecode((await app.GetAsync("/donnees-personnelles")).Text)
            .ShouldContain("Votre nom et votre numéro sont effacés 90 jours après le rendez-vous.");

    private static JsonElement Described(Reply reply, string path, int status) => AnswersTests.Described(reply, "POST", path, status);
}
