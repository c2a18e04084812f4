using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Pages.Shared;
using Rdv.Territories;

namespace Rdv.Functions.Pages.Booking;

public sealed class ChooseSlot(KeepSlot keep, BookingFlow flow, BookingDrafts drafts, FormPages forms, PageResults pages)
{
    [Function("ChooseSlotPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "reserver/heure")] HttpRequest request, CancellationToken cancellationToken) =>
        forms.RunAsync(request, async form => Communes.Find(form["commune"]) is { } commune
            && Topics.Find(form["sujet"]) is { } topic
            && SlotValue.TryParse(form["creneau"], out var slot)
                ? await KeepAsync(request, form, new Choice(Where(form, commune), topic, slot, commune.Insee, Wish.Read(field => form[field])), cancellationToken)
                : null, cancellationToken);

    /// <summary>A place of a neighbouring département, when nothing was free at home.</summary>
    private static Territory Where(PostedForm form, Commune commune) =>
        Territory.TryParse(form["departement"], out var other) && Neighbours.Of(commune.Territory).Contains(other) ? other : commune.Territory;

    private async Task<IResult> KeepAsync(HttpRequest request, PostedForm form, Choice choice, CancellationToken cancellationToken)
    {
        var (territory, topic, slot, insee, wish) = choice;
        var result = await keep.ExecuteAsync(request, territory, topic, slot, wish, insee, form["jeton"], cancellationToken);
        return result.Succeeded(out var held)
            ? GoOn(held.Token.ToString(), held.ExpiresAt)
            : result.Refusal switch
            {
                // More people than usual behind one address: nobody is turned away, only the hour is not kept while the form is filled in.
                Refusal.TooMany => GoOn(hold: null, keptUntil: null),
                Refusal.SlotTaken taken => await flow.ShowTakenAsync(
                    territory,
                    slot,
                    taken,
                    BookingDoor.Public.ChooseAddress,
                    [new("commune", insee), new("departement", territory.Code), new("sujet", topic.Id), new("jeton", BookingDraft.DrawNonce()), .. (wish with { Advisor = null }).Hidden],
                    booksAtOnce: false,
                    Addresses.Slots(insee, topic.Id, wish),
                    cancellationToken),
                // The hour has come too near, or the place has gone, since the page was shown.
                Refusal.Invalid => PageResults.SeeOther(Addresses.Slots(insee, topic.Id, wish)),
                var refusal => pages.Of(refusal!),
            };

        IResult GoOn(string? hold, Instant? keptUntil) => PageResults.SeeOther(
            "/reserver?demande=" + drafts.Seal(new BookingDraft(territory, topic, slot, insee, hold, keptUntil, BookingDraft.DrawNonce()) { Wish = wish }));
    }

    private sealed record Choice(Territory Territory, Topic Topic, SlotValue Slot, string Insee, Wish Wish);
}
