using System.Text.RegularExpressions;
using Rdv.Territories;

namespace Rdv.Directory;

/// <summary>What people type in place of the name of a commune: an address, a line of an envelope, a number in words, the département behind it.</summary>
internal static partial class TypedCommune
{
    private const int InseeLength = 5;

    private static readonly string[] Ordinals =
    [
        "premier", "deuxieme", "troisieme", "quatrieme", "cinquieme", "sixieme", "septieme", "huitieme", "neuvieme", "dixieme",
        "onzieme", "douzieme", "treizieme", "quatorzieme", "quinzieme", "seizieme", "dixseptieme", "dixhuitieme", "dixneuvieme", "vingtieme",
    ];

    private static readonly string[] Romans =
    [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx",
    ];

    private static readonly Lazy<Dictionary<string, Territory>> Departements = new(() => TerritoryNames.All
        .SelectMany(pair => new[] { (Key: pair.Key.ToLowerInvariant(), pair.Key), (Key: string.Join(' ', SearchWords.Of(pair.Value)), pair.Key) })
        .DistinctBy(pair => pair.Key)
        .ToDictionary(pair => pair.Key, pair => Territory.Parse(pair.Item2)));

    /// <summary>Other ways to read what was typed, the likeliest first.</summary>
    /// <param name="query">In which nothing was found.</param>
    /// <returns>A text to search for, and the département that its commune must be in, if one was named.</returns>
    public static IEnumerable<(string Text, Territory? In)> Readings(string query)
    {
        // "12 rue du Canal, 69100 Villeurbanne": what stands before the postcode is the street.
        if (Postcode().Match(query) is { Success: true } found)
        {
            var postcode = found.Groups[1].Value + found.Groups[2].Value;
            yield return ($"{postcode} {query[(found.Index + found.Length)..]}", null);
            yield return (postcode, null);
        }

        // "Vaulx en Velin, Rhône", "Saint-Denis (93)".
        if (Behind().Match(query) is { Success: true } behind
            && Departements.Value.TryGetValue(string.Join(' ', SearchWords.Of(behind.Groups[1].Value)), out var territory))
        {
            yield return (query[..behind.Index], territory);
        }

        // "Lyon troisième", "Paris XVI", "MARSEILLE 03".
        var words = SearchWords.Of(query);
        if (words is ["paris" or "lyon" or "marseille", _, ..])
        {
            var number = string.Concat(words.Skip(1).Where(word => word is not ("arrondissement" or "e" or "eme")));
            var at = Array.IndexOf(Ordinals, number) is >= 0 and var ordinal ? ordinal : Array.IndexOf(Romans, number);
            yield return ($"{words[0]} {(at >= 0 ? (at + 1).ToString(System.Globalization.CultureInfo.InvariantCulture) : number.TrimStart('0'))}", null);
        }

        // "BOURG-EN-BRESSE CEDEX 9".
        if (string.Join(' ', SearchWords.OfCommune(query)) is { Length: > 0 } address)
        {
            yield return (address, null);
        }
    }

    /// <summary>A département by its number or its name; null when it is none.</summary>
    public static Territory? Departement(string text) =>
        Departements.Value.TryGetValue(string.Join(' ', SearchWords.Of(text)), out var territory) ? territory : null;

    /// <summary>A code of INSEE, which some papers have in place of a postcode.</summary>
    public static string? Insee(string query) => query.Trim() is { Length: InseeLength } code && code.All(char.IsAsciiLetterOrDigit) ? code : null;

    [GeneratedRegex(@"(?<![0-9])([0-9]{2})[ .]?([0-9]{3})(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Postcode();

    [GeneratedRegex(@"[,(/-]\s*([^,()/]{2,30})\)?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Behind();
}
