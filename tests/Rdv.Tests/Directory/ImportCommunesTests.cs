using Rdv.Directory.Import;
using Rdv.Ids;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Directory;

/// <summary>In which commune a line puts its place, when what it says of it does not agree. Nothing is replaced in silence.</summary>
public sealed class ImportCommunesTests
{
    private const string Header = "id,pivot,nom,commune,code_postal,code_insee,adresse,latitude,longitude\n";

    private readonly InMemoryDirectoryStore _store = new();

    [Theory]
    // 92 places of New Caledonia are published with the postcode of the capital.
    [InlineData("Lifou", "98800", "", "-20.89", "167.25", "988", "Lifou", "98820")]
    [InlineData("Mont-Dore", "98800", "", "", "", "988", "Le Mont-Dore", "98809")]
    [InlineData("Hiva-Oa", "98713", "", "", "", "987", "Hiva-Oa", "98741")]
    [InlineData("Bron", "69100", "", "", "", "69", "Bron", "69500")]
    // Another territory: the coordinates tell.
    [InlineData("Grenoble", "69100", "", "45.18", "5.72", "38", "Grenoble", "38000")]
    [InlineData("Villeurbanne", "38000", "", "45.77", "4.88", "69", "Villeurbanne", "69100")]
    public async Task A_name_with_the_postcode_of_another_commune_keeps_the_name(
        string commune, string postcode, string insee, string latitude, string longitude, string territory, string shown, string shownPostcode)
    {
        var report = await ImportAsync(commune, postcode, insee, latitude, longitude);
        ShouldBeAt(territory, shown, shownPostcode);
        report.Problems.ShouldContain(problem => problem.Column == "code_postal" && problem.Message.Contains($"« {postcode} »") && problem.Message.Contains(shown));
    }

    [Theory]
    [InlineData("SAINT-ETIENNE", "42000", "42118", "45.4729", "4.3943", "42", "Saint-Étienne")]
    [InlineData("TRÉVIÈRES", "14710", "14452", "49.3078", "-0.9029", "14", "Trévières")]
    [InlineData("MOLSHEIM", "67120", "67110", "", "", "67", "Molsheim")]
    [InlineData("Dachstein", "67120", "67300", "", "", "67", "Dachstein")]
    [InlineData("Fort-de-France", "97200", "97105", "", "", "972", "Fort-de-France")]
    [InlineData("Lyon 3e Arrondissement", "69003", "75103", "", "", "69", "Lyon")]
    public async Task An_INSEE_code_against_a_name_and_a_postcode_that_agree_is_not_taken(
        string commune, string postcode, string insee, string latitude, string longitude, string territory, string shown)
    {
        var report = await ImportAsync(commune, postcode, insee, latitude, longitude);
        ShouldBeAt(territory, shown, postcode);
        report.Problems.ShouldContain(problem => problem.Column == "code_insee" && problem.Message.Contains($"« {insee} »"));
    }

    [Theory]
    [InlineData("Bron", "69100", "69029", "69", "Bron", "69500", "code_postal", "« 69100 »")]
    [InlineData("Saint-Denis", "93200", "97411", "974", "Saint-Denis", "97400", "code_postal", "« 93200 »")]
    [InlineData("Bourgoin", "01000", "01053", "01", "Bourg-en-Bresse", "01000", "commune", "« Bourgoin »")]
    public async Task Of_three_facts_the_one_that_stands_alone_is_quoted(
        string commune, string postcode, string insee, string territory, string shown, string shownPostcode, string column, string quoted)
    {
        var position = territory == "974" ? ("-20.88", "55.45") : ("", "");
        var report = await ImportAsync(commune, postcode, insee, position.Item1, position.Item2);
        ShouldBeAt(territory, shown, shownPostcode);
        report.Problems.ShouldContain(problem => problem.Column == column && problem.Message.Contains(quoted));
    }

    [Theory]
    [InlineData("Grenoble", "69100", "", "« Grenoble »")]
    [InlineData("Lyon", "", "38185", "« 38185 »")]
    [InlineData("Saint-Denis", "93200", "97411", "« 93200 »")]
    [InlineData("Grenoble", "69100", "13055", "« 13055 »")]
    [InlineData("Saint-Martin", "00100", "", "« 00100 »")]
    public async Task Where_nothing_tells_which_territory_the_line_is_refused_and_quoted(string commune, string postcode, string insee, string quoted)
    {
        var report = await ImportAsync(commune, postcode, insee);
        report.Refused.ShouldBe(1);
        report.Problems.ShouldContain(problem => problem.Severity == ImportSeverity.Error && problem.Message.Contains(quoted));
    }

    [Theory]
    [InlineData("Avrillé", "49243", "49", "Avrillé", "49240")]
    [InlineData("CHOLET CEDEX", "49307", "49", "Cholet", "49300")]
    [InlineData("LYON CEDEX 03", "69409", "69", "Lyon", "69003")]
    [InlineData("BOURGES", "18020", "18", "Bourges", "18000")]
    [InlineData("PARIS CEDEX 15", "75732", "75", "Paris", "75015")]
    [InlineData("Bastia Cedex 9", "20297", "2B", "Bastia", "20200")]
    [InlineData("CAYENNE CEDEX", "97306", "973", "Cayenne", "97300")]
    public async Task The_post_office_of_a_CEDEX_is_no_commune(string commune, string postcode, string territory, string shown, string shownPostcode)
    {
        var report = await ImportAsync(commune, postcode, "");
        ShouldBeAt(territory, shown, shownPostcode);
        report.Problems.ShouldContain(problem => problem.Column == "code_postal" && problem.Message.Contains($"« {postcode} »"));
    }

    [Theory]
    [InlineData("ST JEAN DE LUZ", "64500", "", "Saint-Jean-de-Luz")]
    [InlineData("St Jean Pied de Port", "64220", "", "Saint-Jean-Pied-de-Port")]
    [InlineData("Ste Foy la Grande", "33220", "33402", "Sainte-Foy-la-Grande")]
    [InlineData("CHALON S/ SAONE", "71100", "", "Chalon-sur-Saône")]
    [InlineData("Havre (Le)", "76600", "", "Le Havre")]
    [InlineData("Bourg-St-Maurice", "73700", "73054", "Bourg-Saint-Maurice")]
    [InlineData("Lyon 03", "69003", "69383", "Lyon")]
    public async Task An_abbreviated_name_is_the_commune_and_nothing_to_say(string commune, string postcode, string insee, string shown)
    {
        var report = await ImportAsync(commune, postcode, insee);
        (await OnlyPlaceAsync()).Commune.ShouldBe(shown);
        report.Problems.ShouldNotContain(problem => problem.Column == "commune" || problem.Column == "code_postal");
    }

    [Theory]
    [InlineData("Bron", "69500", "69029", "48.86", "2.35")]
    [InlineData("Lifou", "98820", "98814", "20.89", "167.25")]
    [InlineData("Saint-Denis", "97400", "97411", "48.93", "2.35")]
    public async Task Coordinates_far_from_the_commune_are_said_and_not_taken(string commune, string postcode, string insee, string latitude, string longitude)
    {
        var report = await ImportAsync(commune, postcode, insee, latitude, longitude);
        report.ShouldWarn(2, "latitude").Message.ShouldContain($"« {latitude} ; {longitude} »");
        var place = await OnlyPlaceAsync();
        (place.Latitude, place.Longitude).ShouldBe((null, null));
    }

    [Theory]
    [InlineData("L&#039;Atelier d&eacute;t&eacute;", "L'Atelier dété")]
    [InlineData("Arts &amp;amp; Métiers", "Arts & Métiers")]
    [InlineData("Centre &quot;Les Essais&quot;", "Centre \"Les Essais\"")]
    public async Task Entities_are_decoded(string name, string shown)
    {
        await _store.StructuresAsync(Header + $"x,35600000000048,{name},Bron,69500,69029,1 rue de l&#39;Essai,45.73,4.91\n");
        var place = await OnlyPlaceAsync();
        (place.Name, place.Address).ShouldBe((shown, "1 rue de l'Essai"));
    }

    private Task<ImportReport> ImportAsync(string commune, string postcode, string insee, string latitude = "", string longitude = "") =>
        _store.StructuresAsync(Header + $"x,35600000000048,Médiathèque,{commune},{postcode},{insee},1 rue des Essais,{latitude},{longitude}\n");

    private void ShouldBeAt(string territory, string commune, string postcode)
    {
        var place = _store[territory].Places[new PlaceId("x")];
        (place.Commune, place.Postcode).ShouldBe((commune, postcode));
    }

    private async Task<Rdv.Directory.Place> OnlyPlaceAsync()
    {
        var places = new List<Rdv.Directory.Place>();
        foreach (var territory in await _store.ListTerritoriesAsync(CancellationToken.None))
        {
            places.AddRange(_store[territory.Code].Places.Values);
        }

        return places.ShouldHaveSingleItem();
    }
}
