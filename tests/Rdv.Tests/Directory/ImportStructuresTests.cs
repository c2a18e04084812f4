using Rdv.Directory;
using Rdv.Directory.Import;
using Rdv.Ids;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Directory;

public sealed class ImportStructuresTests
{
    private const string Header = "id,pivot,nom,commune,code_postal,code_insee,adresse,latitude,longitude,complement_adresse,accessibilite,telephone,horaires,nb_conseillers\n";
    private const string Bourg = "bourg,21010053300012,Mairie,Bourg-en-Bresse,01000,01053,Place de la Mairie,46.205,5.2255,,,,,\n";

    private readonly InMemoryDirectoryStore _store = new();

    [Fact]
    public async Task A_line_is_a_structure_and_its_place()
    {
        var report = await _store.StructuresAsync(
            Header + "mairie-1,21010053300012,Mairie,Bourg-en-Bresse,01000,01053,Place de la Mairie,46.205,5.2255,Bâtiment B,De plain-pied,04 74 45 71 00,Mo-Fr 09:00-17:00,2\n");

        report.Counts().ShouldBe((1, 1, 0, 0, 0));
        report.Problems.ShouldBeEmpty();
        var structure = _store["01"].Structures[new StructureId("mairie-1")];
        (structure.Name, structure.Siret).ShouldBe(("Mairie", "21010053300012"));
        structure.Extra.ShouldBe(new Dictionary<string, string> { ["horaires"] = "Mo-Fr 09:00-17:00" });
        _store["01"].Places[new PlaceId("mairie-1")].ShouldBe(new Place(
            new PlaceId("mairie-1"), structure.Id, "Mairie", "Place de la Mairie", "01000", "Bourg-en-Bresse", "01053",
            46.205, 5.2255, "Bâtiment B. De plain-pied", "04 74 45 71 00"));
        var advisor = _store["01"].AdvisorsOf(structure.Id).Select(item => (item.Id.Value, item.DisplayName, item.Email, OpeningHoursText.Print(item.Hours)));
        advisor.ShouldBe(
        [
            ("mairie-1-1", "Conseiller 1", null, "lun-ven 09:00-12:00 14:00-17:00@mairie-1"),
            ("mairie-1-2", "Conseiller 2", null, "lun-ven 09:00-12:00 14:00-17:00@mairie-1"),
        ]);
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing_and_writes_nothing()
    {
        const string File = Header + "a,21010053300012,Mairie,Bourg-en-Bresse,01000,01053,Place,46.2,5.2,,,,Mo-Fr 09:00-17:00,3\n" + Bourg;
        await _store.StructuresAsync(File);
        var writes = _store.Writes;

        (await _store.StructuresAsync(File)).Counts().ShouldBe((2, 0, 0, 2, 0));
        _store.Writes.ShouldBe(writes);
    }

    [Fact]
    public async Task A_changed_line_updates_and_keeps_what_the_file_does_not_say()
    {
        await _store.StructuresAsync(Header + Bourg);
        var before = _store["01"].Structures[new StructureId("bourg")];
        await _store.PutAsync(_store["01"].Territory, before with { SlotStepMinutes = 15 });

        (await _store.StructuresAsync(Header + Bourg.Replace("Mairie,", "Hôtel de ville,"))).Counts().ShouldBe((1, 0, 1, 0, 0));

        var after = _store["01"].Structures[new StructureId("bourg")];
        (after.Name, after.SlotStepMinutes).ShouldBe(("Hôtel de ville", 15));
    }

    [Fact]
    public async Task An_advisor_who_was_named_stays_as_they_are_and_only_the_missing_are_created()
    {
        await _store.StructuresAsync(Header + Bourg.Replace(",,,,\n", ",,,,1\n"));
        var named = _store["01"].Advisors[new AdvisorId("bourg-1")] with { DisplayName = "Odette Fictive", Hours = [], HoursVersion = 4 };
        await _store.PutAsync(_store["01"].Territory, named);

        (await _store.StructuresAsync(Header + Bourg.Replace(",,,,\n", ",,,,2\n"))).Counts().ShouldBe((1, 0, 1, 0, 0));

        _store["01"].Advisors[named.Id].ShouldBe(named);
        _store["01"].Advisors.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_lower_number_of_advisors_deletes_nobody_and_is_said()
    {
        await _store.StructuresAsync(Header + Bourg.Replace(",,,,\n", ",,,,3\n"));

        var report = await _store.StructuresAsync(Header + Bourg.Replace(",,,,\n", ",,,,1\n"));

        report.ShouldWarn(2, "nb_conseillers").Message.ShouldContain("personne n'est supprimé");
        report.Counts().ShouldBe((1, 0, 0, 1, 0));
        _store["01"].Advisors.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_created_advisor_gets_the_mailbox_that_the_host_gives()
    {
        var import = _store.ImportStructures((advisor, territory) => $"{advisor}.{territory}@rdv.example");
        await import.ExecuteAsync(Importing.Utf8(Header + Bourg.Replace(",,,,\n", ",,,,1\n")), dryRun: false, CancellationToken.None);
        _store["01"].Advisors[new AdvisorId("bourg-1")].Email.ShouldBe("bourg-1.01@rdv.example");
    }

    [Fact]
    public async Task A_dry_run_says_the_same_and_writes_nothing()
    {
        var dry = await _store.StructuresAsync(Header + Bourg, dryRun: true);
        _store.Writes.ShouldBe(0);
        dry.Counts().ShouldBe((await _store.StructuresAsync(Header + Bourg)).Counts());
    }

    [Theory]
    [InlineData(",21010053300012,Mairie,Bourg-en-Bresse,01000,01053,Place,46.2,5.2,,,,,", "id")]
    [InlineData("é l,21010053300012,Mairie,Bourg-en-Bresse,01000,01053,Place,46.2,5.2,,,,,", "id")]
    [InlineData("x,21010053300012,,Bourg-en-Bresse,01000,01053,Place,46.2,5.2,,,,,", "nom")]
    [InlineData("x,21010053300012,0,Bourg-en-Bresse,01000,01053,Place,46.2,5.2,,,,,", "nom")]
    [InlineData("x,21010053300012,Mairie,Bourg-en-Bresse,01000,01053,Place,46.2,5.2,,,,,,,surplus", null)]
    [InlineData("x,21010053300012,\"Mairie\"x,Bourg-en-Bresse,01000,01053,Place,46.2,5.2,,,,,", null)]
    public async Task A_line_with_an_error_is_refused_and_the_others_are_taken(string line, string? column)
    {
        var report = await _store.StructuresAsync(Header + line + "\n" + Bourg);
        report.ShouldRefuse(2, column);
        report.Counts().ShouldBe((2, 1, 0, 0, 1));
    }

    [Theory]
    [InlineData("x,21010053300012,Mairie,,,,Place,46.2,5.2,,,,,", "commune")]
    [InlineData("x,21010053300012,Mairie,Ici,,,Place,46.2,5.2,,,,,", "code_postal")]
    [InlineData("x,21010053300012,Mairie,Ici,00999,,Place,46.2,5.2,,,,,", "code_postal")]
    public async Task A_commune_that_cannot_be_situated_is_refused(string line, string column) =>
        (await _store.StructuresAsync(Header + line)).ShouldRefuse(2, column);

    [Theory]
    [InlineData("x,null,Mairie,Bourg-en-Bresse,01000,01053,Place,46.2,5.2,,,,,", "pivot")]
    [InlineData("x,2.10E+13,Mairie,Bourg-en-Bresse,01000,01053,Place,46.2,5.2,,,,,", "pivot")]
    [InlineData("x,21010053300012,Mairie,Bourg-en-Bresse,01000,01053,,46.2,5.2,,,,,", "adresse")]
    [InlineData("x,21010053300012,Mairie,Bourg-en-Bresse,01000,01053,Place,,,,,,,", "latitude")]
    [InlineData("x,21010053300012,Mairie,Bourg-en-Bresse,01000,01053,Place,462,5.2,,,,,", "latitude")]
    [InlineData("x,21010053300012,Mairie,Bourg-en-Bresse,01000,01053,Place,NaN,5.2,,,,,", "latitude")]
    [InlineData("x,21010053300012,Mairie,Bourg-en-Bresse,1000,01053,Place,46.2,5.2,,,,,", "code_postal")]
    [InlineData("x,21010053300012,Mairie,Bourg-en-Bresse,69001,01053,Place,46.2,5.2,,,,,", "code_postal")]
    [InlineData("x,21010053300012,Mairie,Bourg-en-Bresse,01000,,Place,46.2,5.2,,,,,", "code_insee")]
    [InlineData("x,21010053300012,Mairie,,01000,01053,Place,46.2,5.2,,,,,", "commune")]
    [InlineData("x,21010053300012,Mairie,Bourg-en-Bresse,01000,01053,Place,46.2,5.2,,,12,,", "telephone")]
    [InlineData("x,21010053300012,Mairie,Bourg-en-Bresse,01000,01053,Place,46.2,5.2,,,,,beaucoup", "nb_conseillers")]
    [InlineData("x,21010053300012,Mairie,Bourg-en-Bresse,01000,01053,Place,46.2,5.2", null)]
    public async Task A_line_with_a_flaw_is_taken_with_a_warning(string line, string? column)
    {
        var report = await _store.StructuresAsync(Header + line);
        report.ShouldWarn(2, column);
        report.Created.ShouldBe(1);
        _store["01"].Places.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_is_dropped_from_the_place_is_kept_beside()
    {
        await _store.StructuresAsync(Header + "x,W011000123,Mairie,Bourg-en-Bresse,01000,01053,Place,999,5.2,,https://acceslibre.example/x,12,,");
        var place = _store["01"].Places[new PlaceId("x")];
        (place.Latitude, place.Longitude, place.Access, place.Phone).ShouldBe((null, null, null, null));
        _store["01"].Structures[new StructureId("x")].Extra.ShouldBe(
            new Dictionary<string, string> { ["pivot"] = "W011000123", ["accessibilite"] = "https://acceslibre.example/x", ["telephone"] = "12" }, ignoreOrder: true);
    }

    [Fact]
    public async Task The_commune_is_named_as_it_is_today()
    {
        var report = await _store.StructuresAsync(Header + "x,21010053300012,Mairie,Pierre-Bénite,69310,69152,Place,45.7,4.8,,,,,");
        report.Problems.Select(problem => problem.Column).ShouldBe(["code_insee", "commune"]);
        var place = _store["69"].Places[new PlaceId("x")];
        (place.Commune, place.Insee).ShouldBe(("Oullins-Pierre-Bénite", "69149"));
    }

    [Fact]
    public async Task A_SIRET_seen_before_is_said_with_the_other_line() =>
        (await _store.StructuresAsync(Header + Bourg + Bourg.Replace("bourg", "autre"))).ShouldWarn(3, "pivot").Message.ShouldContain("ligne 2");

    [Fact]
    public async Task An_id_seen_before_in_the_file_is_refused_with_the_other_line()
    {
        var report = await _store.StructuresAsync(Header + Bourg + Bourg.Replace("21010053300012", "21010053300020"));
        report.ShouldRefuse(3, "id").Message.ShouldContain("ligne 2");
        report.Counts().ShouldBe((2, 1, 0, 0, 1));
    }

    [Fact]
    public async Task A_structure_that_moved_to_another_territory_is_said()
    {
        await _store.StructuresAsync(Header + Bourg);
        var report = await _store.StructuresAsync(Header + "bourg,21010053300012,Mairie,Lyon,69003,69383,Place,45.7,4.8,,,,,");
        report.Problems.ShouldContain(problem => problem.Column == "id" && problem.Message.Contains("territoire 01"));
        report.Created.ShouldBe(1);
    }

    [Theory]
    [InlineData("97411", "97400", "Saint-Denis", "974")]
    [InlineData("2A004", "20000", "Ajaccio", "2A")]
    [InlineData("2B033", "20200", "Bastia", "2B")]
    [InlineData("", "97200", "Fort-de-France", "972")]
    [InlineData("", "20200", "Bastia", "2B")]
    [InlineData("97801", "97150", "Saint-Martin", "978")]
    public async Task The_territory_comes_from_the_commune(string insee, string postcode, string commune, string territory)
    {
        await _store.StructuresAsync(Header + $"x,21010053300012,Mairie,{commune},{postcode},{insee},Place,1,1,,,,,");
        _store[territory].Structures.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Lines_are_counted_as_an_editor_shows_them()
    {
        var report = await _store.StructuresAsync(
            "\uFEFF" + Header.Replace("\n", "\r\n")
            + "x,21010053300012,\"Mairie\r\nde Bourg\",Bourg-en-Bresse,01000,01053,Place,46.2,5.2,,,,,\r\n\r\n"
            + "y,21010053300020,,Bourg-en-Bresse,01000,01053,Place,46.2,5.2,,,,,\r\n");
        report.ShouldRefuse(5, "nom");
        _store["01"].Structures[new StructureId("x")].Name.ShouldBe("Mairie de Bourg");
    }

    [Fact]
    public async Task Semicolons_separate_too() =>
        (await _store.StructuresAsync((Header + Bourg).Replace(',', ';'))).Counts().ShouldBe((1, 1, 0, 0, 0));

    [Fact]
    public async Task The_lines_that_an_open_quote_swallows_are_named() =>
        (await _store.StructuresAsync(Header + "x,21010053300012,\"Mairie,Bourg-en-Bresse,01000,01053,Place,46.2,5.2,,,,,\n" + Bourg + Bourg))
            .ShouldRefuse(2, null).Message.ShouldContain("lignes 2 à 4");

    [Fact]
    public async Task A_hopeless_file_gives_a_bounded_answer()
    {
        var report = await _store.StructuresAsync(Header + string.Concat(Enumerable.Repeat("x\n", 6_000)));
        report.Counts().ShouldBe((6_000, 0, 0, 0, 6_000));
        report.Problems.Count.ShouldBe(ImportProblems.Max + 1);
    }
}
