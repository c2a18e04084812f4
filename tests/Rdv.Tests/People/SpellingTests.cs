using Rdv.People;
using Shouldly;
using Xunit;

namespace Rdv.Tests.People;

/// <summary>Names as a caller says them and as an operator types them.</summary>
public sealed class SpellingTests
{
    [Theory]
    [InlineData("Jean-Pierre D’Ornano", "d'ornano")]
    [InlineData("Jean-Pierre D’Ornano", "Jean Pierre")]
    [InlineData("Jean-Pierre D’Ornano", "dornano jeanpierre")]
    [InlineData("Odette Fictive", "fictive odette")]
    [InlineData("Odette Fictive", "Mme Fictive")]
    [InlineData("Odette Fictive", "fict")]
    [InlineData("Zoé  Double", "Zoé Double")]
    [InlineData("Zoé Double", "ZOE")]
    [InlineData("Yves Le Guen", "leguen")]
    [InlineData("Yves Leguen", "le guen")]
    [InlineData("Marie-Thérèse Œuvrard", "oeuvrard marie therese")]
    [InlineData("Odette Saint-Fictif", "st fictif")]
    [InlineData("STE-FICTIVE Odette", "odette sainte fictive")]
    [InlineData("Monsieur Fictif", "fictif")]
    [InlineData("Odette Dornano", "nano odette")]
    [InlineData("Odette Ægide", "aegide")]
    [InlineData("Madame", "madame")]
    public void A_name_is_found_as_it_is_said(string name, string asked) => Spelling.Matches(name, asked).ShouldBeTrue();

    [Theory]
    [InlineData("Odette Fictive", "odette double")]
    [InlineData("Odette Fictive", "ornano")]
    [InlineData("Odette Dornano", "ano odette")]
    [InlineData("Odette Fictive", "'")]
    [InlineData("Odette Fictive", " ")]
    public void Another_name_is_not(string name, string asked) => Spelling.Matches(name, asked).ShouldBeFalse();

    [Theory]
    [InlineData("Odette Fictive", "FICTIVE Odette", true)]
    [InlineData("Zoé  Double", "zoe double", true)]
    [InlineData("Thérèse Fictive", "THERESE fictive", true)]
    [InlineData("Jean-Pierre D’Ornano", "Jean Pierre d'Ornano", true)]
    [InlineData("Odette Fictive", "Odette", false)]
    public void The_same_words_are_the_same_name(string one, string other, bool same) => Spelling.Same(one, other).ShouldBe(same);
}
