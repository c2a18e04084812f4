using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Directory.Import;
using Rdv.Ids;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Directory;

/// <summary>What is changed while an import runs: the file was read at its start, and neither loses the change nor takes it back.</summary>
public sealed class ImportMeanwhileTests(TableStorage storage) : ProductTest(storage)
{
    private const string Header = "id,structure_id,first_name,last_name,email,phone,topics,opening_hours\n";
    private static readonly AdvisorId Advisor = new("a1");
    private static readonly OpeningHours Afternoon = new([1, 2, 3, 4, 5], new LocalTime(14, 0), new LocalTime(17, 0), Directories.Place);

    [Theory]
    [InlineData("Odette", "")]
    [InlineData("Conseiller", "lun-ven 09:00-12:00")]
    public async Task Hours_that_an_advisor_changes_keep_their_version_and_can_be_booked(string name, string hours)
    {
        var (world, importing) = await StartAsync(advisors: 2);
        var product = world.Start();
        HoursChanged? changed = null;
        importing.Storage.Meanwhile = async request =>
        {
            if (request.IsTransaction && changed is null)
            {
                changed = (await product.Get<ChangeOpeningHours>().ExecuteAsync(world.Territory, Advisor, [Afternoon], default)).Value;
            }
        };
        await ImportAsync(importing, $"{Header}a1,s1,{name},1,a1@structure.example,,,{hours}\n");
        changed.ShouldNotBeNull();

        var stored = (await product.Directory.FindAdvisorAsync(world.Territory, Advisor, default))!.Value;
        stored.DisplayName.ShouldBe(name + " 1");
        stored.HoursVersion.ShouldBe(hours.Length == 0 ? changed.Version : changed.Version + 1);
        stored.Hours.ShouldHaveSingleItem().From.ShouldBe(hours.Length == 0 ? Afternoon.From : new LocalTime(9, 0), "the file says hours, or says nothing of them");
        await product.BookAsync(new AnAppointment().At(hours.Length == 0 ? "2026-11-24T14:00" : "2026-11-24T09:00"));
        await product.BookAsync(new AnAppointment().At("2026-11-24T16:00"));
    }

    [Fact]
    public async Task A_leave_stays()
    {
        var (world, importing) = await StartAsync();
        var product = world.Start();
        Meanwhile(importing, () => product.Get<PlanLeave>().ExecuteAsync(world.Territory, Advisor, new LocalDate(2026, 11, 20), default));
        await ImportAsync(importing, Header + "a1,s1,Odette,Fictive,a1@structure.example,,,\n");
        (await product.Directory.FindAdvisorAsync(world.Territory, Advisor, default))!.Value.LeavesOn.ShouldBe(new LocalDate(2026, 11, 20));
        (await product.SearchAsync(new LocalDate(2026, 11, 24), 1)).Slots.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_pause_and_the_number_a_day_of_an_advisor_stay()
    {
        var (world, importing) = await StartAsync();
        var product = world.Start();
        var rules = new BookingRules(PauseMinutes: 20, AppointmentsPerDay: 4);
        Meanwhile(importing, () => product.Get<ChangeBookingRules>().ExecuteAsync(world.Territory, Advisor, rules, default));
        await ImportAsync(importing, Header + "a1,s1,Odette,Fictive,a1@structure.example,,,lun-ven 09:00-12:00\n");
        (await product.Directory.FindAdvisorAsync(world.Territory, Advisor, default))!.Value.Rules.ShouldBe(rules);
    }

    [Fact]
    public async Task A_holiday_that_a_structure_works_stays_and_so_does_what_is_kept_for_the_telephone()
    {
        var (world, importing) = await StartAsync();
        var product = world.Start();
        Meanwhile(importing, () => product.Get<ChangeHoliday>().ExecuteAsync(
            world.Territory, Directories.Structure, new LocalDate(2026, 12, 25), open: true, default));
        (await product.Get<ChangePhoneShare>().ExecuteAsync(world.Territory, Directories.Structure, 30, default)).Refusal.ShouldBeNull();
        var result = await importing.Get<ImportStructures>().ExecuteAsync(
            Importing.Utf8("id,pivot,nom,commune,code_postal,code_insee,adresse,latitude,longitude\ns1,21690123100011,Bibliothèque,Lyon,69003,69383,1 rue du Parc,45.75,4.85\n"),
            dryRun: false,
            TestContext.Current.CancellationToken);
        result.Value.Updated.ShouldBe(1);
        var stored = (await product.Directory.FindStructureAsync(world.Territory, Directories.Structure, default))!.Value;
        (stored.Name, stored.WorksOn(new LocalDate(2026, 12, 25)), stored.PhoneShare).ShouldBe(("Bibliothèque", true, 30));
    }

    private static void Meanwhile(Product importing, Func<Task> change)
    {
        var done = false;
        importing.Storage.Meanwhile = async request =>
        {
            if (request.IsTransaction && !done)
            {
                done = true;
                await change();
            }
        };
    }

    private static async Task ImportAsync(Product product, string csv) =>
        (await product.Get<ImportAdvisors>().ExecuteAsync(Importing.Utf8(csv), dryRun: false, TestContext.Current.CancellationToken)).Value.Updated.ShouldBe(1);
}
