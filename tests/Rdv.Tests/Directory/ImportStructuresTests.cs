using NodaTime;
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
            ("mairie-1-1", "Conseiller 1", null, "lun-ven 09:00-17:00@mairie-1"),
            ("mairie-1-2", "Conseiller 2", null, "lun-ven 09:00-17:00@mairie-1"),
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

    [Theory]
    [InlineData("Coop-numérique_0812cbc6-0000-4000-8000-b331bc58a835")]
    [InlineData("Coop-numérique_0812cbc6-0000-4000-8000-b331bc58a835__Hinaura_cc-de-l-est__Numi_62a34ee7-0000-4000-8000-000000000000")]
    [InlineData("structure/12 #3 (annexe)")]
    [InlineData("日本")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public async Task Any_identifier_of_the_schema_is_taken_kept_under_a_safe_key_and_shown_as_given(string id)
    {
        var file = Header + Bourg.Replace("bourg,", id + ",").Replace(",,,,\n", ",,,,2\n");
        (await _store.StructuresAsync(file)).Counts().ShouldBe((1, 1, 0, 0, 0));
        (await _store.StructuresAsync(file)).Counts().ShouldBe((1, 0, 0, 1, 0));

        var structure = _store["01"].Structures.Values.ShouldHaveSingleItem();
        (structure.SourceId ?? structure.Id.Value).ShouldBe(id);
        DirectoryIds.IsValid(structure.Id.Value).ShouldBeTrue();
        _store["01"].Advisors.Keys.ShouldAllBe(advisor => DirectoryIds.IsValid(advisor.Value));
        _store["01"].AdvisorsOf(structure.Id).Count().ShouldBe(2);
        (await _store.AdvisorsAsync($"id,structure_id,first_name,last_name,email,opening_hours\nodette,{id},Odette,Fictive,o@rdv.example,lun 9h-12h\n")).Created.ShouldBe(1);
    }

    [Fact]
    public async Task Two_identifiers_that_read_alike_are_two()
    {
        await _store.StructuresAsync(Header + Bourg.Replace("bourg,", "é,") + Bourg.Replace("bourg,", "è,").Replace("Mairie", "Annexe"));
        _store["01"].Structures.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("0199001234 / 0199005678", "01 99 00 12 34 ou 01 99 00 56 78")]
    [InlineData("+33199001234|+33199005678", "01 99 00 12 34 ou 01 99 00 56 78")]
    [InlineData("3949", "39 49")]
    [InlineData("01 99 00 12 34 ou 39 39", "01 99 00 12 34 ou 39 39")]
    [InlineData("01.99.00.12.34; 01.99.00.12.34", "01 99 00 12 34")]
    [InlineData("01/99/00/12/34", "01 99 00 12 34")]
    public async Task Every_number_of_a_place_is_shown(string phone, string shown)
    {
        (await _store.StructuresAsync(Header + Bourg.Replace(",,,,\n", $",,\"{phone}\",,\n"))).Problems.ShouldBeEmpty();
        _store["01"].Places[new PlaceId("bourg")].Phone.ShouldBe(shown);
    }

    [Fact]
    public async Task Of_two_numbers_the_one_that_is_none_is_quoted()
    {
        (await _store.StructuresAsync(Header + Bourg.Replace(",,,,\n", ",,01 99 00 12 34 / 01 99,,\n"))).ShouldWarn(2, "telephone").Message.ShouldContain("« 01 99 »");
        _store["01"].Places[new PlaceId("bourg")].Phone.ShouldBe("01 99 00 12 34");
    }

    [Theory]
    [InlineData("Mo 09:30-12:30,13:30-15:30; PH off", "lun 09:30-12:30 13:30-15:30@bourg")]
    [InlineData("mardi et jeudi 14h-17h (sur RDV)", "mar,jeu 14:00-17:00@bourg")]
    [InlineData("", "lun-ven 09:00-12:00 14:00-17:00@bourg")]
    [InlineData("se renseigner à l'accueil", "")]
    public async Task An_advisor_who_is_created_receives_when_the_structure_opens(string hours, string printed)
    {
        var report = await _store.StructuresAsync(Header + Bourg.Replace(",,,,\n", $",,,\"{hours}\",1\n"));
        OpeningHoursText.Print(_store["01"].Advisors[new AdvisorId("bourg-1")].Hours).ShouldBe(printed);
        report.Problems.Any(problem => problem.Column == "horaires" && problem.Message.Contains($"« {hours} »")).ShouldBe(printed.Length == 0);
    }

    [Fact]
    public async Task What_is_left_of_the_hours_is_quoted() =>
        (await _store.StructuresAsync(Header + Bourg.Replace(",,,,\n", ",,,Mo 09:00-12:00; SH off,1\n"))).ShouldWarn(2, "horaires").Message.ShouldContain("« SH off »");

    [Fact]
    public async Task Hours_that_nobody_has_changed_follow_the_structure_and_an_advisor_s_own_do_not()
    {
        await _store.StructuresAsync(Header + Bourg.Replace(",,,,\n", ",,,,2\n"));
        var own = _store["01"].Advisors[new AdvisorId("bourg-2")] with { Hours = [] };
        await _store.PutAsync(_store["01"].Territory, own);

        (await _store.StructuresAsync(Header + Bourg.Replace(",,,,\n", ",,,Mo 09:00-12:00,2\n"))).Updated.ShouldBe(1);

        OpeningHoursText.Print(_store["01"].Advisors[new AdvisorId("bourg-1")].Hours).ShouldBe("lun 09:00-12:00@bourg");
        _store["01"].Advisors[own.Id].ShouldBe(own);
        _store.Rewritten.ShouldBe([new AdvisorId("bourg-1")]);
    }

    [Fact]
    public async Task Advisors_with_identifiers_of_their_own_are_counted()
    {
        await _store.StructuresAsync(Header + Bourg);
        await _store.AdvisorsAsync("id,structure_id,first_name,last_name,email,opening_hours\nodette,bourg,Odette,Fictive,o@rdv.example,lun 9h-12h\n");
        await _store.StructuresAsync(Header + Bourg.Replace(",,,,\n", ",,,,1\n"));
        _store["01"].Advisors.Keys.ShouldBe([new AdvisorId("odette")]);
    }

    [Fact]
    public async Task A_structure_that_is_in_another_territory_now_is_offered_there_alone()
    {
        const string Wrong = "mv,35600000000212,Maison,Bron,69500,69029,1 rue,45.7,4.9,,,,,1\n";
        const string Right = "mv,35600000000212,Maison,Grenoble,38000,38185,1 rue,45.18,5.72,,,,,1\n";
        await _store.StructuresAsync(Header + Wrong);
        _store.LastDay = new LocalDate(2026, 12, 1);

        var report = await _store.StructuresAsync(Header + Right);

        report.Counts().ShouldBe((1, 0, 1, 0, 0));
        report.Problems.ShouldContain(problem => problem.Column == "id" && problem.Message.Contains("territoire 69"));
        var id = new AdvisorId("mv-1");
        _store["69"].Structures[new StructureId("mv")].MovedTo.ShouldBe(_store["38"].Territory);
        _store["69"].Advisors[id].LeavesOn.ShouldBe(new LocalDate(2026, 11, 24));
        _store["38"].Advisors[id].LeavesOn.ShouldBeNull();
        _store["38"].Advisors[id].Hours.ShouldAllBe(hours => hours.StartsOn == new LocalDate(2026, 12, 2));

        (await _store.StructuresAsync(Header + Right)).Counts().ShouldBe((1, 0, 0, 1, 0));
        (await _store.StructuresAsync(Header + Right)).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_structure_that_comes_back_is_offered_where_it_was()
    {
        const string Here = "mv,35600000000212,Maison,Bron,69500,69029,1 rue,45.7,4.9,,,,,1\n";
        const string There = "mv,35600000000212,Maison,Grenoble,38000,38185,1 rue,45.18,5.72,,,,,1\n";
        foreach (var file in new[] { Here, There, Here })
        {
            await _store.StructuresAsync(Header + file);
        }

        _store["69"].Structures[new StructureId("mv")].MovedTo.ShouldBeNull();
        _store["69"].Advisors[new AdvisorId("mv-1")].LeavesOn.ShouldBeNull();
        _store["38"].Advisors[new AdvisorId("mv-1")].LeavesOn.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("35600000000212", "Maison", "1 rue", 1)]
    [InlineData("", "MAISON", "1, Rue", 1)]
    [InlineData("35600000000212", "Maison", "9 place", 2)]
    [InlineData("35600000000212", "Annexe", "1 rue", 2)]
    [InlineData("35600000000220", "Maison", "1 rue", 2)]
    public async Task The_same_body_under_another_identifier_is_one_structure_and_is_named(string siret, string name, string address, int structures)
    {
        await _store.StructuresAsync(Header + "old,35600000000212,Maison,Bron,69500,69029,1 rue,45.7,4.9,,,,,1\n");
        var file = Header + $"new,{siret},{name},Bron,69500,69029,\"{address}\",45.7,4.9,,,,,1\n";

        var report = await _store.StructuresAsync(file);

        _store["69"].Structures.Count.ShouldBe(structures);
        _store["69"].Advisors.Count.ShouldBe(structures);
        report.Problems.Any(problem => problem.Column == "id" && problem.Message.Contains("« new »") && problem.Message.Contains("old")).ShouldBe(structures == 1);
        (await _store.StructuresAsync(file)).Unchanged.ShouldBe(1);
        (await _store.AdvisorsAsync("id,structure_id,first_name,last_name,email,opening_hours\nodette,new,Odette,Fictive,o@rdv.example,lun 9h-12h\n")).Created.ShouldBe(1);
    }

    [Fact]
    public async Task Two_lines_of_one_file_stay_two()
    {
        const string Line = "a,35600000000212,Maison,Bron,69500,69029,1 rue,45.7,4.9,,,,,1\n";
        await _store.StructuresAsync(Header + Line + Line.Replace("a,", "b,"));
        _store["69"].Structures.Count.ShouldBe(2);
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
