namespace Rdv.Directory;

public sealed class Nearness { private readonly int none; public Nearness(int none = 0) => this.none = none; public static Nearness From(string? insee, TerritoryDirectory directory) => new(); public int RankOf(PlaceId place) => none; }
