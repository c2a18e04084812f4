using Rdv.Directory;
using Rdv.Territories;

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

    /// <summary>Nothing is called so; these are called nearly so.</summary>
    public bool IsGuess { get; private init; }

    public static WhereView Choose(string query, IReadOnlyList<Commune> communes) => new(
        query, [.. communes.Select(CommuneChoice.Of)], Shared.FormErrors.None);

    public static WhereView Guess(string query, IReadOnlyList<Commune> communes) => Choose(query, communes) with { IsGuess = true };
}

/// <param name="Departement">Its name: there are forty Saint-Martin.</param>
public sealed record CommuneChoice(string Name, string Postcode, string Departement, string Address)
{
    public static CommuneChoice Of(Commune commune) =>
        new(commune.Name, commune.Postcode, TerritoryNames.NameOf(commune.Territory), "/sujet?commune=" + commune.Insee);
}
