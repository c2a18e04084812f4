using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Rdv.Ids;
using Rdv.Territories;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Ids;

/// <summary>Codes that are drawn: every bit of what they are drawn from counts, or they could be guessed.</summary>
public sealed class DrawnCodesTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    [Fact]
    public void A_reference_is_the_first_35_bits_of_the_hash_of_its_nonce()
    {
        for (var draw = 0; draw < 200; draw++)
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"69\n{draw}\nnonce"));
            var bits = new BigInteger(hash, isUnsigned: true, isBigEndian: true) >> (256 - 35);
            var text = string.Concat(Enumerable.Range(0, 7).Select(place => Alphabet[(int)((bits >> (5 * (6 - place))) & 31)]));
            AppointmentReference.Derive(Territory.Parse("69"), "nonce", draw).Code[..7].ShouldBe(text);
        }
    }

    [Fact]
    public void Another_nonce_draw_or_territory_is_another_reference()
    {
        string[] references =
        [
            Code("69", "a", 0), Code("69", "a", 1), Code("69", "b", 0), Code("69", "b", 1), Code("2A", "a", 0), Code("2A", "b", 1),
        ];
        references.ShouldBeUnique();
        AppointmentReference.Derive(Territory.Parse("69"), "a").ShouldBe(AppointmentReference.Derive(Territory.Parse("69"), "a", 0));

        static string Code(string territory, string nonce, int draw) => AppointmentReference.Derive(Territory.Parse(territory), nonce, draw).Code;
    }

    // Its check character would be right if a letter that we do not write counted for one less than nothing.
    [Fact]
    public void A_letter_that_nobody_writes_is_no_digit() => AppointmentReference.TryParse("69-3U00-0001", out _).ShouldBeFalse();

    [Fact]
    public void Only_ten_digits_that_begin_with_0_are_taken_for_a_number()
    {
        // 69: no number begins so. With a letter: nor is it one.
        AppointmentReference.TryParseUnlessNumber("6910000001", out var digits).ShouldBeTrue();
        digits.ToString().ShouldBe("69-1000-0001");
        AppointmentReference.TryParseUnlessNumber("01A000000A", out var letters).ShouldBeTrue();
        letters.ToString().ShouldBe("01-A000-000A");
        AppointmentReference.TryParseUnlessNumber("0110000001", out _).ShouldBeFalse();
    }
}
