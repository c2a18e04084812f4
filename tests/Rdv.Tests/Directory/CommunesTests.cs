using Rdv.Directory;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Directory;

public sealed class CommunesTests
{
    [Theory]
    [InlineData("vaulx-en-velin", "Vaulx-en-Velin")]
    [InlineData("VAULX EN", "Vaulx-en-Velin")]
    [InlineData("st étienne", "Saint-Étienne")]
    [InlineData("Saint etienne", "Saint-Étienne")]
    [InlineData("ste foy les lyon", "Sainte-Foy-lès-Lyon")]
    [InlineData("l'isle-adam", "L'Isle-Adam")]
    [InlineData("l’isle adam", "L'Isle-Adam")]
    [InlineData("lisle adam", "L'Isle-Adam")]
    [InlineData("havre", "Le Havre")]
    [InlineData("schoelcher", "Schœlcher")]
    [InlineData("Schœlcher", "Schœlcher")]
    [InlineData("Villeurbanne 69100", "Villeurbanne")]
    [InlineData("strasb", "Strasbourg")]
    [InlineData("st", "Strasbourg")]
    [InlineData("Lyon", "Lyon")]
    [InlineData("Lyon 3e", "Lyon 3e arrondissement")]
    [InlineData("lyon 3", "Lyon 3e arrondissement")]
    [InlineData("Lyon 3ème arrondissement", "Lyon 3e arrondissement")]
    [InlineData("69003", "Lyon 3e arrondissement")]
    [InlineData("Paris 1", "Paris 1er arrondissement")]
    [InlineData("Paris 11", "Paris 11e arrondissement")]
    [InlineData("paris 75011", "Paris 11e arrondissement")]
    [InlineData("Marseille 13", "Marseille 13e arrondissement")]
    public void What_people_type_finds_the_commune_first(string query, string name) =>
        Communes.Search(query)[0].Name.ShouldBe(name);

    [Theory]
    [InlineData("Papeete", "98735", "987")]
    [InlineData("Ajaccio", "2A004", "2A")]
    [InlineData("Mamoudzou", "97611", "976")]
    [InlineData("97133", "97701", "977")]
    [InlineData("Saint-Denis 974", "97411", "974")]
    [InlineData("Bastia", "2B033", "2B")]
    public void The_territory_is_that_of_the_commune(string query, string insee, string territory)
    {
        var commune = Communes.Search(query)[0];
        commune.Insee.ShouldBe(insee);
        commune.Territory.Code.ShouldBe(territory);
    }

    [Theory]
    [InlineData("12 rue du Canal, 69100 Villeurbanne", "69266")]
    [InlineData("3 bis avenue de la République 69120 VAULX EN VELIN", "69256")]
    [InlineData("BOURG-EN-BRESSE CEDEX", "01053")]
    [InlineData("GRENOBLE CEDEX 9", "38185")]
    [InlineData("49243", "49023")]
    [InlineData("69 120", "69256")]
    [InlineData("Vaulx en Velin, Rhône", "69256")]
    [InlineData("Saint-Denis (La Réunion)", "97411")]
    [InlineData("Saint-Denis, Seine-Saint-Denis", "93066")]
    [InlineData("Paris XVI", "75116")]
    [InlineData("Lyon troisième", "69383")]
    [InlineData("Marseille 03", "13203")]
    [InlineData("Paris seizième arrondissement", "75116")]
    [InlineData("Sainte-Clotilde", "97411")]
    [InlineData("STE CLOTILDE", "97411")]
    [InlineData("st gilles les bains", "97415")]
    [InlineData("Croix-Rousse", "69384")]
    [InlineData("juan les pins", "06004")]
    public void What_is_no_name_is_read_as_what_people_write(string query, string insee) => Communes.Search(query)[0].Insee.ShouldBe(insee);

    [Theory]
    [InlineData("vileurbanne", "Villeurbanne")]
    [InlineData("Vilurbane", "Villeurbanne")]
    [InlineData("venisieux", "Vénissieux")]
    [InlineData("Vaux en velin", "Vaulx-en-Velin")]
    [InlineData("marseile", "Marseille")]
    [InlineData("Touluose", "Toulouse")]
    [InlineData("Saint Etiene", "Saint-Étienne")]
    [InlineData("Montpelier", "Montpellier")]
    [InlineData("Perpinian", "Perpignan")]
    [InlineData("Vaux en velin, Rhône", "Vaulx-en-Velin")]
    public void A_spelling_mistake_does_not_end_the_journey(string query, string name)
    {
        Communes.Search(query).ShouldNotContain(commune => commune.Name == name);
        Communes.Suggest(query).Select(commune => commune.Name).ShouldContain(name);
    }

    [Theory]
    [InlineData("xyzzyxyzzy")]
    [InlineData("*")]
    [InlineData("..%2F..")]
    [InlineData("[]")]
    [InlineData("'; DROP TABLE")]
    [InlineData("999999999")]
    [InlineData("a")]
    public void What_is_like_nothing_suggests_nothing(string query) => Communes.Suggest(query).ShouldBeEmpty();

    [Fact]
    public void Of_several_postcodes_the_typed_one_is_shown_and_otherwise_the_first()
    {
        Communes.Search("67200").ShouldContain(commune => commune.Insee == "67482" && commune.Postcode == "67200");
        Communes.Search("strasbourg")[0].Postcode.ShouldBe("67000");
        Communes.Search("672 strasbourg")[0].Postcode.ShouldBe("67200");
    }

    [Fact]
    public void A_city_and_its_arrondissement_are_both_found_by_postcode() =>
        Communes.Search("69003").Select(commune => commune.Insee).ShouldBe(["69383", "69123"]);

    [Fact]
    public void The_larger_of_two_homonyms_comes_first()
    {
        var homonyms = Communes.Search("saint-denis").TakeWhile(commune => commune.Name == "Saint-Denis").Select(commune => commune.Insee);
        homonyms.Take(2).ShouldBe(["97411", "93066"]);
    }

    [Fact]
    public void A_former_commune_leads_to_the_one_of_today()
    {
        var commune = Communes.Search("champtoceaux")[0];
        commune.Insee.ShouldBe("49126");
        Communes.Find("49069")!.Insee.ShouldBe("49126");
        commune.Name.ShouldBe("Champtoceaux (Orée d'Anjou)");
        Communes.Find("69152")!.Name.ShouldBe("Oullins-Pierre-Bénite");
        Communes.Find("01015")!.Name.ShouldBe("Arboys en Bugey");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" - ' ")]
    [InlineData("xyzzy")]
    [InlineData("a b c d e f g h i j k")]
    [InlineData("\ud800")]
    public void Nothing_is_found_where_nothing_is(string? query) => Communes.Search(query).ShouldBeEmpty();

    [Fact]
    public void No_more_than_the_limit_and_each_row_once()
    {
        Communes.Search("s").Count.ShouldBe(10);
        var all = Communes.Search("saint", 50_000);
        all.Count.ShouldBeGreaterThan(3_000);
        all.Distinct().Count().ShouldBe(all.Count);
    }

    [Fact]
    public void Every_commune_has_a_territory_and_a_postcode()
    {
        foreach (var commune in Enumerable.Range(1, 95).Select(i => $"{i:00}").Concat(["971", "972", "973", "974", "975", "976", "977", "978", "986", "987", "988"])
            .SelectMany(prefix => Communes.Search(prefix, 5_000)))
        {
            commune.Territory.Code.ShouldNotBeNull(commune.Insee);
            commune.Postcode.Length.ShouldBe(5);
        }
    }
}
