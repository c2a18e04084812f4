namespace Rdv.Ids;

/// <summary>Douglas Crockford's base 32: no I, L, O or U, so that it can be read aloud and typed back (crockford.com/base32.html).</summary>
internal static class Crockford
{
    public const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>The first <paramref name="length"/> characters of the bytes, five bits each.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes, int length)
    {
        Span<char> text = stackalloc char[length];
        for (var i = 0; i < length; i++)
        {
            var bit = i * 5;
            var pair = (bytes[bit / 8] << 8) | (bit / 8 + 1 < bytes.Length ? bytes[bit / 8 + 1] : 0);
            text[i] = Alphabet[(pair >> (11 - bit % 8)) & 31];
        }

        return new string(text);
    }

    /// <summary>
    /// A check character inside the same alphabet: a weighted sum modulo 31, which catches any single wrong character and any swap of
    /// neighbours of the 31 first symbols. (Crockford's own modulo 37 needs symbols such as <c>*</c> that nobody can dictate.)
    /// </summary>
    public static char Check(ReadOnlySpan<char> text)
    {
        var sum = 0;
        for (var i = 0; i < text.Length; i++)
        {
            sum += (i + 1) * Alphabet.IndexOf(text[i], StringComparison.Ordinal);
        }

        return Alphabet[sum % 31];
    }

    /// <summary>Upper case, O as 0, I and L as 1; null when a character is not of the alphabet.</summary>
    public static string? Normalize(ReadOnlySpan<char> text)
    {
        Span<char> clean = stackalloc char[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            var character = char.ToUpperInvariant(text[i]) switch
            {
                'O' => '0',
                'I' or 'L' => '1',
                var other => other,
            };
            if (!Alphabet.Contains(character, StringComparison.Ordinal))
            {
                return null;
            }

            clean[i] = character;
        }

        return new string(clean);
    }
}
