using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Rdv.Directory;
using Rdv.Functions.Http;
using Rdv.Territories;

namespace Rdv.Functions.Directory;

/// <summary>Communes, topics and places: what a person chooses from before a time.</summary>
public sealed class ReadDirectory(ITerritoryDirectories directories, IClock clock)
{
    private const int MaxQuery = 100;

    [Function("Communes")]
    public static IResult Communes(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/communes")] HttpRequest request)
    {
        var query = Values.Text(request, "q");
        return query is { Length: > MaxQuery }
            ? Problems.Invalid("q", "Ce nom de commune est trop long.")
            : Json.Ok(Rdv.Directory.Communes.Search(query)
                .Select(commune => new { commune.Name, commune.Postcode, commune.Insee, Territory = commune.Territory.Code })).Compress();
    }

    [Function("Topics")]
    public static IResult TopicList(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/topics")] HttpRequest request) =>
        Json.Ok(Topics.All.Select(topic => new
        {
            topic.Id,
            topic.Label,
            topic.Group,
            Audience = topic.Audience == Audience.Business ? "business" : "citizen",
            topic.Minutes,
        })).Compress();

    [Function("Places")]
    public async Task<IResult> PlacesAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/territories/{territory}/places")] HttpRequest request,
        string territory,
        CancellationToken cancellationToken) => Territory.TryParse(territory, out var parsed)
            ? Json.Ok(Nearest(request, parsed, await directories.GetAsync(parsed, cancellationToken))).Compress()
            : Problems.NotFound();

    private IEnumerable<PlaceView> Nearest(HttpRequest request, Territory territory, TerritoryDirectory directory)
    {
        var nearness = directory.NearnessFrom(Values.Text(request, "insee"));
        var today = clock.GetCurrentInstant().InZone(territory.Zone).Date;
        return directory.Places.Values
            .Where(place => directory.Structures.GetValueOrDefault(place.StructureId)?.MovedTo is null)
            .OrderBy(place => nearness.RankOf(place.Id))
            .Select(place => PlaceView.Of(place, directory, today));
    }
}
