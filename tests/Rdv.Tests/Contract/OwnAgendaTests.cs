using NodaTime;
using Rdv.Functions.Http;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>Who may change one agenda changes no other: what a body names does not count.</summary>
[Collection(SharedContractApp.Name)]
public sealed class OwnAgendaTests(ContractApp app)
{
    private const string Own = "advisor:69/" + ContractApp.Advisor;
    private const string Other = "bachir-modele";

    [Fact]
    public async Task An_advisor_does_not_book_in_the_agenda_of_a_colleague_whom_the_body_names()
    {
        var reply = await VisitAsync(new { topic = ContractApp.Topic, placeId = ContractApp.Place, advisorId = Other });
        (reply.Status, reply.Code).ShouldBe((403, "forbidden"));
    }

    [Fact]
    public async Task Nor_takes_a_seat_in_a_colleagues_workshop_and_may_in_their_own()
    {
        var (theirs, own) = (await PlanAsync(Other), await PlanAsync(ContractApp.Advisor));
        var reply = await VisitAsync(new { workshopId = theirs, citizen = new { name = "Odette Fictive", phone = app.DrawPhone() } });
        (reply.Status, reply.Code).ShouldBe((403, "forbidden"));
        (await VisitAsync(new { workshopId = own, citizen = new { name = "Odette Fictive", phone = app.DrawPhone() } })).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Nor_changes_their_workshop_by_way_of_the_own_address()
    {
        var workshop = await PlanAsync(Other);
        var own = $"/api/advisors/69/{ContractApp.Advisor}/workshops/{workshop}";
        (await app.PostAsync(own + "/cancel", new { }, Own)).Status.ShouldBe(404);
        (await app.PostAsync(own + "/move", new { start = "2026-11-24T21:00:00+01:00" }, Own)).Status.ShouldBe(404);
    }

    private Task<Reply> VisitAsync(object body) => app.PostAsync($"/api/advisors/69/{ContractApp.Advisor}/appointments", body, Own);

    /// <summary>An evening when nothing else is.</summary>
    private async Task<string> PlanAsync(string advisor)
    {
        var territory = Rdv.Territories.Territory.Parse("69");
        var day = (await app.NowAsync()).InZone(territory.Zone).Date;
        Reply planned;
        do
        {
            day = day.PlusDays(1);
            var start = Values.Format(day.At(new LocalTime(20, 0)), territory);
            planned = await app.PostAsync(
                $"/api/advisors/69/{advisor}/workshops",
                new { title = "Découvrir Internet", topic = "internet", start, minutes = 60, placeId = ContractApp.Place, seats = 3 },
                "advisor:69/" + advisor);
        }
        while (planned.Status != 201);

        return planned.Json.GetProperty("id").GetString()!;
    }
}
