using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Directory;
using Rdv.Functions.Pages.Booking;
using Rdv.Functions.Pages.Workshops;
using Rdv.Pages.Booking;
using Rdv.Pages.Hotline;
using Rdv.Pages.Shared;
using Rdv.Pages.Workshops;
using Rdv.Territories;

namespace Rdv.Functions.Pages.Hotline;

/// <summary>Workshops for a caller. POSTs though nothing changes: the caller's number goes with them.</summary>
public sealed class HotlineWorkshops(WorkshopChoices workshops, Details details, StaffPages staff, PageResults pages, RdvSettings settings)
{
    [Function("HotlineWorkshopsPage")]
    public Task<IResult> ShowAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "hotline/ateliers")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.RunAsync(request, "/hotline", member => member.MayUseHotline, async _ =>
        {
            if (await PostedForm.ReadAsync(request, settings, cancellationToken) is not { } form)
            {
                return pages.Refused();
            }

            var topic = Topics.Find(form[HotlineView.TopicField])?.Id;
            var phone = form[HotlineView.PhoneField];
            var (where, commune, matches) = CallerPlace.Find(form);
            if (where is { } territory)
            {
                return await ListAsync(territory, commune, topic, phone, cancellationToken);
            }

            var again = new HotlineView(Where: form[HotlineView.WhereField], Topic: topic, Matches: matches, Phone: phone) { ForWorkshops = true };
            return matches.Count > 0
                ? pages.ShowPrivate<HotlinePage, HotlineView>(again)
                : pages.ShowPrivate<HotlinePage, HotlineView>(
                    again with { Errors = FormErrors.Of(HotlineView.WhereField, "Nous ne connaissons pas cette commune ni ce département.") },
                    StatusCodes.Status400BadRequest);
        }, cancellationToken);

    [Function("HotlineChooseWorkshopPage")]
    public Task<IResult> ChooseAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "hotline/ateliers/place")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.RunAsync(request, "/hotline", member => member.MayUseHotline, async _ =>
        {
            if (await PostedForm.ReadAsync(request, settings, cancellationToken) is not { } form || !Territory.TryParse(form["territoire"], out var territory))
            {
                return pages.Refused();
            }

            var commune = Communes.Find(form["commune"]);
            var phone = form[HotlineView.PhoneField];
            var found = await workshops.FindAsync(territory, cancellationToken);
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
                    return pages.ShowPrivate<HotlineDetailsPage, DetailsView>(await details.ShowAsync(
                        WorkshopChoices.Draft(territory, chosen, insee: null, BookingDraft.DrawNonce()),
                        new PersonForm { Phone = phone },
                        FormErrors.None,
                        cancellationToken));
            }
        }, cancellationToken);

    private async Task<IResult> ListAsync(Territory territory, Commune? commune, string? topic, string? phone, CancellationToken cancellationToken) =>
        pages.ShowPrivate<HotlineWorkshopsPage, HotlineWorkshopsView>(new HotlineWorkshopsView(
            territory,
            commune,
            topic,
            phone,
            workshops.Show(await workshops.FindAsync(territory, cancellationToken), commune?.Insee, HotlineWorkshopsView.MaxPlaces)));
}
