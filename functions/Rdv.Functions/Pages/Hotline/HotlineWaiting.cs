using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Functions.Pages.Waiting;
using Rdv.Ids;
using Rdv.Pages.Hotline;
using Rdv.Pages.Shared;
using Rdv.People;
using Rdv.Territories;
using Rdv.Waiting;

namespace Rdv.Functions.Pages.Hotline;

/// <summary>The waiting list, for a caller: put on it, take a freed slot, cross off.</summary>
public sealed class HotlineWaiting(
    AskToBeCalled ask,
    FindWaiting find,
    ClaimOffer claim,
    LeaveWaitingList leave,
    ITerritoryDirectories directories,
    StaffPages staff,
    PageResults pages,
    FormPages forms,
    IClock clock)
{
    [Function("HotlineAddWaitingPage")]
    public Task<IResult> AddAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "hotline/attente")] HttpRequest request, CancellationToken cancellationToken) =>
        forms.RunForHotlineAsync(request, "/hotline", async (member, form) =>
            Territory.TryParse(form["territoire"], out var territory) && Topics.Find(form[HotlineView.TopicField]) is { } topic
                ? await AskAsync(form, territory, topic, member.Actor, cancellationToken)
                : null,
            cancellationToken);

    [Function("HotlineWaitingPage")]
    public Task<IResult> ShowAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "hotline/attente/{person}")] HttpRequest request,
        string person, CancellationToken cancellationToken) => staff.RunAsync(request, "/hotline", member => member.MayUseHotline, async member =>
        WaitingId.TryParse(person, out var id)
            ? await (await find.ExecuteAsync(id, new Access.ByStaff(member.Actor), cancellationToken)).Match(
                found => ShowAsync(found, added: request.Query["nouveau"] == "1", gone: request.Query["pris"] == "1", cancellationToken),
                _ => Task.FromResult(NotWaiting()))
            : pages.NotFound(), cancellationToken);

    [Function("HotlineClaimOfferPage")]
    public Task<IResult> ClaimAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "hotline/attente/{person}/prendre")] HttpRequest request,
        string person, CancellationToken cancellationToken) => forms.RunForHotlineAsync(request, "/hotline", async (member, form) =>
        SlotValue.TryParse(form["creneau"], out var slot) && WaitingId.TryParse(person, out var id)
            ? (await claim.ExecuteAsync(
                new ClaimRequest(id, new Access.ByStaff(member.Actor), BookingDraft.InstantOf(id.Territory, slot.Start), slot.PlaceId), cancellationToken)).Match(
                claimed => PageResults.SeeOther($"/hotline/rendez-vous/{claimed.Appointment.Reference}?{WaitingPages.News(claimed)}"),
                _ => PageResults.SeeOther($"/hotline/attente/{id}?pris=1"))
            : null,
        cancellationToken);

    [Function("HotlineLeaveWaitingListPage")]
    public Task<IResult> LeaveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "hotline/attente/{person}/retirer")] HttpRequest request,
        string person, CancellationToken cancellationToken) => forms.RunForHotlineAsync(request, "/hotline", async (member, _) =>
        WaitingId.TryParse(person, out var id)
            ? (await leave.ExecuteAsync(id, new Access.ByStaff(member.Actor), cancellationToken)).Match(
                _ => PageResults.SeeOther($"/hotline/attente/{id}"), _ => PageResults.SeeOther($"/hotline/attente/{id}"))
            : null,
        cancellationToken);

    private async Task<IResult> AskAsync(PostedForm form, Territory territory, Topic topic, Actor by, CancellationToken cancellationToken)
    {
        var commune = Communes.Find(form["commune"]);
        var person = PersonForm.Read(field => form[field]);
        var request = CallbackForms.Read(form, "page-hotline-callback", territory, topic.Id, commune?.Insee, person, by);
        return (await ask.ExecuteAsync(request, cancellationToken)).ToPage(
            pages,
            listed => $"/hotline/attente/{listed.Id}?nouveau=1",
            errors => pages.ShowPrivate<AddWaitingPage, AddWaitingView>(
                new AddWaitingView(
                    topic.Label,
                    commune?.Name ?? $"Département {territory}",
                    [new("territoire", territory.Code), new("commune", commune?.Insee), new(HotlineView.TopicField, topic.Id), new("jeton", form["jeton"]), new(MeansChoice.Field, form[MeansChoice.Field])],
                    person,
                    errors),
                StatusCodes.Status400BadRequest));
    }

    private async Task<IResult> ShowAsync(FoundWaiting found, bool added, bool gone, CancellationToken cancellationToken) => found.Person is { } who
        ? pages.ShowPrivate<HotlineWaitingPage, HotlineWaitingView>(
            HotlineWaitingView.Of(who, found, await directories.GetAsync(who.Territory, cancellationToken), clock.GetCurrentInstant()) with
            {
                Added = added,
                Gone = gone,
            })
        : NotWaiting();

    private IResult NotWaiting() => pages.ShowPrivate<MessagePage, MessageView>(MessageView.HotlineNotWaiting, StatusCodes.Status404NotFound);
}
