using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Functions.Pages.Booking;
using Rdv.Pages.Booking;
using Rdv.Pages.Hotline;
using Rdv.Pages.Shared;
using Rdv.Territories;

namespace Rdv.Functions.Pages.Hotline;

/// <summary>Keeps the slot while the caller answers. The form comes with the answer, not behind a redirect: the number stays out of addresses.</summary>
public sealed class HotlineChooseSlot(
    KeepSlot keep, Details details, ITerritoryDirectories directories, StaffPages staff, PageResults pages, RdvSettings settings)
{
    [Function("HotlineChooseSlotPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "hotline/reserver/heure")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.RunAsync(request, "/hotline", member => member.MayUseHotline, async _ =>
        {
            if (await PostedForm.ReadAsync(request, settings, cancellationToken) is not { } form
                || !Territory.TryParse(form["territoire"], out var territory)
                || Topics.Find(form[HotlineView.TopicField]) is not { } topic
                || !SlotValue.TryParse(form["creneau"], out var slot))
            {
                return pages.Refused();
            }

            var phone = form[HotlineView.PhoneField];
            switch (await keep.ExecuteAsync(request, territory, topic, slot, form["jeton"], cancellationToken))
            {
                case HoldOutcome.Held held:
                    var draft = new BookingDraft(territory, topic, slot, null, held.Token.ToString(), held.ExpiresAt, BookingDraft.DrawNonce());
                    return pages.ShowPrivate<HotlineDetailsPage, DetailsView>(
                        await details.ShowAsync(draft, new PersonForm { Phone = phone }, FormErrors.None, cancellationToken));
                case HoldOutcome.SlotTaken taken:
                    return pages.ShowPrivate<SlotTakenPage, SlotTakenView>(
                        new SlotTakenView(
                            Words.Moment(slot.Start),
                            SlotList.Alternatives(await directories.GetAsync(territory, cancellationToken), taken.Alternatives),
                            "/hotline/reserver/heure",
                            [
                                new("territoire", territory.Code), new(HotlineView.TopicField, topic.Id), new(HotlineView.PhoneField, phone),
                                new("jeton", BookingDraft.DrawNonce()),
                            ],
                            BooksAtOnce: false,
                            "/hotline"),
                        StatusCodes.Status409Conflict);
                case HoldOutcome.Invalid invalid:
                    return pages.ShowPrivate<HotlinePage, HotlineView>(
                        new HotlineView(Topic: topic.Id, Where: territory.Code, Phone: phone) { Errors = FormErrors.Of(invalid.Errors) },
                        StatusCodes.Status400BadRequest);
                default:
                    return pages.Busy();
            }
        }, cancellationToken);
}
