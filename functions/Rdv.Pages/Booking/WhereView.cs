using Rdv.Directory;

namespace Rdv.Pages.Booking;

/// <summary>The question "where".</summary>
/// <param name="Query">What was typed.</param>
/// <param name="Matches">The communes to choose from; empty at first, and when none was found.</param>
public sealed record WhereView(string? Query, IReadOnlyList<CommuneChoice> Matches, Shared.FormErrors Errors)
{
    public const string Field = "q";

    public static WhereView Empty { get; } = new(null, [], Shared.FormErrors.None);

    public static WhereView NotFound(string? query) => new(query, [], Shared.FormErrors.Of(
        Field,
        string.IsNullOrWhiteSpace(query)
            ? "Indiquez votre commune ou votre code postal."
            : "Nous ne connaissons pas cette commune. Vérifiez son nom, ou essayez le code postal."));

    public static WhereView Choose(string query, IReadOnlyList<Commune> communes) => new(
        query, [.. communes.Select(commune => new CommuneChoice(commune.Name, commune.Postcode, "/sujet?commune=" + commune.Insee))], Shared.FormErrors.None);
}

public sealed record CommuneChoice(string Name, string Postcode, string Address);
