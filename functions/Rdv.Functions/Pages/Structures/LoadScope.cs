using Microsoft.AspNetCore.Http;
using Rdv.Functions.Staff;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Functions.Pages.Structures;

/// <summary>Whose load a page is about, for who asks.</summary>
/// <param name="Query">What names it in an address, when the reader has several; begins with <c>&amp;</c>.</param>
internal abstract record LoadScope(string Query)
{
    /// <summary>The same as the whole query of an address.</summary>
    public string Asked => Query.Length > 0 ? "?" + Query[1..] : "";

    public sealed record OfStructure(Territory Territory, StructureId Id, string Query) : LoadScope(Query);

    public sealed record OfTerritory(Territory Territory, string Query) : LoadScope(Query);

    public sealed record OfCountry() : LoadScope("");

    /// <summary>One's own structure or département; an administrator names it.</summary>
    /// <returns>Null for who has none.</returns>
    public static LoadScope? Of(HttpRequest request, StaffMember member) => member switch
    {
        StaffMember.Structure own => new OfStructure(own.Territory, own.Id, ""),
        StaffMember.Steering own => Named(request) is { } asked && asked != own.Territory ? null : new OfTerritory(own.Territory, ""),
        StaffMember.Admin => Named(request) is not { } territory ? new OfCountry()
            : Pages.Query.Text(request, "structure") is { } id && DirectoryIds.IsValid(id) ? new OfStructure(territory, new StructureId(id), $"&departement={territory}&structure={id}")
            : new OfTerritory(territory, $"&departement={territory}"),
        _ => null,
    };

    private static Territory? Named(HttpRequest request) => Territory.TryParse(Pages.Query.Text(request, "departement"), out var territory) ? territory : null;
}
