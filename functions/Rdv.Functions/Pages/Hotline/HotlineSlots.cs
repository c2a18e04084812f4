using System.Globalization;
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
public sealed class HotlineSlots(CallerDesk desk, SearchSlots search, SearchElsewhere elsewhere, FormPages forms, PageResults pages, RdvSettings settings, IClock clock)
{
    [Function("HotlineSlotsPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "hotline/creneaux")] HttpRequest request, CancellationToken cancellationToken) =>
        forms.RunForHotlineAsync(
            request, "/hotline", async (_, form) => Topics.Find(form[HotlineView.TopicField]) is { } topic ? await ShowAsync(form, topic, cancellationToken) : null, cancellationToken);

    private async Task<IResult> ShowAsync(PostedForm form, Topic topic, CancellationToken cancellationToken)
    {
        var (where, commune, matches) = CallerPlace.Find(form);
        if (where is not { } territory)
        {
            return await desk.ShowAsync(CallerPlace.AskAgain(form, matches, forWorkshops: false), cancellationToken);
        }

        var window = Window.Of(territory, Query.ToDate(form["du"]), settings, clock);
        var asked = new SlotSearch(territory, topic.Id, window.From, Insee: commune?.Insee, OnWeb: false)
        {
            Means = MeansChoice.Read(form[MeansChoice.OtherField] ?? form[MeansChoice.Field]),
            Signs = Wish.Read(field => form[field]).Signs,
        };
        if (!(await search.ExecuteAsync(asked, cancellationToken)).Succeeded(out var found))
        {
            return pages.Refused();
        }

        var places = int.TryParse(form[HotlineSlotsView.MoreField] ?? form[HotlineSlotsView.PlacesField], NumberStyles.None, CultureInfo.InvariantCulture, out var wanted)
            ? Math.Clamp(wanted, HotlineSlotsView.FewPlaces, HotlineSlotsView.MaxPlaces)
            : HotlineSlotsView.FewPlaces;
        var view = HotlineSlotsView.Of(found, commune, topic, form[HotlineView.PhoneField], places, window.Today, window.Horizon, BookingDraft.DrawNonce()) with { Signs = asked.Signs };
        return pages.ShowPrivate<HotlineSlotsPage, HotlineSlotsView>(
            view with { Elsewhere = ElsewhereChoice.Of(await elsewhere.ExecuteAsync(asked, found, cancellationToken)) });
    }
}
