using System.Text.RegularExpressions;

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
    public override string ToString() => Value;
}

/// <summary>What an identifier of the directory may be: it becomes part of row keys and of addresses.</summary>
public static partial class DirectoryIds
{
    /// <summary>1 to 64 letters without accents, digits, points, underscores and hyphens.</summary>
    public static bool IsValid(string? id) => id is not null && Shape().IsMatch(id);

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
