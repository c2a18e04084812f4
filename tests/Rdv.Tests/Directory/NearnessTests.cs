using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Directory;

public sealed class NearnessTests
{
    private static readonly StructureId Structure = new("s");

    // Vaulx-en-Velin (69256) and Villeurbanne (69266) are of one métropole; Villefranche-sur-Saône (69264) and Arnas (69013) of another group.
    private static readonly Place Vaulx = At("vaulx", "69120", "69256", 45.7786, 4.9186);
    private static readonly Place Villeurbanne = At("villeurbanne", "69100", "69266", 45.7719, 4.8902);
    private static readonly Place Lyon3 = At("lyon-3", "69003", "69383", 45.7595, 4.8490);
    private static readonly Place Lyon8 = At("lyon-8", "69008", "69123", 45.7250, 4.8700);
    private static readonly Place Villefranche = At("villefranche", "69400", "69264", 45.9890, 4.7190);

    [Fact]
    public void A_place_of_the_own_commune_comes_first_and_then_the_distance_counts() =>
        Order("69256", Villefranche, Lyon8, Lyon3, Villeurbanne, Vaulx).ShouldBe(["vaulx", "villeurbanne", "lyon-3", "lyon-8", "villefranche"]);

    [Fact]
    public void The_own_arrondissement_comes_before_the_rest_of_the_city()
    {
        Order("69383", Lyon8, Villeurbanne, Lyon3).ShouldBe(["lyon-3", "villeurbanne", "lyon-8"]);
        Order("69388", Lyon3, Villeurbanne, Lyon8)[0].ShouldBe("lyon-8");
    }

    [Fact]
    public void A_commune_without_a_place_is_where_its_group_is()
    {
        // Bron (69029) is of the métropole too; Limas (69115) shares a postcode with Villefranche.
        Order("69029", Villefranche, Vaulx, Villeurbanne)[^1].ShouldBe("villefranche");
        Order("69115", Vaulx, Villeurbanne, Villefranche)[0].ShouldBe("villefranche");
    }

    [Fact]
    public void A_place_without_coordinates_is_where_its_commune_is() =>
        Order("69256", Villefranche, Villeurbanne, Without("perdu", "69100", "69266"), Vaulx).ShouldBe(["vaulx", "perdu", "villeurbanne", "villefranche"]);

    [Fact]
    public void Without_any_coordinates_kinship_counts() =>
        Order("69256", Without("a-villefranche", "69400", "69264"), Without("b-lyon", "69003", "69383"), Without("c-vaulx", "69120", "69256"))
            .ShouldBe(["c-vaulx", "b-lyon", "a-villefranche"]);

    [Fact]
    public void One_wrong_coordinate_does_not_move_a_commune() =>
        Order(
            "69256", Vaulx, At("vaulx-2", "69120", "69256", 45.7790, 4.9190), At("vaulx-wrong", "69120", "69256", 45.9890, 4.7190), Villefranche, Villeurbanne)
            .ShouldBe(["vaulx-2", "vaulx", "vaulx-wrong", "villeurbanne", "villefranche"]);

    [Theory]
    [InlineData(null)]
    [InlineData("99999")]
    public void Without_a_commune_names_count(string? insee) =>
        Order(insee, Villeurbanne, Vaulx, Lyon3).ShouldBe(["lyon-3", "vaulx", "villeurbanne"]);

    [Fact]
    public void A_commune_of_elsewhere_and_an_unknown_place_are_no_trouble()
    {
        Order("97411", Villeurbanne, Vaulx).ShouldBe(["vaulx", "villeurbanne"]);
        Nearness.From("69256", Directory(Vaulx)).RankOf(new PlaceId("ailleurs")).ShouldBe(int.MaxValue);
    }

    private static string[] Order(string? insee, params Place[] places)
    {
        var nearness = Nearness.From(insee, Directory(places));
        places.Select(place => nearness.RankOf(place.Id)).Order().ShouldBe(Enumerable.Range(0, places.Length));
        return places.OrderBy(place => nearness.RankOf(place.Id)).Select(place => place.Id.Value).ToArray();
    }

    private static TerritoryDirectory Directory(params Place[] places) => new(Territory.Parse("69"), [], places, []);

    private static Place At(string id, string postcode, string insee, double latitude, double longitude) =>
        Without(id, postcode, insee) with { Latitude = latitude, Longitude = longitude };

    private static Place Without(string id, string postcode, string insee) =>
        new(new PlaceId(id), Structure, id, null, postcode, "Commune", insee);
}
