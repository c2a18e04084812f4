using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Directory;
using Rdv.Functions.Pages.Booking;
using Rdv.Functions.Pages.Workshops;
using Rdv.Pages.Hotline;
using Rdv.Pages.Shared;
using Rdv.Pages.Workshops;
using Rdv.Territories;

namespace Rdv.Functions.Pages.Hotline;

/// <summary>Workshops for a caller. POSTs though nothing changes: the caller's number goes with them.</summary>
public sealed class HotlineWorkshops(CallerDesk desk, WorkshopChoices workshops, BookingFlow flow, FormPages forms, PageResults pages)
{
    [Function("HotlineWorkshopsPage")]
    public Task<IResult> ShowAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "hotline/ateliers")] HttpRequest request, CancellationToken cancellationToken) =>
        forms.RunForHotlineAsync(request, "/hotline", async (_, form) => CallerPlace.Find(form) switch
        {
            ({ } territory, var commune, _) => await ListAsync(
                territory, commune, Topics.Find(form[HotlineView.TopicField])?.Id, form[HotlineView.PhoneField], cancellationToken),
            (_, _, var matches) => await desk.ShowAsync(CallerPlace.AskAgain(form, matches, forWorkshops: true), cancellationToken),
        }, cancellationToken);

    [Function("HotlineChooseWorkshopPage")]
    public Task<IResult> ChooseAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "hotline/ateliers/place")] HttpRequest request, CancellationToken cancellationToken) =>
        forms.RunForHotlineAsync(request, "/hotline", async (_, form) =>
            Territory.TryParse(form["territoire"], out var territory) ? await ChooseAsync(form, territory, cancellationToken) : null, cancellationToken);

    private async Task<IResult> ChooseAsync(PostedForm form, Territory territory, CancellationToken cancellationToken)
    {
        var commune = Communes.Find(form["commune"]);
        var phone = form[HotlineView.PhoneField];
        var found = await workshops.FindAsync(territory, cancellationToken, begun: true);
        switch (WorkshopChoices.Chosen(found, form[WorkshopList.Field]))
        {
            case null:
                // It was cancelled, or has begun, since the page was shown.
                return await ListAsync(territory, commune, form[HotlineView.TopicField], phone, cancellationToken);
            case { SeatsLeft: 0 } full:
                return pages.ShowPrivate<WorkshopGonePage, WorkshopGoneView>(
                    workshops.Full(
                        found,
                        full,
                        insee: null,
                        HotlineWorkshopsView.ChooseAddress,
                        [new("territoire", territory.Code), new("commune", commune?.Insee), new(HotlineView.PhoneField, phone)],
                        "/hotline"),
                    StatusCodes.Status409Conflict);
            case var chosen:
                var draft = WorkshopChoices.Draft(territory, chosen, insee: null, BookingDraft.DrawNonce());
                return await flow.ShowDetailsAsync(BookingDoor.Hotline, draft, new PersonForm { Phone = phone }, FormErrors.None, cancellationToken, CallerForm.Read(field => form[field]).Hidden);
        }
    }

    private async Task<IResult> ListAsync(Territory territory, Commune? commune, string? topic, string? phone, CancellationToken cancellationToken) =>
        pages.ShowPrivate<HotlineWorkshopsPage, HotlineWorkshopsView>(new HotlineWorkshopsView(
            territory,
            commune,
            topic,
            phone,
            workshops.Show(await workshops.FindAsync(territory, cancellationToken, begun: true), commune?.Insee, HotlineWorkshopsView.MaxPlaces)));
}
