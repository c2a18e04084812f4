using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Rdv.Territories;

namespace Rdv.Ids;

/// <summary>Identifies a structure inside its territory.</summary>
public readonly record struct StructureId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>Identifies a place inside its territory.</summary>
public readonly record struct PlaceId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>Identifies an advisor inside their home territory.</summary>
public readonly record struct AdvisorId(string Value)
{
    /// <summary>As the log of what staff have read names an agenda: <c>advisor:69/a1</c>.</summary>
    public string In(Territory territory) => $"advisor:{territory}/{Value}";

    public override string ToString() => Value;
}

/// <summary>What an identifier of the directory may be: it becomes part of row keys and of addresses.</summary>
public static partial class DirectoryIds
{
    /// <summary>Of an identifier as others give it.</summary>
    public const int MaxGiven = 1_000;

    private const int MaxReadable = 40;
    private const int HashLength = 12;

    /// <summary>
    /// The identifier under which any other is kept: itself when it is valid; else what can be read of it, and a hash of the whole, so that
    /// the same always becomes the same. The national map gives letters with accents, and joins identifiers of any length.
    /// </summary>
    /// <param name="secretive">Keeps nothing readable: an identifier of a person may be their address.</param>
    /// <returns>Null when there is nothing to tell it by, or too much.</returns>
    public static string? KeyOf(string? given, bool secretive = false)
    {
        if (given is not { Length: > 0 and <= MaxGiven } || IsValid(given))
        {
            return IsValid(given) ? given : null;
        }

        // Runes replace lone surrogates, on which Normalize would throw.
        var folded = string.Concat(given.EnumerateRunes()).Normalize(NormalizationForm.FormD);
        var letters = string.Concat(folded.Where(character => CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark));
        var readable = Unsafe().Replace(letters, "-").Trim('-', '_');
        var hash = Crockford.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(given)), HashLength);
        return secretive || readable.Length == 0 ? hash : $"{(readable.Length > MaxReadable ? readable[..MaxReadable] : readable)}-{hash}";
    }

    /// <summary>1 to 64 letters without accents, digits, points, underscores and hyphens.</summary>
    public static bool IsValid(string? id) => id is not null && Shape().IsMatch(id);

    [GeneratedRegex("[^A-Za-z0-9_]+", RegexOptions.CultureInvariant)]
    private static partial Regex Unsafe();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
