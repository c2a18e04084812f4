using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Functions.Pages.Waiting;
using Rdv.Functions.Pages.Workshops;
using Rdv.Ids;
using Rdv.Pages.Hotline;
using Rdv.Pages.Shared;
using Rdv.Pages.Workshops;
using Rdv.People;
using Rdv.Territories;
using Rdv.Waiting;
using Rdv.Workshops;

namespace Rdv.Functions.Pages.Hotline;

/// <summary>The waiting list, for a caller: put on it, take a freed slot, cross off.</summary>
public sealed class HotlineWaiting(
    AskToBeCalled ask,
    FindWaiting find,
    ClaimOffer claim,
    LeaveWaitingList leave,
    WorkshopChoices workshops,
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

    [Function("HotlineWaitForSeatPage")]
    public Task<IResult> WaitForSeatAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "hotline/attente/atelier")] HttpRequest request, CancellationToken cancellationToken) =>
        forms.RunForHotlineAsync(request, "/hotline", async (_, form) =>
            Territory.TryParse(form["territoire"], out var territory) && await FullAsync(territory, form, cancellationToken) is { } full
                ? AskAgain(form, territory, Topics.Find(full.Topic)!, full, new PersonForm { Phone = form[HotlineView.PhoneField] }, FormErrors.None, StatusCodes.Status200OK)
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
        var full = await FullAsync(territory, form, cancellationToken);
        var person = PersonForm.Read(field => form[field]);
        var request = CallbackForms.Read(
            form, "page-hotline-callback", territory, topic.Id, Communes.Find(form["commune"])?.Insee, person, by, form[WorkshopList.Field]);
        return (await ask.ExecuteAsync(request, cancellationToken)).ToPage(
            pages,
            listed => $"/hotline/attente/{listed.Id}?nouveau=1",
            errors => AskAgain(form, territory, topic, full, person, errors, StatusCodes.Status400BadRequest));
    }

    /// <summary>The workshop that the form names; null when it names none to come.</summary>
    private async Task<PlannedWorkshop?> FullAsync(Territory territory, PostedForm form, CancellationToken cancellationToken) =>
        string.IsNullOrEmpty(form[WorkshopList.Field]) ? null : WorkshopChoices.Chosen(await workshops.FindAsync(territory, cancellationToken), form[WorkshopList.Field]);

    private IResult AskAgain(
        PostedForm form, Territory territory, Topic topic, PlannedWorkshop? full, PersonForm person, FormErrors errors, int status)
    {
        var commune = Communes.Find(form["commune"]);
        return pages.ShowPrivate<AddWaitingPage, AddWaitingView>(
            new AddWaitingView(
                full is null ? topic.Label : $"{WorkshopChoices.Waited(full).Kind} {WorkshopChoices.Waited(full).Words}",
                commune?.Name ?? $"Département {territory}",
                [
                    new("territoire", territory.Code),
                    new("commune", commune?.Insee),
                    new(HotlineView.TopicField, topic.Id),
                    new(WorkshopList.Field, full?.Id.Value),
                    new("jeton", form["jeton"] ?? BookingDraft.DrawNonce()),
                    .. (Wish.Read(field => form[field]) with { Advisor = null }).Hidden,
                ],
                person,
                errors),
            status);
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
