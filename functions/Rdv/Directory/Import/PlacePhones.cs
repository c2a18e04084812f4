using System.Text.RegularExpressions;
using PhoneNumbers;
using Rdv.Territories;

namespace Rdv.Directory.Import;

/// <summary>The telephone numbers of a place, as a caller would dial them: one, several, or a short one such as 39 49.</summary>
internal static partial class PlacePhones
{
    private const string Region = "FR";

    /// <param name="left">What is no number; null when all of it is.</param>
    /// <returns>As they are shown; null when there is none.</returns>
    public static string? Read(string text, Territory territory, out string? left)
    {
        left = null;
        if (Shown(text, territory) is { } one)
        {
            return one;
        }

        var parts = Separators().Split(text).Select(part => part.Trim(' ', '.', ':')).Where(part => part.Length > 0)
            .Select(part => (Part: part, Shown: Shown(part, territory))).ToArray();
        left = parts.Any(part => part.Shown is null) || parts.Length == 0 ? string.Join(", ", parts.Where(part => part.Shown is null).Select(part => part.Part)) : null;
        return string.Join(" ou ", parts.Select(part => part.Shown).OfType<string>().Distinct()) is { Length: > 0 } shown ? shown : null;
    }

    private static string? Shown(string text, Territory territory)
    {
        if (People.PhoneNumber.TryParse(text, territory, out var number))
        {
            return number.ToNational();
        }

        var digits = string.Concat(text.Where(character => !char.IsWhiteSpace(character) && character is not ('.' or '-')));
        return digits.All(char.IsAsciiDigit) && digits.Length is 4 or 6 && IsShort(digits)
            ? digits.Length == 4 ? $"{digits[..2]} {digits[2..]}" : $"{digits[..3]} {digits[3..]}"
            : null;
    }

    private static bool IsShort(string digits)
    {
        try
        {
            return ShortNumberInfo.GetInstance().IsValidShortNumberForRegion(PhoneNumberUtil.GetInstance().Parse(digits, Region), Region);
        }
        catch (NumberParseException)
        {
            return false;
        }
    }

    [GeneratedRegex("[/|;,\\n]|\\b(?:ou|et|puis)\\b|(?<=[0-9])\\s+-\\s+(?=[0+])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Separators();
}
