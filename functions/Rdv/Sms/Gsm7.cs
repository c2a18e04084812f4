using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Rdv.Sms;

/// <summary>
/// The alphabet of SMS (3GPP TS 23.038, 6.2.1). One letter outside it turns the whole message into UCS-2, of 70 characters a segment.
/// </summary>
public static class Gsm7
{
    public const int SingleSegment = 160;

    /// <summary>Seven septets of each part of a longer message go to the header that joins the parts.</summary>
    public const int ConcatenatedSegment = 153;

    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    /// <summary>Each takes an escape septet before it.</summary>
    private const string Extension = "\f^{}\\[~]|€";

    private static readonly FrozenDictionary<char, int> Septets = Basic.Select(letter => (letter, 1))
        .Concat(Extension.Select(letter => (letter, 2)))
        .ToFrozenDictionary(pair => pair.letter, pair => pair.Item2);

    // What Unicode's compatibility decomposition does not know, or does badly.
    private static readonly FrozenDictionary<char, string> Replacements = new Dictionary<char, string>
    {
        ['’'] = "'",
        ['‘'] = "'",
        ['ʼ'] = "'",
        ['′'] = "'",
        ['´'] = "'",
        ['`'] = "'",
        ['‛'] = "'",
        ['‹'] = "'",
        ['›'] = "'",
        ['«'] = "\"",
        ['»'] = "\"",
        ['“'] = "\"",
        ['”'] = "\"",
        ['„'] = "\"",
        ['″'] = "\"",
        ['–'] = "-",
        ['—'] = "-",
        ['―'] = "-",
        ['‐'] = "-",
        ['‑'] = "-",
        ['‒'] = "-",
        ['−'] = "-",
        ['•'] = "-",
        ['·'] = "-",
        ['…'] = "...",
        ['œ'] = "oe",
        ['Œ'] = "OE",
        ['°'] = "o",
        ['×'] = "x",
        ['⁄'] = "/",
        ['ẞ'] = "SS",
        ['ł'] = "l",
        ['Ł'] = "L",
        ['đ'] = "d",
        ['Đ'] = "D",
        ['ð'] = "d",
        ['Ð'] = "D",
        ['þ'] = "th",
        ['Þ'] = "Th",
        ['ħ'] = "h",
        ['Ħ'] = "H",
        ['ı'] = "i",
    }.ToFrozenDictionary();

    /// <summary>Whether the text leaves as it is, without becoming UCS-2.</summary>
    public static bool IsGsm7(string text) => text.All(Septets.ContainsKey);

    /// <summary>How many septets the text takes.</summary>
    /// <exception cref="ArgumentException">A letter is not in the alphabet.</exception>
    public static int Count(string text) => text.Sum(SeptetsOf);

    /// <summary>How many segments are paid for. An escape and its letter stay in the same part, which may cost a septet.</summary>
    /// <exception cref="ArgumentException">A letter is not in the alphabet.</exception>
    public static int Segments(string text)
    {
        if (Count(text) <= SingleSegment)
        {
            return 1;
        }

        var segments = 1;
        var used = 0;
        foreach (var septets in text.Select(SeptetsOf))
        {
            if (used + septets > ConcatenatedSegment)
            {
                segments++;
                used = 0;
            }

            used += septets;
        }

        return segments;
    }

    /// <summary>
    /// The text in the letters of the alphabet, on one line: accents that it lacks fall (<c>ç</c> becomes <c>c</c>), typographic signs
    /// become plain ones, other scripts and emoji are left out. The result is never UCS-2, whatever came in.
    /// </summary>
    public static string ToGsm7(string text)
    {
        var output = new StringBuilder(text.Length);
        foreach (var letter in WithoutLoneSurrogates(text).Normalize(NormalizationForm.FormC))
        {
            Append(output, letter, decompose: true);
        }

        return string.Join(' ', output.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static void Append(StringBuilder output, char letter, bool decompose)
    {
        if (char.IsWhiteSpace(letter))
        {
            output.Append(' ');
        }
        else if (Septets.ContainsKey(letter))
        {
            output.Append(letter);
        }
        else if (Replacements.TryGetValue(letter, out var replacement))
        {
            output.Append(replacement);
        }
        else if (decompose && !char.IsSurrogate(letter))
        {
            foreach (var part in letter.ToString().Normalize(NormalizationForm.FormKD))
            {
                if (CharUnicodeInfo.GetUnicodeCategory(part) != UnicodeCategory.NonSpacingMark)
                {
                    Append(output, part, decompose: false);
                }
            }
        }
    }

    // Normalize throws on half of a pair and on noncharacters.
    private static string WithoutLoneSurrogates(string text)
    {
        var output = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) != UnicodeCategory.OtherNotAssigned)
            {
                output.Append(rune);
            }
        }

        return output.ToString();
    }

    private static int SeptetsOf(char letter) =>
        Septets.TryGetValue(letter, out var septets) ? septets : throw new ArgumentException($"U+{(int)letter:X4} is not in GSM-7.");
}
