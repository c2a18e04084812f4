using System.Globalization;

namespace Rdv.Directory;

/// <summary>About where each commune is: a circle that holds the towns of its arrondissement (<c>build-communes.mjs</c>).</summary>
internal static class Arrondissements
{
    /// <summary>Villages lie outside of their towns, and a place may lie at the border.</summary>
    private const double MarginKilometres = 50;

    private static readonly Lazy<Dictionary<string, Circle>> Circles = new(Load);

    /// <summary>How far from the commune's arrondissement a position lies for sure.</summary>
    /// <returns>Kilometres from its middle; null when the position may be right, or when nothing is known.</returns>
    public static double? KilometresOutside(CommuneRow commune, (double Latitude, double Longitude) position) =>
        Of(commune) is { } circle && Nearness.Kilometres(circle.Middle, position) is var distance && distance > circle.Kilometres + MarginKilometres
            ? distance
            : null;

    /// <summary>Whether a position lies among the towns of the commune's arrondissement.</summary>
    public static bool Holds(CommuneRow commune, (double Latitude, double Longitude) position) =>
        Of(commune) is { } circle && Nearness.Kilometres(circle.Middle, position) <= circle.Kilometres;

    private static Circle? Of(CommuneRow commune) =>
        Circles.Value.GetValueOrDefault(commune.Arrondissement.Length > 0 ? commune.Arrondissement : CommuneIndex.ToCommune(commune).Territory.Code);

    private static Dictionary<string, Circle> Load()
    {
        using var stream = typeof(Arrondissements).Assembly.GetManifestResourceStream("arrondissements.csv")!;
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        var circles = new Dictionary<string, Circle>();
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(';');
            circles.Add(cells[0], new Circle((Number(cells[1]), Number(cells[2])), Number(cells[3])));
        }

        return circles;

        static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
    }

    private sealed record Circle((double Latitude, double Longitude) Middle, double Kilometres);
}
