using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Pages.Booking;
using Rdv.Pages.Shared;
using Rdv.Territories;

namespace Rdv.Functions.Pages.Booking;

public sealed class ChooseSlot(KeepSlot keep, BookingDrafts drafts, ITerritoryDirectories directories, PageResults pages, RdvSettings settings)
{
    [Function("ChooseSlotPage")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "reserver/heure")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (await PostedForm.ReadAsync(request, settings, cancellationToken) is not { } form
            || Communes.Find(form["commune"]) is not { } commune
            || Topics.Find(form["sujet"]) is not { } topic
            || !SlotValue.TryParse(form["creneau"], out var slot))
        {
            return pages.Refused();
        }

        // A place of a neighbouring département, when nothing was free at home.
        var territory = Territory.TryParse(form["departement"], out var other) && Neighbours.Of(commune.Territory).Contains(other) ? other : commune.Territory;
        return await pages.RunAsync(async () => await keep.ExecuteAsync(request, territory, topic, slot, form["jeton"], cancellationToken) switch
        {
            HoldOutcome.Held held => PageResults.SeeOther("/reserver?demande=" + drafts.Seal(new BookingDraft(
                territory, topic, slot, commune.Insee, held.Token.ToString(), held.ExpiresAt, BookingDraft.DrawNonce()))),
            HoldOutcome.SlotTaken taken => pages.Show<SlotTakenPage, SlotTakenView>(
                new SlotTakenView(
                    Words.Moment(slot.Start),
                    SlotList.Alternatives(await directories.GetAsync(territory, cancellationToken), taken.Alternatives),
                    "/reserver/heure",
                    [new("commune", commune.Insee), new("departement", territory.Code), new("sujet", topic.Id), new("jeton", BookingDraft.DrawNonce())],
                    BooksAtOnce: false,
                    Addresses.Slots(commune.Insee, topic.Id)),
                StatusCodes.Status409Conflict),
            // The hour has come too near, or the place has gone, since the page was shown.
            HoldOutcome.Invalid => PageResults.SeeOther(Addresses.Slots(commune.Insee, topic.Id)),
            _ => pages.Busy(),
        });
    }
}
