using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Functions.Http;
using Rdv.Pages.Booking;
using Rdv.Pages.Shared;

namespace Rdv.Functions.Pages.Booking;

public sealed class ShowSlots(SearchSlots search, SearchElsewhere elsewhere, PageResults pages, RdvSettings settings, IClock clock)
{
    [Function("SlotsPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "creneaux")] HttpRequest request, CancellationToken cancellationToken) =>
        (Communes.Find(Query.Text(request, "commune")), Topics.Find(Query.Text(request, "sujet"))) switch
        {
            (null, _) => Task.FromResult(PageResults.SeeOther("/")),
            ({ } commune, null) => Task.FromResult(PageResults.SeeOther("/sujet?commune=" + commune.Insee)),
            ({ } commune, { } topic) => ShowAsync(request, commune, topic, cancellationToken),
        };

    private async Task<IResult> ShowAsync(HttpRequest request, Commune commune, Topic topic, CancellationToken cancellationToken)
    {
        var window = Window.Of(commune.Territory, Query.Date(request, "du"), settings, clock);
        var wish = Wish.Read(field => Query.Text(request, field));
        var asked = wish.In(new SlotSearch(commune.Territory, topic.Id, window.From, SlotsView.Days, Insee: commune.Insee));
        if (!(await search.ExecuteAsync(asked, cancellationToken)).Succeeded(out var found))
        {
            return pages.StartAgain();
        }

        var view = SlotsView.Of(
            commune,
            topic,
            found,
            Query.Number(request, "lieux", SlotsView.FewPlaces, SlotsView.AllPlaces),
            window.Today,
            window.Horizon,
            BookingDraft.DrawNonce(),
            Query.Place(request),
            wish);
        return pages.Show<SlotsPage, SlotsView>(
            view with { Elsewhere = ElsewhereChoice.Of(await elsewhere.ExecuteAsync(asked, found, cancellationToken)) }).Compress();
    }
}
