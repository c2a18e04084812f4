using Rdv.Directory;
using Rdv.Territories;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Territories;

public sealed class NeighboursTests
{
    private static readonly IReadOnlyList<Territory> All =
    [
        .. Enumerable.Range(1, 988)
            .Select(number => number.ToString("00", System.Globalization.CultureInfo.InvariantCulture))
            .Concat(["2A", "2B"])
            .Where(code => Territory.TryParse(code, out _))
            .Select(Territory.Parse),
    ];

    [Fact]
    public void Each_border_has_two_sides()
    {
        foreach (var territory in All)
        {
            var neighbours = Neighbours.Of(territory);
            neighbours.ShouldNotContain(territory);
            neighbours.Distinct().Count().ShouldBe(neighbours.Count);
            foreach (var neighbour in neighbours)
            {
                Neighbours.Of(neighbour).ShouldContain(territory, $"{territory} {neighbour}");
            }
        }
    }

    [Fact]
    public void Ninety_six_departements_share_240_borders_and_no_island_shares_one_with_the_mainland()
    {
        All.Count(territory => Neighbours.Of(territory).Count > 0).ShouldBe(96);
        All.Sum(territory => Neighbours.Of(territory).Count).ShouldBe(2 * 240);
        Neighbours.Of(Territory.Parse("2A")).ShouldBe([Territory.Parse("2B")]);
        Neighbours.Of(Territory.Parse("69")).Select(territory => territory.Code).ShouldBe(["01", "38", "42", "71"]);
        All.Where(territory => territory.Code.Length == 3).ShouldAllBe(territory => Neighbours.Of(territory).Count == 0);
    }

    /// <summary>A second source: a postcode that serves communes of two départements serves both sides of a border.</summary>
    [Fact]
    public void A_postcode_that_crosses_a_border_crosses_one_of_the_table()
    {
        var crossings = 0;
        for (var number = 1000; number < 96_000; number++)
        {
            var territories = Communes.WithPostcode(number.ToString("00000", System.Globalization.CultureInfo.InvariantCulture))
                .Select(commune => commune.Territory).Distinct().ToList();
            foreach (var (one, other) in territories.SelectMany(one => territories.Where(other => other != one).Select(other => (one, other))))
            {
                Neighbours.Of(one).ShouldContain(other, $"postcode {number:00000}: {one} {other}");
                crossings++;
            }
        }

        crossings.ShouldBeGreaterThan(10);
    }
}
