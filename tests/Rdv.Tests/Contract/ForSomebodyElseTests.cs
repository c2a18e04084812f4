using System.Net;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>A daughter, a neighbour, a social worker: who fills in the form is not who comes.</summary>
public sealed partial class ForSomebodyElseTests(ContractApp app) : IClassFixture<ContractApp>
{
    private const string Form = "application/x-www-form-urlencoded";

    [Fact]
    public async Task The_form_is_put_to_who_fills_it_in_and_both_are_booked_as_they_are()
    {
        var form = await ChooseAsync();
        form.ShouldContain("Votre prénom et votre nom");
        var other = await PageAsync(Link(form, "Répondre pour une autre personne"));
        other.ShouldContain("Le prénom et le nom de cette personne");
        other.ShouldContain("Cette personne est d'accord : je reçois ses messages");
        other.ShouldNotContain("autocomplete=\"tel\"", Case.Sensitive, "the browser knows the number of who types");
        (await PageAsync(Link(other, "C'est pour moi"))).ShouldContain("Votre prénom et votre nom");

        // Without her consent nothing is booked, and it is said to who fills it in.
        var refused = await SubmitAsync(other, consent: false);
        refused.Status.ShouldBe(400);
        Read(refused).ShouldContain("cochez la case si elle est d'accord");
        Read(refused).ShouldContain("Le prénom et le nom de cette personne");

        var booked = await SubmitAsync(other, consent: true);
        booked.Status.ShouldBe(303);
        var reference = booked.Header("Location")!.Split('/')[2];
        var found = (await app.PostAsync("/api/hotline/search", new { reference }, "hotline")).Json.GetProperty("appointments")[0];
        found.GetProperty("citizen").GetProperty("name").GetString().ShouldBe("Renée Fictive");
        found.GetProperty("helper").GetProperty("name").GetString().ShouldBe("Nadia Fictive");
    }

    private Task<Reply> SubmitAsync(string page, bool consent) => app.SendAsync(HttpMethod.Post, "/reserver", ContractApp.Content(
        $"demande={WebUtility.UrlEncode(Value(page, "demande"))}&pour=proche&citizen.name=Ren%C3%A9e+Fictive&citizen.phone=01+99+00+75+01"
        + $"&helper.name=Nadia+Fictive&helper.phone=06+39+98+75+02{(consent ? "&helper.consent=oui" : "")}", Form));

    private async Task<string> ChooseAsync()
    {
        var start = await app.DrawStartAsync();
        var kept = await app.SendAsync(HttpMethod.Post, "/reserver/heure", ContractApp.Content(
            $"commune=69256&sujet={ContractApp.Topic}&creneau={start[..16]}%40{ContractApp.Place}&jeton={Guid.NewGuid():N}", Form));
        return await PageAsync(kept.Header("Location").ShouldNotBeNull(kept.Text));
    }

    private async Task<string> PageAsync(string address) => Read(await app.GetAsync(address));

    private static string Read(Reply page) => WebUtility.HtmlDecode(page.Text).Replace('\u00a0', ' ');

    private static string Link(string page, string text) => LinkPattern().Matches(page).First(link => link.Groups[2].Value == text).Groups[1].Value;

    private static string Value(string page, string name) => Regex.Match(page, $"name=\"{name}\" value=\"([^\"]*)\"").Groups[1].Value;

    [GeneratedRegex("<a href=\"([^\"]*)\">([^<]*)</a>")]
    private static partial Regex LinkPattern();
}
