namespace Rdv.Directory;

/// <summary>The address of an advisor's own room on the service that they use: whoever opens it at the hour meets them.</summary>
public static class VideoLink
{
    /// <summary>A reminder with a longer one would take three segments.</summary>
    public const int MaxLength = 200;

    public const string Problem =
        "Donnez une adresse qui commence par https://, sans espace ni identifiants, de 200 caractères au plus.";

    // What RFC 3986 has no place for, and what a telephone would cut the address at.
    private const string Never = "\"<>\\^`{|}";

    /// <summary>A public https address without user information (RFC 3986, 3.2.1): a password before the host would go to everyone.</summary>
    public static bool IsValid(string text) =>
        text.Length <= MaxLength
        && text.All(letter => letter is > ' ' and <= '~' && !Never.Contains(letter, StringComparison.Ordinal))
        && text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        && !text.AsSpan(8, text.AsSpan(8).IndexOfAny('/', '?', '#') is >= 0 and var end ? end : text.Length - 8).Contains('@')
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.HostNameType == UriHostNameType.Dns
        && uri.Host.Contains('.', StringComparison.Ordinal);
}
