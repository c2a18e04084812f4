using System.Globalization;

namespace Rdv.People;

/// <summary>Compares names as they are heard: case and accents do not matter.</summary>
internal static class Spelling
{
    private const CompareOptions Heard = CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace;

    public static bool Same(string one, string other) =>
        CultureInfo.InvariantCulture.CompareInfo.Compare(one.Trim(), other.Trim(), Heard) == 0;

    public static bool Contains(string name, string part) =>
        CultureInfo.InvariantCulture.CompareInfo.IndexOf(name, part.Trim(), Heard) >= 0;
}
