using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Pages.Booking;
using Rdv.Pages.Hotline;
using Rdv.Pages.Shared;

namespace Rdv.Functions.Pages.Hotline;

/// <summary>Free slots for a caller. A POST though it changes nothing: the caller's number goes with it.</summary>
public sealed class HotlineSlots(SearchSlots search, SearchElsewhere elsewhere, StaffPages staff, PageResults pages, RdvSettings settings, IClock clock)
{
    [Function("HotlineSlotsPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "hotline/creneaux")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.RunAsync(request, "/hotline", member => member.MayUseHotline, async _ =>
        {
            if (await PostedForm.ReadAsync(request, settings, cancellationToken) is not { } form || Topics.Find(form[HotlineView.TopicField]) is not { } topic)
            {
                return pages.Refused();
            }

            var phone = form[HotlineView.PhoneField];
            var (where, commune, matches) = CallerPlace.Find(form);
            if (where is not { } territory)
            {
                var again = new HotlineView(Where: form[HotlineView.WhereField], Topic: topic.Id, Matches: matches, Phone: phone);
                return matches.Count > 0
                    ? pages.ShowPrivate<HotlinePage, HotlineView>(again)
                    : pages.ShowPrivate<HotlinePage, HotlineView>(
                        again with { Errors = FormErrors.Of(HotlineView.WhereField, "Nous ne connaissons pas cette commune ni ce département.") },
                        StatusCodes.Status400BadRequest);
            }

            var window = Window.Of(territory, Query.ToDate(form["du"]), settings, clock);
            var asked = new SlotSearch(territory, topic.Id, window.From, Insee: commune?.Insee);
            if (!(await search.ExecuteAsync(asked, cancellationToken)).Succeeded(out var found))
            {
                return pages.Refused();
            }

            var view = HotlineSlotsView.Of(found, commune, topic, phone, window.Today, window.Horizon, BookingDraft.DrawNonce());
            return pages.ShowPrivate<HotlineSlotsPage, HotlineSlotsView>(
                view with { Elsewhere = ElsewhereChoice.Of(await elsewhere.ExecuteAsync(asked, found, cancellationToken)) });
        }, cancellationToken);
}
