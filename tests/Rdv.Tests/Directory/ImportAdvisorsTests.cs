using NodaTime;
using Rdv.Directory;
using Rdv.Directory.Import;
using Rdv.Ids;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Directory;

public sealed class ImportAdvisorsTests : IAsyncLifetime
{
    private const string Header = "id,structure_id,first_name,last_name,email,phone,topics,opening_hours\n";
    private const string Odette = "odette,mairie,Odette,Fictive,odette@rdv.example,06 39 98 12 34,emploi|paiement,lun-ven 09:00-12:00; sam 9h-12h@annexe\n";

    private readonly InMemoryDirectoryStore _store = new();

    public async ValueTask InitializeAsync() => await _store.StructuresAsync(
        "id,nom,commune,code_postal,code_insee\nmairie,Mairie,Bourg-en-Bresse,01000,01053\nannexe,Annexe,Belley,01300,01034\nlyon,Lyon,Lyon,69003,69383\n");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_line_is_an_advisor_in_the_territory_of_their_structure()
    {
        var report = await _store.AdvisorsAsync(Header + Odette);

        report.Counts().ShouldBe((1, 1, 0, 0, 0));
        report.Problems.ShouldBeEmpty();
        var advisor = _store["01"].Advisors[new AdvisorId("odette")];
        (advisor.StructureId.Value, advisor.DisplayName, advisor.Email, advisor.Phone, advisor.HoursVersion)
            .ShouldBe(("mairie", "Odette Fictive", "odette@rdv.example", "06 39 98 12 34", 1));
        advisor.Topics.ShouldBe(["emploi", "paiement"]);
        OpeningHoursText.Print(advisor.Hours, new PlaceId("mairie")).ShouldBe("lun-ven 09:00-12:00; sam 09:00-12:00@annexe");
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing()
    {
        await _store.AdvisorsAsync(Header + Odette);
        var writes = _store.Writes;
        (await _store.AdvisorsAsync(Header + Odette)).Counts().ShouldBe((1, 0, 0, 1, 0));
        _store.Writes.ShouldBe(writes);
    }

    [Fact]
    public async Task Changed_hours_raise_their_version_by_one()
    {
        await _store.AdvisorsAsync(Header + Odette);
        var before = _store["01"].Advisors[new AdvisorId("odette")] with { HoursVersion = 6, LeavesOn = new LocalDate(2027, 1, 31) };
        await _store.PutAsync(_store["01"].Territory, before);

        (await _store.AdvisorsAsync(Header + Odette.Replace("lun-ven", "lun-jeu"))).Updated.ShouldBe(1);

        var after = _store["01"].Advisors[before.Id];
        (after.HoursVersion, after.LeavesOn).ShouldBe((7, new LocalDate(2027, 1, 31)));
        OpeningHoursText.Print(after.Hours, new PlaceId("mairie")).ShouldStartWith("lun-jeu");
    }

    [Theory]
    [InlineData("lun-ven", "lun-jeu", true)]
    [InlineData("emploi", "proches", true)]
    [InlineData("Odette", "Odile", false)]
    public async Task What_an_advisor_offers_is_rewritten_with_the_months_of_their_agenda_and_the_rest_is_not(string before, string after, bool rewritten)
    {
        await _store.AdvisorsAsync(Header + Odette);
        var seen = new List<string>();
        var import = new ImportAdvisors(_store, _store.Write, (territory, id, change, cancellationToken) =>
        {
            seen.Add(id.Value);
            return _store.RewriteAsync(territory, id, change, cancellationToken);
        });
        var file = Header + Odette.Replace(before, after);

        await import.ExecuteAsync(Importing.Utf8(file), dryRun: true, CancellationToken.None);
        seen.ShouldBeEmpty();
        await import.ExecuteAsync(Importing.Utf8(file), dryRun: false, CancellationToken.None);
        seen.ShouldBe(rewritten ? ["odette"] : []);
        (await _store.AdvisorsAsync(file)).Unchanged.ShouldBe(1);
    }

    [Fact]
    public async Task What_the_file_does_not_have_stays_and_an_empty_cell_closes_no_hours()
    {
        await _store.AdvisorsAsync(Header + Odette);
        var before = _store["01"].Advisors[new AdvisorId("odette")];

        (await _store.AdvisorsAsync("id,structure_id,first_name,last_name,email,opening_hours\nodette,mairie,Odette,Nouvelle,odette@rdv.example,\n"))
            .Updated.ShouldBe(1);

        var after = _store["01"].Advisors[before.Id];
        after.ShouldBe(before with { DisplayName = "Odette Nouvelle", Topics = after.Topics, Hours = after.Hours });
        after.Topics.ShouldBe(before.Topics);
        OpeningHoursText.Print(after.Hours).ShouldBe(OpeningHoursText.Print(before.Hours));
    }

    [Fact]
    public async Task An_advisor_created_from_a_number_is_named_by_their_id()
    {
        await _store.StructuresAsync("id,nom,commune,code_postal,code_insee,nb_conseillers\nmairie,Mairie,Bourg-en-Bresse,01000,01053,1\n");
        (await _store.AdvisorsAsync(Header + "mairie-1,mairie,Odette,Fictive,odette@rdv.example,,,\n")).Counts().ShouldBe((1, 0, 1, 0, 0));
        var advisor = _store["01"].Advisors[new AdvisorId("mairie-1")];
        (advisor.DisplayName, advisor.Hours.Count, advisor.HoursVersion).ShouldBe(("Odette Fictive", 2, 1));
    }

    [Theory]
    [InlineData("odette!,mairie,Odette,Fictive,odette@rdv.example,,,", "id")]
    [InlineData("odette,,Odette,Fictive,odette@rdv.example,,,", "structure_id")]
    [InlineData("odette,ailleurs,Odette,Fictive,odette@rdv.example,,,", "structure_id")]
    [InlineData("odette,mairie,,,odette@rdv.example,,,", "last_name")]
    [InlineData("odette,mairie,Odette,Fictive,odette at rdv,,,", "email")]
    [InlineData("odette,mairie,Odette,Fictive,Odette <odette@rdv.example>,,,", "email")]
    [InlineData("odette,mairie,Odette,Fictive,odette@rdv.example,,emploi|jardinage,", "topics")]
    [InlineData("odette,mairie,Odette,Fictive,odette@rdv.example,,,lun 9h", "opening_hours")]
    [InlineData("odette,mairie,Odette,Fictive,odette@rdv.example,,,lun 9h-12h@lyon", "opening_hours")]
    public async Task A_line_with_an_error_is_refused_and_the_others_are_taken(string line, string column)
    {
        var report = (await _store.AdvisorsAsync(Header + line + "\n" + Odette.Replace("odette", "autre")));
        report.ShouldRefuse(2, column);
        report.Counts().ShouldBe((2, 1, 0, 0, 1));
    }

    [Theory]
    [InlineData("odette,mairie,Odette,Fictive,,,,lun 9h-12h", "email")]
    [InlineData("odette,mairie,Odette,Fictive,odette@rdv.example,12,,lun 9h-12h", "phone")]
    [InlineData("odette,mairie,Odette,Fictive,odette@rdv.example,,,", "opening_hours")]
    public async Task A_line_with_a_flaw_is_taken_with_a_warning(string line, string column)
    {
        var report = (await _store.AdvisorsAsync(Header + line));
        report.ShouldWarn(2, column);
        report.Created.ShouldBe(1);
    }

    [Fact]
    public async Task No_message_carries_a_number_or_an_address() =>
        (await _store.AdvisorsAsync(Header + "odette,mairie,Odette,Fictive,odette-at-home,0639981234567,,\n"))
            .Problems.ShouldAllBe(problem => !problem.Message.Contains("odette-at-home") && !problem.Message.Contains("0639"));

    [Fact]
    public async Task A_structure_id_of_two_territories_is_refused()
    {
        await _store.StructuresAsync("id,nom,commune,code_postal,code_insee\nmairie,Mairie,Lyon,69003,69383\n");
        (await _store.AdvisorsAsync(Header + Odette)).ShouldRefuse(2, "structure_id").Message.ShouldContain("01, 69");
    }
}
