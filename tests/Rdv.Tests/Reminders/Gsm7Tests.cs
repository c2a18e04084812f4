using CsCheck;
using Rdv.Sms;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Reminders;

public sealed class Gsm7Tests
{
    [Theory]
    [InlineData("ça être à bientôt", "ca etre à bientot")]
    [InlineData("l’« œuvre » – août…", "l'\" oeuvre \" - aout...")]
    [InlineData("10\u00A0h\u202F30", "10 h 30")]
    [InlineData("È À Ê Ô Œ ë î ï û ÿ â", "E A E O OE e i i u y a")]
    [InlineData("e\u0301te\u0301", "été")]
    [InlineData("Bonjour 👋🏽 مرحبا 你好", "Bonjour")]
    [InlineData("n° 4, 1ᵉʳ étage", "no 4, 1er étage")]
    [InlineData("line\r\nbreak\ttab", "line break tab")]
    [InlineData("lone \uD83D surrogate", "lone surrogate")]
    [InlineData("no \uFFFE character, nor \uFFFD", "no character, nor")]
    [InlineData("Ñuñez Łodź", "Ñuñez Lodz")]
    public void Letters_outside_become_plain_ones(string text, string plain) =>
        Gsm7.ToGsm7(text).ShouldBe(plain);

    [Theory]
    [InlineData("çêëîïôûÿâœÈÀÊÔŒ’«»…—°\u00A0\u202F")]
    public void The_letters_known_to_break_an_SMS_are_outside(string letters) =>
        letters.ShouldAllBe(letter => !Gsm7.IsGsm7(letter.ToString()));

    [Theory]
    [InlineData("éèàùìòäöñüæÉÇÄÖÑÜÆ", 18)]
    [InlineData("€[]{}\\^~|", 18)]
    [InlineData("abc €", 6)]
    public void Septets_are_counted(string text, int septets) => Gsm7.Count(text).ShouldBe(septets);

    [Fact]
    public void Segments_hold_160_then_153()
    {
        Gsm7.Segments(new string('a', 160)).ShouldBe(1);
        Gsm7.Segments(new string('a', 161)).ShouldBe(2);
        Gsm7.Segments(new string('a', 306)).ShouldBe(2);
        Gsm7.Segments(new string('a', 307)).ShouldBe(3);
        // The escape and its letter do not part: the second part starts one septet early.
        Gsm7.Segments(new string('a', 152) + "€" + new string('a', 152)).ShouldBe(3);
    }

    [Fact]
    public void Whatever_comes_in_UCS2_never_leaves() =>
        Gen.String[Gen.Char['\0', '\uFFFF'], 0, 60].Sample(text =>
        {
            var plain = Gsm7.ToGsm7(text);
            Gsm7.IsGsm7(plain).ShouldBeTrue();
            Gsm7.ToGsm7(plain).ShouldBe(plain);
        });
}
