using System.Globalization;
using Rdv.Territories;

namespace Rdv.Tests.Infrastructure;

/// <summary>The 101 territories of the programme: every département, overseas too.</summary>
internal static class Country
{
    public static IReadOnlyList<Territory> Territories { get; } =
    [
        .. Enumerable.Range(1, 95).Where(number => number != 20).Select(number => number.ToString("00", CultureInfo.InvariantCulture))
            .Concat(["2A", "2B", "971", "972", "973", "974", "976"])
            .Select(Territory.Parse),
    ];

    /// <summary>Some of them, from all over the country.</summary>
    public static IReadOnlyList<Territory> Some(int count) => [.. Enumerable.Range(0, count).Select(index => Territories[((index + 1) * Territories.Count / count) - 1])];
}
