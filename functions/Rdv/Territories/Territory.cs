using System.Text.RegularExpressions;
using NodaTime;

namespace Rdv.Territories;

/// <summary>
/// A territory: the département code (<c>69</c>, <c>2A</c>, <c>974</c>), which is the partition of everything that must change together.
/// </summary>
public readonly partial record struct Territory
{
    private Territory(string code) => Code = code;

    /// <summary>Of rows that are of no territory.</summary>
    public static Territory None => default;

    public string Code { get; }

    /// <summary>The zone in which opening hours and slots of the territory are wall time.</summary>
    public DateTimeZone Zone => TerritoryZones.Of(Code);

    /// <summary>Accepts a code of mainland France, Corsica or overseas, in either case.</summary>
    public static bool TryParse(string? text, out Territory territory)
    {
        var code = text?.Trim().ToUpperInvariant() ?? "";
        territory = Shape().IsMatch(code) ? new Territory(code) : default;
        return territory.Code is not null;
    }

    public static Territory Parse(string text) =>
        TryParse(text, out var territory) ? territory : throw new FormatException("Not a territory code.");

    /// <summary>
    /// The territory of a commune, from its INSEE code: three digits overseas (97x, 98x), <c>2A</c> and <c>2B</c> in Corsica,
    /// the first two characters elsewhere.
    /// </summary>
    public static bool TryFromInsee(string? insee, out Territory territory)
    {
        territory = default;
        return insee is { Length: 5 } && TryParse(insee.StartsWith("97", StringComparison.Ordinal) || insee.StartsWith("98", StringComparison.Ordinal)
            ? insee[..3]
            : insee[..2], out territory);
    }

    public override string ToString() => Code;

    [GeneratedRegex("^(0[1-9]|1[0-9]|2[1-9AB]|[3-8][0-9]|9[0-5]|97[1-8]|98[678])$", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
