using System.Net;
using NodaTime;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>"Qui est venu ?": one screen for the day, asked for once more of whoever was not marked.</summary>
public sealed class CameTests(ContractApp app) : IClassFixture<ContractApp>
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Persona = $"advisor:69/{ContractApp.Advisor}";

    [Fact]
    public async Task Everybody_who_was_to_come_is_there_and_what_is_left_empty_is_asked_again()
    {
        var first = await app.BookAsync("06 39 98 74 01");
        var second = await app.BookAsync("06 39 98 74 02");
        var (one, other) = (Reference(first), Reference(second));
        (await PageAsync("/advisor/venus")).ShouldNotContain(one, Case.Sensitive, "the hour has not struck");

        await app.MoveClockAsync(Later(first, second));
        var page = await PageAsync("/advisor/venus");
        page.ShouldContain($"rdv-{one}");
        page.ShouldContain($"rdv-{other}");
        (await PageAsync("/advisor")).ShouldContain("Qui est venu ?");

        var said = await SayAsync($"rdv-{one}=venu");
        said.Header("Location").ShouldNotBeNull().ShouldEndWith("&fait=venus&nombre=1");
        (await PageAsync(said.Header("Location")!)).ShouldContain("C'est noté pour 1 personne.");
        (await StatusAsync(one)).ShouldBe("kept");
        (await StatusAsync(other)).ShouldBe("booked");
        var again = await PageAsync("/advisor/venus");
        again.ShouldNotContain($"rdv-{one}");
        again.ShouldContain($"rdv-{other}");

        // The page of before, sent again with another answer, corrects nobody; nonsense marks nobody.
        await SayAsync($"rdv-{one}=pas-venu&rdv-{other}=peut-etre&rdv-69-AAAA-AAAA=venu");
        (await StatusAsync(one)).ShouldBe("kept");
        (await StatusAsync(other)).ShouldBe("booked");

        await SayAsync($"rdv-{other}=pas-venu");
        (await StatusAsync(other)).ShouldBe("missed");
    }

    [Fact]
    public async Task It_is_nobody_elses()
    {
        (await app.GetAsync("/advisor/venus", "structure:69/mediatheque-des-cerisiers")).Status.ShouldBe(403);
        (await app.SendAsync(HttpMethod.Post, "/advisor/venus?du=2026-11-23&departement=69&conseiller=aline-exemple", ContractApp.Content("a=b", Form), "hotline")).Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_visit_that_was_counted_by_mistake_is_taken_back_once()
    {
        const string Other = "advisor:67/frieda-echantillon";

        // The other tests of this class move the clock.
        var today = NodaTime.Text.LocalDatePattern.Iso.Format((await app.NowAsync()).InUtc().Date);
        var counted = await CountAsync("", "jeton=un");
        await CountAsync("", "jeton=deux");
        var page = WebUtility.HtmlDecode((await app.GetAsync(counted.Header("Location")!, Other)).Text);
        page.ShouldContain("<strong>2 personnes</strong>");
        page.ShouldContain("C'était une erreur");
        foreach (var jeton in new[] { "un", "un", "jamais" })
        {
            (await CountAsync("/retirer", "jeton=" + jeton)).Header("Location").ShouldNotBeNull().ShouldEndWith("&fait=retire");
            (await app.GetAsync("/advisor", Other)).Text.ShouldContain("<strong>1 personne</strong>", customMessage: jeton);
        }

        // Nobody else's.
        (await app.SendAsync(HttpMethod.Post, $"/advisor/passages/retirer?du={today}", ContractApp.Content("jeton=deux", Form), Persona)).Status.ShouldBe(303);
        (await app.GetAsync("/advisor", Other)).Text.ShouldContain("<strong>1 personne</strong>");

        Task<Reply> CountAsync(string what, string jeton) => app.SendAsync(HttpMethod.Post, $"/advisor/passages{what}?du={today}", ContractApp.Content(jeton, Form), Other);
    }

    private Task<Reply> SayAsync(string answers) => app.SendAsync(HttpMethod.Post, "/advisor/venus?du=2026-11-23", ContractApp.Content(answers, Form), Persona);

    private async Task<string> PageAsync(string address) => WebUtility.HtmlDecode((await app.GetAsync(address, Persona)).Text).Replace('\u00a0', ' ');

    private static string Reference(System.Text.Json.JsonElement booked) => booked.GetProperty("reference").GetString()!;

    private static Instant Later(params System.Text.Json.JsonElement[] booked) =>
        booked.Max(one => NodaTime.Text.OffsetDateTimePattern.ExtendedIso.Parse(one.GetProperty("start").GetString()!).Value.ToInstant()) + Duration.FromMinutes(5);

    private async Task<string?> StatusAsync(string reference) =>
        (await app.PostAsync("/api/hotline/search", new { reference }, "hotline")).Json.GetProperty("appointments")[0].GetProperty("status").GetString();
}
