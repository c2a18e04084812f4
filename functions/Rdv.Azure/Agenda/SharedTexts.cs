namespace Rdv.Azure.Agenda;

/// <summary>
/// Gives one string for a text that comes again and again (topics, places), without making it anew: an agenda of a territory names a
/// few dozen of them thousands of times. Keeps the last text of each slot: what it holds is bounded, and a lost race costs one string.
/// </summary>
internal static class SharedTexts
{
    private const int Slots = 1024;
    private static readonly string?[] Known = new string?[Slots];

    public static string Of(ReadOnlySpan<char> text)
    {
        // Collisions only cost a new string.
        ref var slot = ref Known[(uint)string.GetHashCode(text) % Slots];
        return slot is { } known && text.SequenceEqual(known) ? known : slot = text.ToString();
    }
}
