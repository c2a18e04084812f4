using Rdv.People;
using Shouldly;
using Xunit;

namespace Rdv.Tests.People;

/// <summary>What mail arrives at, and what keeps it from arriving.</summary>
public sealed class EmailAddressTests
{
    private const string Shape = "Elle s'écrit nom@domaine.fr.";
    private const string Dots = "Avant le « @ », un point se met entre deux lettres ou chiffres.";
    private const string Letters = "Avant le « @ », il y a 1 à 64 lettres, chiffres, points, tirets ou traits bas.";
    private const string NoDomain = "Ce qui suit le « @ » n'est pas un domaine.";

    [Theory]
    [InlineData("odette@mairie.fr", "odette@mairie.fr")]
    [InlineData("  o.dette+rdv@sous.mairie.fr ", "o.dette+rdv@sous.mairie.fr")]
    [InlineData("x@y.fr", "x@y.fr")]
    [InlineData("odette@forêt.fr", "odette@xn--fort-ipa.fr")]
    [InlineData("o'neil@mairie.fr", "o'neil@mairie.fr")]
    public void An_address_is_one(string text, string address)
    {
        EmailAddress.ProblemOf(text).ShouldBeNull();
        EmailAddress.TryParse(text, out var read).ShouldBeTrue();
        read.ShouldBe(address);
    }

    [Theory]
    [InlineData(null, Shape)]
    [InlineData("", Shape)]
    [InlineData("odette", Shape)]
    [InlineData("@mairie.fr", Shape)]
    [InlineData("odette@", Shape)]
    [InlineData("odétte@mairie.fr", "Il n'y a pas de lettre accentuée avant le « @ ».")]
    [InlineData(".odette@mairie.fr", Dots)]
    [InlineData("odette.@mairie.fr", Dots)]
    [InlineData("od..ette@mairie.fr", Dots)]
    [InlineData("o dette@mairie.fr", Letters)]
    [InlineData("a@odette@mairie.fr", Letters)]
    [InlineData("odette?cc=x@mairie.fr", Letters)]
    [InlineData("odette@mairie", "Après le « @ », le domaine a un point, comme dans mairie.fr.")]
    [InlineData("odette@mairie.f", NoDomain)]
    [InlineData("odette@-mairie.fr", NoDomain)]
    [InlineData("odette@ma_irie.fr", NoDomain)]
    [InlineData("odette@mairie..fr", NoDomain)]
    [InlineData("odette@ma irie.fr", NoDomain)]
    public void What_is_none_is_told_why(string? text, string problem)
    {
        EmailAddress.ProblemOf(text).ShouldBe(problem);
        EmailAddress.TryParse(text, out var address).ShouldBeFalse();
        address.ShouldBeNull();
    }

    [Fact]
    public void It_has_64_letters_before_the_sign_and_254_in_all()
    {
        EmailAddress.ProblemOf(new string('a', 64) + "@mairie.fr").ShouldBeNull();
        EmailAddress.ProblemOf(new string('a', 65) + "@mairie.fr").ShouldBe(Letters);

        // 64 + 1 + 189: three names of 62 and a dot each, of which one is shorter.
        var domain = $"{new string('b', 62)}.{new string('c', 62)}.{new string('d', 60)}.fr";
        (64 + 1 + domain.Length).ShouldBe(254);
        EmailAddress.ProblemOf($"{new string('a', 64)}@{domain}").ShouldBeNull();
        EmailAddress.ProblemOf($"{new string('a', 64)}@e{domain}").ShouldBe(Shape);
    }
}
