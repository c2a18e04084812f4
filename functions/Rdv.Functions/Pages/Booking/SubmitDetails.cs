using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Functions.Pages.Workshops;
using Rdv.Pages.Booking;
using Rdv.Pages.Shared;
using Rdv.Pages.Workshops;

namespace Rdv.Functions.Pages.Booking;

public sealed class SubmitDetails(
    BookAppointment book,
    BookingDrafts drafts,
    Details details,
    WorkshopChoices workshops,
    ITerritoryDirectories directories,
    Links links,
    PageResults pages,
    RdvSettings settings)
{
    [Function("SubmitDetailsPage")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "reserver")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (await PostedForm.ReadAsync(request, settings, cancellationToken) is not { } form)
        {
            return pages.Refused();
        }

        if (drafts.Open(form["demande"]) is not { } draft)
        {
            return pages.StartAgain();
        }

        // Another hour, chosen when the first one turned out to be taken.
        if (draft.Seat is null && SlotValue.TryParse(form["creneau"], out var other))
        {
            draft = draft with { Slot = other, Hold = null, KeptUntil = null };
        }

        return await pages.RunAsync(async () => await BookAsync(
            await workshops.WithOtherAsync(draft, form[WorkshopList.Field], cancellationToken), PersonForm.Read(field => form[field]), cancellationToken));
    }

    private async Task<IResult> BookAsync(BookingDraft draft, PersonForm person, CancellationToken cancellationToken)
    {
        var outcome = await book.ExecuteAsync(draft.ToRequest(person, Actor.Citizen), cancellationToken);
        if (await workshops.GoneAsync(outcome, draft, person, "/reserver", "/", cancellationToken) is { } gone)
        {
            return pages.ShowPrivate<WorkshopGonePage, WorkshopGoneView>(gone, StatusCodes.Status409Conflict);
        }

        switch (outcome)
        {
            case BookOutcome.Booked(var appointment, _, var repeated):
                var news = repeated && !person.IsIn(appointment) ? "deja" : "1";
                return PageResults.SeeOther($"/r/{appointment.Reference}/{links.KeyOf(appointment)}?nouveau={news}");
            case BookOutcome.SlotTaken taken:
                return pages.ShowPrivate<SlotTakenPage, SlotTakenView>(
                    new SlotTakenView(
                        Words.Moment(draft.Slot.Start),
                        SlotList.Alternatives(await directories.GetAsync(draft.Territory, cancellationToken), taken.Alternatives),
                        "/reserver",
                        [new("demande", drafts.Seal(draft)), .. person.Hidden],
                        BooksAtOnce: true,
                        Addresses.Slots(draft.Insee, draft.Topic.Id)),
                    StatusCodes.Status409Conflict);
            case BookOutcome.Invalid invalid:
                return pages.ShowPrivate<DetailsPage, DetailsView>(
                    await details.ShowAsync(draft, person, FormErrors.Of(invalid.Errors), cancellationToken), StatusCodes.Status400BadRequest);
            case BookOutcome.TooMany:
                return pages.TooMany();
            case BookOutcome.IdempotencyMismatch:
                return pages.StartAgain();
            default:
                return pages.Busy();
        }
    }
}
