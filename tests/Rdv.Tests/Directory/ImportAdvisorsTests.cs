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
        var file = Header + Odette.Replace(before, after);

        await _store.AdvisorsAsync(file, dryRun: true);
        _store.Rewritten.ShouldBeEmpty();
        await _store.AdvisorsAsync(file);
        _store.Rewritten.Select(id => id.Value).ShouldBe(rewritten ? ["odette"] : []);
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

    [Theory]
    [InlineData("hélène@exemple.example")]
    [InlineData("odette.@exemple.example")]
    [InlineData("odette@localhost")]
    [InlineData("odette..fictive@exemple.example")]
    [InlineData("odette@exemple.example.")]
    [InlineData("odette@-exemple.example")]
    [InlineData("odette@exemple.123")]
    [InlineData("\"odette fictive\"@exemple.example")]
    public async Task An_address_that_no_invite_reaches_is_refused_and_would_not_be_sent_to(string email)
    {
        var report = await _store.AdvisorsAsync(Header + $"odette,mairie,Odette,Fictive,\"{email.Replace("\"", "\"\"")}\",,,lun-ven 9h-12h\n");
        report.ShouldRefuse(2, "email").Message.ShouldStartWith("Aucune invitation n'arriverait");
        Rdv.People.EmailAddress.TryParse(email, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("odette.fictive+rdv@exemple.example", "odette.fictive+rdv@exemple.example")]
    [InlineData("odette@médiathèque.example", "odette@xn--mdiathque-53af.example")]
    [InlineData("o'dette@mairie.saint-denis.example", "o'dette@mairie.saint-denis.example")]
    public async Task An_address_that_is_taken_is_one_that_is_sent_to(string email, string sent)
    {
        (await _store.AdvisorsAsync(Header + $"odette,mairie,Odette,Fictive,{email},,,lun-ven 9h-12h\n")).Problems.ShouldBeEmpty();
        Rdv.People.EmailAddress.TryParse(_store["01"].Advisors[new AdvisorId("odette")].Email, out var address).ShouldBeTrue();
        address.ShouldBe(sent);
    }

    [Fact]
    public async Task One_person_under_two_identifiers_is_refused()
    {
        var twice = await _store.AdvisorsAsync(Header + Odette + Odette.Replace("odette,", "odile,").Replace("odette@", "Odette@"));
        twice.ShouldRefuse(3, "email").Message.ShouldContain("ligne 2");
        (await _store.AdvisorsAsync(Header + Odette.Replace("odette,", "odile,"))).ShouldRefuse(2, "email").Message.ShouldContain("odette (01)");
        _store["01"].Advisors.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Two_who_exchange_their_addresses_are_taken()
    {
        var odile = Odette.Replace("odette", "odile");
        await _store.AdvisorsAsync(Header + Odette + odile);
        (await _store.AdvisorsAsync(Header + Odette.Replace("odette@", "odile@") + odile.Replace("odile@", "odette@"))).Updated.ShouldBe(2);
    }

    [Theory]
    [InlineData("Coop-numérique_0812cbc6-0000-4000-8000-b331bc58a835")]
    [InlineData("odette.fictive@mairie.example")]
    [InlineData("n° 12/b")]
    public async Task Any_identifier_is_taken_and_an_address_in_it_is_in_no_key(string id)
    {
        var line = Odette.Replace("odette,", id + ",").Replace("@annexe", "@annexe");
        (await _store.AdvisorsAsync(Header + line)).Created.ShouldBe(1);
        (await _store.AdvisorsAsync(Header + line)).Unchanged.ShouldBe(1);
        var key = _store["01"].Advisors.Keys.ShouldHaveSingleItem().Value;
        DirectoryIds.IsValid(key).ShouldBeTrue();
        key.ShouldNotContain("odette", Case.Insensitive);
    }

    [Fact]
    public async Task Without_hours_an_advisor_receives_when_their_structure_opens()
    {
        await _store.StructuresAsync("id,nom,commune,code_postal,code_insee,horaires\nbus,Bus,Bourg-en-Bresse,01000,01053,Mo 09:00-12:00; PH off\n");
        var report = await _store.AdvisorsAsync(Header + "odette,bus,Odette,Fictive,odette@rdv.example,,,\n");
        report.ShouldWarn(2, "opening_hours").Message.ShouldContain("Mo 09:00-12:00");
        OpeningHoursText.Print(_store["01"].Advisors[new AdvisorId("odette")].Hours).ShouldBe("lun 09:00-12:00@bus");
    }

    [Fact]
    public async Task An_advisor_whose_structure_is_in_another_territory_now_is_offered_once()
    {
        await _store.AdvisorsAsync(Header + Odette.Replace(";", " ").Replace(" sam 9h-12h@annexe", ""));
        _store.LastDay = new LocalDate(2026, 12, 4);
        var report = await _store.AdvisorsAsync(Header + Odette.Replace("mairie", "lyon").Replace("; sam 9h-12h@annexe", ""));
        report.ShouldWarn(2, "id").Message.ShouldContain("01");
        _store["01"].Advisors[new AdvisorId("odette")].LeavesOn.ShouldBe(new LocalDate(2026, 11, 24));
        var there = _store["69"].Advisors[new AdvisorId("odette")];
        (there.LeavesOn, there.StructureId.Value, there.Hours[0].StartsOn).ShouldBe((null, "lyon", new LocalDate(2026, 12, 5)));
        (await _store.AdvisorsAsync(Header + Odette.Replace("mairie", "lyon").Replace("lun-ven 09:00-12:00; sam 9h-12h@annexe", ""))).Unchanged.ShouldBe(1);
    }
}
