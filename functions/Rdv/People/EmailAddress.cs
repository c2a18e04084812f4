using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.Mail;
using System.Text.RegularExpressions;

namespace Rdv.People;

/// <summary>An address that mail arrives at: one judge for what is taken and for what is sent.</summary>
/// <remarks>
/// RFC 5321, 4.1.2: a dot-string, and a domain of two names at least. Without accents before the @, since not every server on the way takes
/// them (RFC 6531); a domain with accents becomes its ASCII form (RFC 5891). Quoted names are allowed by the law and by no provider.
/// </remarks>
public static partial class EmailAddress
{
    private const int MaxLength = 254;
    private const int MaxLocal = 64;

    /// <param name="address">In ASCII, bare, as it can stand after <c>mailto:</c>.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out string? address) => ProblemOf(text, out address) is null;

    /// <summary>What keeps mail from arriving, in French, without the address; null when nothing does.</summary>
    public static string? ProblemOf(string? text) => ProblemOf(text, out _);

    private static string? ProblemOf(string? text, out string? address)
    {
        address = null;
        var trimmed = text?.Trim() ?? "";
        var at = trimmed.LastIndexOf('@');
        if (at <= 0 || at == trimmed.Length - 1)
        {
            return "Elle s'écrit nom@domaine.fr.";
        }

        var (local, domain) = (trimmed[..at], trimmed[(at + 1)..]);
        if (!local.All(char.IsAscii))
        {
            return "Il n'y a pas de lettre accentuée avant le « @ ».";
        }

        if (local.StartsWith('.') || local.EndsWith('.') || local.Contains("..", StringComparison.Ordinal))
        {
            return "Avant le « @ », un point se met entre deux lettres ou chiffres.";
        }

        if (local.Length > MaxLocal || !Local().IsMatch(local))
        {
            return "Avant le « @ », il y a 1 à 64 lettres, chiffres, points, tirets ou traits bas.";
        }

        if (!domain.Contains('.', StringComparison.Ordinal))
        {
            return "Après le « @ », le domaine a un point, comme dans mairie.fr.";
        }

        if (ToAscii(domain) is not { } ascii || !Domain().IsMatch(ascii))
        {
            return "Ce qui suit le « @ » n'est pas un domaine.";
        }

        var whole = $"{local}@{ascii}";
        if (whole.Length > MaxLength || !MailAddress.TryCreate(whole, out var parsed) || parsed.Address != whole)
        {
            return "Elle s'écrit nom@domaine.fr.";
        }

        address = whole;
        return null;
    }

    private static string? ToAscii(string domain)
    {
        try
        {
            return new IdnMapping { UseStd3AsciiRules = true }.GetAscii(domain);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // The signs that RFC 5321 allows, less "?" and "%", which mean something after mailto:.
    [GeneratedRegex("^[A-Za-z0-9!#$&'*+/=^_`{|}~.-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Local();

    [GeneratedRegex("^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+(?:[A-Za-z]{2,63}|xn--[A-Za-z0-9-]{1,59})$", RegexOptions.CultureInvariant)]
    private static partial Regex Domain();
}
