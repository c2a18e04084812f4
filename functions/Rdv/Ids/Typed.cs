namespace Rdv.Ids;

/// <summary>Codes as people type them, and as telephones, word processors and mail programs copy them.</summary>
public static class Typed
{
    internal static char[] Letters { get; } = [.. Enumerable.Range('A', 26).Concat(Enumerable.Range('a', 26)).Select(letter => (char)letter)];

    /// <summary>
    /// The letters and digits of a code. Dashes of all kinds, dots, spaces and what is copied along with an address, a full stop or a bracket,
    /// even escaped (<c>%20</c>), are no part of it.
    /// </summary>
    public static string Code(string text) => string.Concat(Uri.UnescapeDataString(text).Where(char.IsAsciiLetterOrDigit));
}
