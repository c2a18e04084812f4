using System.Net;
using Rdv.Ids;

namespace Rdv.Directory.Import;

/// <summary>When a structure opens, as its column <c>horaires</c> says: so do its advisors, until they have hours of their own.</summary>
/// <param name="Hours">Null when what is written is not understood.</param>
/// <param name="Left">What is known and not kept, as it was written.</param>
internal sealed record HostHours(IReadOnlyList<OpeningHours>? Hours, IReadOnlyList<string> Left, string Problem)
{
    public const string Column = "horaires";

    /// <summary>The hours of an advisor who is created from a number, where the structure says none.</summary>
    public const string Default = "lun-ven 09:00-12:00 14:00-17:00";

    public static string? TextOf(Structure structure) => structure.Extra?.GetValueOrDefault(Column) is { } text ? WebUtility.HtmlDecode(text) : null;

    public static HostHours Of(Structure structure, PlaceId place) =>
        OpeningHoursText.TryParse(TextOf(structure) ?? Default, place, out var hours, out var left, out var problem)
            ? new HostHours(hours, left, "")
            : new HostHours(null, left, problem);
}
