using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Functions.Pages.Booking;
using Rdv.Functions.Pages.Workshops;
using Rdv.Pages.Booking;
using Rdv.Pages.Hotline;
using Rdv.Pages.Shared;
using Rdv.Pages.Workshops;

namespace Rdv.Functions.Pages.Hotline;

public sealed class HotlineSubmit(
    BookAppointment book,
    BookingDrafts drafts,
    Details details,
    WorkshopChoices workshops,
    ITerritoryDirectories directories,
    StaffPages staff,
    PageResults pages,
    RdvSettings settings)
{
    [Function("HotlineSubmitPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "hotline/reserver")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.RunAsync(request, "/hotline", member => member.MayUseHotline, async member =>
        {
            if (await PostedForm.ReadAsync(request, settings, cancellationToken) is not { } form || drafts.Open(form["demande"]) is not { } draft)
            {
                return pages.Refused();
            }

            if (draft.Seat is null && SlotValue.TryParse(form["creneau"], out var other))
            {
                draft = draft with { Slot = other, Hold = null, KeptUntil = null };
            }

            return await BookAsync(
                await workshops.WithOtherAsync(draft, form[WorkshopList.Field], cancellationToken), PersonForm.Read(field => form[field]), member.Actor, cancellationToken);
        }, cancellationToken);

    private async Task<IResult> BookAsync(BookingDraft draft, PersonForm person, Actor by, CancellationToken cancellationToken)
    {
        var outcome = await book.ExecuteAsync(draft.ToRequest(person, by), cancellationToken);
        if (await workshops.GoneAsync(outcome, draft, person, "/hotline/reserver", "/hotline", cancellationToken) is { } gone)
        {
            return pages.ShowPrivate<WorkshopGonePage, WorkshopGoneView>(gone, StatusCodes.Status409Conflict);
        }

        return outcome switch
        {
            BookOutcome.Booked(var appointment, _, var repeated) => PageResults.SeeOther(
                $"/hotline/rendez-vous/{appointment.Reference}?nouveau={(repeated && !person.IsIn(appointment) ? "deja" : "1")}"),
            BookOutcome.SlotTaken taken => pages.ShowPrivate<SlotTakenPage, SlotTakenView>(
                new SlotTakenView(
                    Words.Moment(draft.Slot.Start),
                    SlotList.Alternatives(await directories.GetAsync(draft.Territory, cancellationToken), taken.Alternatives),
                    "/hotline/reserver",
                    [new("demande", drafts.Seal(draft)), .. person.Hidden],
                    BooksAtOnce: true,
                    "/hotline"),
                StatusCodes.Status409Conflict),
            BookOutcome.Invalid invalid => pages.ShowPrivate<HotlineDetailsPage, DetailsView>(
                await details.ShowAsync(draft, person, FormErrors.Of(invalid.Errors), cancellationToken), StatusCodes.Status400BadRequest),
            BookOutcome.TooMany => pages.TooMany(),
            BookOutcome.IdempotencyMismatch => pages.StartAgain(),
            _ => pages.Busy(),
        };
    }
}
