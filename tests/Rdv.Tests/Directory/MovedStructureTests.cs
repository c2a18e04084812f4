using NodaTime;
using Rdv.Agenda;
using Rdv.Directory.Import;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Directory;

/// <summary>A commune that is corrected puts a structure in another territory: what was promised stays, and nothing is offered twice.</summary>
public sealed class MovedStructureTests(TableStorage storage) : ProductTest(storage)
{
    private const string Header = "id,pivot,nom,commune,code_postal,code_insee,adresse,latitude,longitude,nb_conseillers\n";
    private const string Wrong = "p1,35600000000212,Maison des essais,Bron,69500,69029,1 rue des Essais,45.73,4.91,1\n";
    private const string Right = "p1,35600000000212,Maison des essais,Grenoble,38000,38185,1 rue des Essais,45.18,5.72,1\n";

    private static readonly Territory Isere = Territory.Parse("38");

    [Fact]
    public async Task What_is_booked_stays_and_the_rest_is_offered_in_the_new_territory_alone()
    {
        var (world, product) = await StartAsync(advisors: 0);
        await ImportAsync(product, Wrong);
        await product.Get<ImportAdvisors>().ExecuteAsync(
            Importing.Utf8("id,structure_id,first_name,last_name,email\np1-1,p1,Odette,Fictive,odette@structure.example\n"), dryRun: false, TestContext.Current.CancellationToken);
        var appointment = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));

        (await ImportAsync(product, Right)).Problems.ShouldContain(problem => problem.Column == "id" && problem.Message.Contains("passe dans 38"));

        (await product.SearchAsync(new LocalDate(2026, 11, 16), 28)).Slots.ShouldBeEmpty();
        (await product.TryBookAsync(new AnAppointment().At("2026-11-26T09:00"))).Succeeded(out _).ShouldBeFalse();
        var offered = (await SlotsAsync(product)).Select(slot => slot.Start.Date).ToList();
        offered.Min().ShouldBe(new LocalDate(2026, 11, 25), "on the 24th the advisor is still expected in the old territory");

        // The advisor hears of what becomes of it as before.
        await product.SendInvitesAsync();
        await product.CancelAsync(appointment);
        await product.SendInvitesAsync();
        (await world.LogAsync()).ShouldContain("invite-cancel 2 Sent");
    }

    [Fact]
    public async Task An_absence_in_the_old_agenda_holds_in_the_new_one()
    {
        var (world, product) = await StartAsync(advisors: 0);
        await ImportAsync(product, Wrong);
        await product.PlanWorkshopAsync("2026-11-20T14:00", advisor: "p1-1");
        await ImportAsync(product, Right);
        (await SlotsAsync(product)).Min(slot => slot.Start.Date).ShouldBe(new LocalDate(2026, 11, 23));
        world.Territory.Code.ShouldBe("69");
    }

    [Fact]
    public async Task Killed_at_any_step_the_move_is_completed_by_the_next_import()
    {
        var killed = true;
        for (var step = 1; killed; step++)
        {
            var (world, product) = await StartAsync(advisors: 0);
            await ImportAsync(product, Wrong);
            await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
            killed = (await world.KillAsync(new KillSwitch(step), async dying => await ImportAsync(dying, Right))).Fired;

            // Never in both, at any moment.
            var here = await product.TryBookAsync(new AnAppointment().At("2026-11-26T09:00"));
            var there = await SlotsAsync(world.Start());
            (here.Succeeded(out _) && there.Count > 0).ShouldBeFalse($"step {step}");

            await ImportAsync(world.Start(), Right);
            (await world.Start().SearchAsync(new LocalDate(2026, 11, 16), 28)).Slots.ShouldBeEmpty($"step {step}");
            (await SlotsAsync(world.Start())).Min(slot => slot.Start.Date)
                .ShouldBe(here.Succeeded(out _) ? new LocalDate(2026, 11, 27) : new LocalDate(2026, 11, 25), $"step {step}");
        }
    }

    private static async Task<ImportReport> ImportAsync(Product product, string lines) =>
        (await product.Get<ImportStructures>().ExecuteAsync(Importing.Utf8(Header + lines), dryRun: false, TestContext.Current.CancellationToken)).Value;

    private static async Task<IReadOnlyList<Slot>> SlotsAsync(Product product) =>
        (await product.Get<SearchSlots>().ExecuteAsync(
            new SlotSearch(Isere, "premiers-pas", new LocalDate(2026, 11, 16), 28), TestContext.Current.CancellationToken)).Value.Slots;
}
