using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Directory;
using Rdv.Pages.Shared;
using Rdv.Pages.Workshops;

namespace Rdv.Functions.Pages.Workshops;

/// <summary>Leads to the form. No seat is kept meanwhile.</summary>
public sealed class ChooseWorkshop(WorkshopChoices workshops, BookingDrafts drafts, FormPages forms, PageResults pages)
{
    [Function("ChooseWorkshopPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "ateliers")] HttpRequest request, CancellationToken cancellationToken) =>
        forms.RunAsync(
            request, async form => Communes.Find(form["commune"]) is { } commune ? await ChooseAsync(form, commune, cancellationToken) : null, cancellationToken);

    private async Task<IResult> ChooseAsync(PostedForm form, Commune commune, CancellationToken cancellationToken)
    {
        var found = await workshops.FindAsync(commune.Territory, cancellationToken);
        return WorkshopChoices.Chosen(found, form[WorkshopList.Field]) switch
        {
            // It was cancelled, or has begun, since the page was shown.
            null => PageResults.SeeOther(WorkshopsView.AddressFor(commune.Insee)),
            { SeatsLeft: 0 } full => pages.Show<WorkshopGonePage, WorkshopGoneView>(
                workshops.Full(found, full, commune.Insee, "/ateliers", [new("commune", commune.Insee)], Addresses.Slots(commune.Insee, full.Topic, new Wish())),
                StatusCodes.Status409Conflict),
            var chosen => PageResults.SeeOther(
                "/reserver?demande=" + drafts.Seal(WorkshopChoices.Draft(commune.Territory, chosen, commune.Insee, BookingDraft.DrawNonce()))),
        };
    }
}
