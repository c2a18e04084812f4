using Rdv.People;
using Shouldly;
using Xunit;

namespace Rdv.Tests.People;

/// <summary>What a stranger may have us say to somebody else.</summary>
public sealed class WordsOfOthersTests
{
    [Theory]
    [InlineData("Odette Fictive")]
    [InlineData("Jean-Pierre D’Ornano")]
    [InlineData("M. et Mme Fictif")]
    [InlineData("Mme. Odette Fictive")]
    [InlineData("J.-P. Essai")]
    [InlineData("J.P. Essai")]
    [InlineData("Essai J.")]
    [InlineData("Odette Martin (née Fictive)")]
    [InlineData("Odette & Paul Fictif")]
    [InlineData("FICTIVE, Odette")]
    [InlineData("Núria Gal·la")]
    [InlineData("Teʻura Maʼohi")]
    [InlineData("Νίκος Δοκιμή")]
    [InlineData("Наталія Приклад")]
    [InlineData("محمد مثال")]
    [InlineData("नमूना देवी")]
    [InlineData("李 例子")]
    [InlineData("サンプル ルーシー")]
    [InlineData("Nguyễn Thị Ví Dụ")]
    public void A_name_is_said(string name) => WordsOfOthers.Name(name).ShouldBe(name);

    [Theory]
    [InlineData("cpf-gouv.info/69")]
    [InlineData("cpf-gouv.info")]
    [InlineData("t.co")]
    [InlineData("a.b.fr Odette")]
    [InlineData("Odette www cpf")]
    [InlineData("Odette https")]
    [InlineData("www.cpf")]
    [InlineData("odette@fictive")]
    [InlineData("Appelez 0899")]
    [InlineData("Odette 2")]
    [InlineData("٠٨٩٩")]
    [InlineData("cpf。info")]
    [InlineData("ｃｐｆ．ｉｎｆｏ")]
    [InlineData("cpf․info")]
    [InlineData("cpfꓸinfo")]
    [InlineData("⒈⒉")]
    [InlineData("Odette/Paul")]
    [InlineData("Odette: payez")]
    [InlineData("Odette!")]
    [InlineData("Mme.fr")]
    [InlineData("<b>Odette</b>")]
    [InlineData("Odette\nFictive")]
    [InlineData("--")]
    [InlineData("🙂")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_name_is_not_said(string? name) => WordsOfOthers.Name(name).ShouldBeNull();

    [Theory]
    [InlineData("Voir https://cpf-gouv.info/69", "Voir https : //cpf-gouv. info/69")]
    [InlineData("Écrire à odette@fictive.example", "Écrire à odette@fictive. example")]
    [InlineData("www.1cpf.fr", "www.1cpf. fr")]
    [InlineData("http://192.0.2.7/x", "http : //192.0.2.7/x")]
    [InlineData("mailto:odette@fictive tel:0899", "mailto : odette@fictive tel : 0899")]
    [InlineData(@"\\serveur\partage", @"\ \serveur\partage")]
    [InlineData("cpf。info", "cpf。 info")]
    public void Nothing_in_free_text_can_be_followed(string text, string plain)
    {
        WordsOfOthers.Text(text).ShouldBe(plain);
        WordsOfOthers.Line(text).ShouldBeNull();
    }

    [Theory]
    [InlineData("Fauteuil roulant. Merci de parler fort.")]
    [InlineData("Il a Windows 8.1, et 2.5 heures.\nPayer 3,50 € ; né le 12.03.")]
    [InlineData("Le 24/11 : à 10:30 ?")]
    [InlineData("Word & Excel, niveau 2 (suite)")]
    public void Other_text_stays_as_it_was_written(string text)
    {
        WordsOfOthers.Text(text).ShouldBe(text);
        WordsOfOthers.Line(text).ShouldBe(text);
    }
}
