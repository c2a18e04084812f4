using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Directory;
using Rdv.Pages.Booking;
using Rdv.Territories;

namespace Rdv.Functions.Pages.Booking;

public sealed class ShowCommunes(ITerritoryDirectories directories, PageResults pages)
{
    private const int MaxMatches = 10;

    [Function("CommunePage")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "commune")] HttpRequest request, CancellationToken cancellationToken)
    {
        var typed = Query.Text(request, WhereView.Field);
        var communes = Communes.Search(typed, MaxMatches);
        return communes switch
        {
            [] when Communes.Suggest(typed) is { Count: > 0 } near => pages.Show<CommunePage, WhereView>(WhereView.Guess(typed!, near)),
            [] => pages.Show<CommunePage, WhereView>(WhereView.NotFound(typed), StatusCodes.Status404NotFound),
            [var only] => PageResults.SeeOther("/sujet?commune=" + only.Insee),
            _ => pages.Show<CommunePage, WhereView>(WhereView.Choose(typed!, await ServedFirstAsync(communes, typed!, cancellationToken))),
        };
    }

    /// <summary>Where an advisor receives comes first, and of these what is called just so.</summary>
    private async Task<IReadOnlyList<Commune>> ServedFirstAsync(IReadOnlyList<Commune> communes, string typed, CancellationToken cancellationToken)
    {
        var served = new HashSet<Territory>();
        foreach (var territory in communes.Select(commune => commune.Territory).Distinct())
        {
            if (!(await directories.GetAsync(territory, cancellationToken)).IsEmpty)
            {
                served.Add(territory);
            }
        }

        return [.. communes.OrderByDescending(commune => served.Contains(commune.Territory)).ThenByDescending(commune => Communes.IsName(commune, typed))];
    }
}
