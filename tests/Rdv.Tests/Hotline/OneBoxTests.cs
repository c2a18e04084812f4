using System.Net;
using Rdv.Tests.Contract;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Hotline;

/// <summary>What an operator types into the one box while somebody speaks.</summary>
public sealed class OneBoxTests(ContractApp app) : IClassFixture<ContractApp>
{
    private const string Form = "application/x-www-form-urlencoded";

    [Theory]
    [InlineData("69120", "À proposer · Vaulx-en-Velin (69)")]
    [InlineData("69 120", "À proposer · Vaulx-en-Velin (69)")]
    [InlineData("vaulx en velin", "À proposer · Vaulx-en-Velin (69)")]
    [InlineData("69", "À proposer · Département 69")]
    [InlineData("rhône", "À proposer · Département 69")]
    [InlineData("Paris", "À proposer · Paris (75)")]
    [InlineData("Saint-Denis", "Quelle commune")]
    [InlineData("Renée Fictive", "Département</label>")]
    [InlineData("Renée Inconnue 69", "Aucun rendez-vous trouvé")]
    [InlineData("Inconnue, Vaulx-en-Velin", "Aucun rendez-vous trouvé")]
    [InlineData("MARTIN (2A)", "Aucun rendez-vous trouvé")]
    [InlineData("06 39 98 12 77", "n'a pas de rendez-vous")]
    [InlineData("0639981277", "n'a pas de rendez-vous")]
    [InlineData("69-K7Q2-9XM4", "Aucun rendez-vous trouvé")]
    [InlineData("vilurbane", "Villeurbanne (69100)")]
    [InlineData("06 39 98", "n'est pas complet")]
    [InlineData("", "Tapez un numéro")]
    [InlineData("*", "Nous ne reconnaissons pas")]
    public async Task It_reads_what_it_is(string typed, string said)
    {
        var page = await AskAsync(("q", typed));
        page.ShouldContain(said);
    }

    [Fact]
    public async Task Who_names_one_reference_has_all_that_they_have()
    {
        var first = (await app.BookAsync("06 39 98 12 78")).GetProperty("reference").GetString()!;
        var second = (await app.BookAsync("06 39 98 12 78")).GetProperty("reference").GetString()!;
        var page = await AskAsync(("q", first));
        page.ShouldContain(first);
        page.ShouldContain(second);

        // What was found stays found while the operator looks for an hour; nothing of it is searched for anew.
        var on = await AskAsync(("telephone", "06 39 98 12 78"), ("dossier", $"{first} {second}"), ("ou", "lyon 3e"), ("sujet", ContractApp.Topic));
        on.ShouldContain(second);
        on.ShouldContain("Lyon 3e Arrondissement (69)");
    }

    [Theory]
    [InlineData("dossier", "69-0000-0000 n'importe/quoi ../..")]
    [InlineData("rang", "-3")]
    [InlineData("rang", "99999999999999")]
    [InlineData("lieu", "../x")]
    [InlineData("changer", "moment=n'importe")]
    [InlineData("changer", "=")]
    [InlineData("moyen", "pigeon")]
    public async Task What_nobody_chose_is_as_if_it_were_not_there(string field, string value) =>
        (await AskAsync(("commune", "69256"), ("sujet", ContractApp.Topic), (field, value))).ShouldContain("À proposer · Vaulx-en-Velin (69)");

    private async Task<string> AskAsync(params (string Name, string Value)[] fields)
    {
        var body = string.Join('&', fields.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}"));
        var answer = await app.SendAsync(HttpMethod.Post, "/hotline", ContractApp.Content(body, Form), "hotline");
        answer.Status.ShouldBeOneOf(200, 400);
        return WebUtility.HtmlDecode(answer.Text).Replace('\u00a0', ' ');
    }
}
