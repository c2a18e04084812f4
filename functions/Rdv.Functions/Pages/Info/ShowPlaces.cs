using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Rdv.Directory;
using Rdv.Functions.Http;
using Rdv.Ids;
using Rdv.Pages.Info;
using Rdv.Pages.Shared;
using Rdv.Territories;

namespace Rdv.Functions.Pages.Info;

/// <summary>Where advisors receive, and the links that a town hall puts on its own site.</summary>
public sealed class ShowPlaces(ITerritoryDirectories directories, PageResults pages, RdvSettings settings, IClock clock)
{
    [Function("PlacesPage")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "lieux")] HttpRequest request, CancellationToken cancellationToken) =>
        Query.Text(request, PlacesView.Field) is { } asked ? await ShowAsync(asked, cancellationToken) : pages.Show<PlacesPage, PlacesView>(PlacesView.Empty);

    /// <summary>Opens the booking at a place, or at the places of a structure; at the hours when the topic is named too.</summary>
    [Function("PlaceLinkPage")]
    public async Task<IResult> OpenAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "chez/{territory}/{id}")] HttpRequest request,
        string territory, string id, CancellationToken cancellationToken) =>
        Territory.TryParse(territory, out var where) && DirectoryIds.IsValid(id)
            ? Open(await directories.GetAsync(where, cancellationToken), id, Topics.Find(Query.Text(request, "sujet")))
            : pages.NoSuchPage();

    /// <summary>Opens the booking with one advisor, at the hours when the topic is named too.</summary>
    [Function("AdvisorLinkPage")]
    public async Task<IResult> OpenWithAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "avec/{territory}/{id}")] HttpRequest request,
        string territory, string id, CancellationToken cancellationToken) =>
        Territory.TryParse(territory, out var where) && DirectoryIds.IsValid(id)
            ? OpenWith(await directories.GetAsync(where, cancellationToken), new AdvisorId(id), Topics.Find(Query.Text(request, "sujet")))
            : pages.NoSuchPage();

    /// <summary>The sheet for the door of a place, whose code opens the booking there.</summary>
    [Function("PosterPage")]
    public async Task<IResult> ShowPosterAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "chez/{territory}/{id}/affiche")] HttpRequest request,
        string territory, string id, CancellationToken cancellationToken) =>
        Territory.TryParse(territory, out var where) && DirectoryIds.IsValid(id)
        && await directories.GetAsync(where, cancellationToken) is var directory && PlaceOf(directory, id) is { } place
            ? pages.Show<PosterPage, PosterView>(PosterView.Of(directory, place, settings.SiteBaseUrl, clock.GetCurrentInstant().InZone(where.Zone).Date))
            : pages.NoSuchPage();

    private async Task<IResult> ShowAsync(string asked, CancellationToken cancellationToken)
    {
        // "59" begins the postcode of Lille, and means the Nord.
        var named = Communes.FindTerritory(asked);
        var commune = Communes.Search(asked, 1) is [var found] && (named is null || Communes.IsName(found, asked)) ? found : null;
        return (named ?? commune?.Territory) is { } territory
            ? pages.Show<PlacesPage, PlacesView>(PlacesView.Of(
                asked,
                await directories.GetAsync(territory, cancellationToken),
                commune?.Territory == territory ? commune.Insee : null,
                clock.GetCurrentInstant().InZone(territory.Zone).Date)).Compress()
            : pages.Show<PlacesPage, PlacesView>(PlacesView.NotFound(asked), StatusCodes.Status404NotFound);
    }

    private IResult Open(TerritoryDirectory directory, string id, Topic? topic)
    {
        var place = PlaceOf(directory, id);
        return place is null ? pages.NoSuchPage()
            : Communes.Find(place.Insee) is not { } commune ? PageResults.SeeOther("/")
            : PageResults.SeeOther(Address(commune, topic, $"&lieu={place.Id}"));
    }

    /// <summary>Nearness is told from where the advisor is first in the week.</summary>
    private IResult OpenWith(TerritoryDirectory directory, AdvisorId id, Topic? topic) =>
        directory.Advisors.GetValueOrDefault(id) is not { } advisor || clock.GetCurrentInstant().InZone(directory.Territory.Zone).Date >= advisor.LeavesOn ? pages.NoSuchPage()
            : advisor.Hours.Select(period => directory.Places.GetValueOrDefault(period.PlaceId)).FirstOrDefault(place => place is not null) is not { } place
                || Communes.Find(place.Insee) is not { } commune ? PageResults.SeeOther("/")
            : PageResults.SeeOther(Address(commune, topic, new Wish { Advisor = id }.Query));

    private static string Address(Commune commune, Topic? topic, string carried) =>
        topic is null ? $"/sujet?commune={commune.Insee}{carried}" : $"/creneaux?commune={commune.Insee}&sujet={topic.Id}{carried}";

    /// <summary>The place of that id, or the first of the structure that is called so.</summary>
    private static Place? PlaceOf(TerritoryDirectory directory, string id) => directory.Places.GetValueOrDefault(new PlaceId(id))
        ?? directory.Places.Values.Where(one => one.StructureId.Value == id).OrderBy(one => one.Name, StringComparer.Ordinal).FirstOrDefault();
}
