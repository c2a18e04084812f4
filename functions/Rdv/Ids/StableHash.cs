namespace Rdv.Ids;

/// <summary>A hash that is the same on every instance, unlike <see cref="string.GetHashCode()"/>: FNV-1a.</summary>
public static class StableHash
{
    public static uint Of(ReadOnlySpan<char> text)
    {
        var hash = 2166136261u;
        foreach (var character in text)
        {
            hash = (hash ^ character) * 16777619u;
        }

        return hash;
    }
}
