using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Directory;
using Rdv.Functions.Pages.Booking;
using Rdv.Pages.Hotline;
using Rdv.Pages.Shared;
using Rdv.Territories;

namespace Rdv.Functions.Pages.Hotline;

/// <summary>Keeps the slot while the caller answers. The form comes with the answer, not behind a redirect: the number stays out of addresses.</summary>
public sealed class HotlineChooseSlot(CallerDesk desk, KeepSlot keep, BookingFlow flow, FormPages forms, PageResults pages)
{
    [Function("HotlineChooseSlotPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "hotline/reserver/heure")] HttpRequest request, CancellationToken cancellationToken) =>
        forms.RunForHotlineAsync(request, "/hotline", async (_, form) => Territory.TryParse(form["territoire"], out var territory)
            && Topics.Find(form[HotlineView.TopicField]) is { } topic
            && SlotValue.TryParse(form["creneau"], out var slot)
                ? await KeepAsync(request, form, territory, topic, slot, cancellationToken)
                : null, cancellationToken);

    private async Task<IResult> KeepAsync(
        HttpRequest request, PostedForm form, Territory territory, Topic topic, SlotValue slot, CancellationToken cancellationToken)
    {
        var caller = CallerForm.Read(field => form[field]);
        var wish = Wish.Read(field => form[field]) with { Advisor = null };
        var insee = wish.Means == Means.Home ? caller.Insee : null;
        var result = await keep.ExecuteAsync(request, territory, topic, slot, wish, insee, form["jeton"], cancellationToken, forCaller: true);
        if (result.Succeeded(out var held))
        {
            var draft = new BookingDraft(territory, topic, slot, insee, held.Token.ToString(), held.ExpiresAt, BookingDraft.DrawNonce()) { Wish = wish };
            return await flow.ShowDetailsAsync(BookingDoor.Hotline, draft, new PersonForm { Phone = caller.Phone, Name = caller.Name, Needs = wish.Needs }, FormErrors.None, cancellationToken, caller.Hidden);
        }

        return result.Refusal switch
        {
            Refusal.SlotTaken taken => await flow.ShowTakenAsync(
                territory,
                slot,
                taken,
                BookingDoor.Hotline.ChooseAddress,
                [
                    .. caller.Hidden.Where(field => field.Key is not ("territoire" or HotlineView.TopicField)),
                    new("territoire", territory.Code), new(HotlineView.TopicField, topic.Id), new("jeton", BookingDraft.DrawNonce()),
                ],
                booksAtOnce: false,
                BookingDoor.Hotline.Home,
                cancellationToken),
            Refusal.Invalid invalid => await desk.ShowAsync(new HotlineView { Form = caller, Errors = FormErrors.Of(invalid.Errors) }, cancellationToken),
            var refusal => pages.Of(refusal!),
        };
    }
}
