using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>Links as mail programs, telephones and people copy them, and numbers at every door.</summary>
[Collection(SharedContractApp.Name)]
public sealed class CopiedLinksTests(ContractApp app)
{
    [Fact]
    public async Task Both_links_show_the_page_however_they_were_copied()
    {
        var booked = await app.BookAsync();
        var (reference, key) = (booked.GetProperty("reference").GetString()!, booked.GetProperty("key").GetString()!);
        var token = RouteValues.TokenOf(booked);
        foreach (var path in new[] { $"/{token}", $"/{token}.", $"/{token})", $"/{token}%20", $"/{token.ToLowerInvariant()}", $"/{token}/",
            $"/r/{reference}/{key}", $"/r/{reference}/{key}.", $"/r/{reference}/{key})", $"/r/{reference}/{key}%20", $"/r/{reference.Replace('-', '–')}/{key}" })
        {
            var page = await app.GetAsync(path);
            (page.Status, page.MediaType).ShouldBe((200, "text/html"), path);
            page.Header("Cache-Control").ShouldBe("no-store");
            page.Text.ShouldContain($"/r/{reference}/{key}/annuler");
        }

        foreach (var path in new[] { $"/api/appointments/{reference}?key={key}.", $"/api/appointments/{reference}?key={key}%20", $"/api/appointments/{reference.Replace("-", ".", StringComparison.Ordinal)}?key={key}" })
        {
            (await app.GetAsync(path)).Status.ShouldBe(200, path);
        }
    }

    [Fact]
    public async Task A_token_that_opens_nothing_is_a_page_that_says_so()
    {
        var token = RouteValues.TokenOf(await app.BookAsync());
        foreach (var path in new[] { $"/{token[..^1]}{(token[^1] == '0' ? '1' : '0')}", "/" + new string('x', 22), "/" + new string('0', 30), $"/{token[..^1]}", $"/{token[..10]}", "/69-K7Q2-9XM4" })
        {
            var page = await app.GetAsync(path);
            (page.Status, page.MediaType).ShouldBe((404, "text/html"), path);
        }
    }

    [Theory]
    [InlineData("0899 12 34 56", "surtaxé")]
    [InlineData("+881 6 123 45678", "ni un fixe ni un mobile")]
    [InlineData("06 39 98 12 34 / 01 99 00 12 34", "un seul numéro")]
    [InlineData("87 12 34 56", "pas complet")]
    public async Task A_number_that_we_cannot_call_is_refused_at_every_door(string phone, string words)
    {
        var booking = app.Booking(await app.DrawStartAsync(), phone);
        foreach (var (path, body, persona) in new (string, object, string?)[]
        {
            ("/api/appointments", booking, null),
            ("/api/hotline/appointments", booking, "hotline"),
            ($"/api/advisors/69/{ContractApp.Advisor}/appointments", booking, $"advisor:69/{ContractApp.Advisor}"),
            ("/api/callback-requests", new { territory = "69", topic = ContractApp.Topic, citizen = new { name = "Odette Fictive", phone } }, null),
        })
        {
            var refused = await app.PostAsync(path, body, persona);
            (refused.Status, refused.Code).ShouldBe((400, "invalid"), $"{path}: {refused.Text}");
            refused.Json.GetProperty("errors").GetProperty("citizen.phone")[0].GetString().ShouldNotBeNull().ShouldContain(words);
        }
    }

    [Fact]
    public async Task Whoever_calls_back_reads_the_extension()
    {
        var booked = await app.PostAsync("/api/hotline/appointments", app.Booking(await app.DrawStartAsync(), "01 99 00 77 01 poste 12"), "hotline");
        booked.Json.GetProperty("citizen").GetProperty("phone").GetString().ShouldBe("+33199007701");
        var calls = AnswersTests.Described(await app.GetAsync("/api/hotline/callbacks?territory=69&until=2100-01-01T00:00:00Z", "hotline"), "GET", "/api/hotline/callbacks", 200);
        calls.EnumerateArray().Single(call => call.GetProperty("phone").GetString() == "+33199007701").GetProperty("extension").GetString().ShouldBe("12");
        (await app.GetAsync($"/hotline/rendez-vous/{booked.Json.GetProperty("reference").GetString()}", "hotline")).Text.ShouldContain("01 99 00 77 01 poste 12");
    }

    [Fact]
    public async Task A_foreign_number_keeps_its_country_where_staff_read_it()
    {
        var booked = await app.PostAsync("/api/hotline/appointments", app.Booking(await app.DrawStartAsync(), "+32 470 12 34 56"), "hotline");
        var reference = booked.Json.GetProperty("reference").GetString();
        System.Net.WebUtility.HtmlDecode((await app.GetAsync($"/hotline/rendez-vous/{reference}", "hotline")).Text).ShouldContain("+32 470 12 34 56");
        var start = booked.Json.GetProperty("start").GetString()![..10];
        System.Net.WebUtility.HtmlDecode((await app.GetAsync($"/advisor?departement=69&conseiller={ContractApp.Advisor}&du={start}", "admin")).Text).ShouldContain("+32 470 12 34 56");
    }
}
