using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Directory;
using Rdv.Pages.Booking;

namespace Rdv.Functions.Pages.Booking;

public sealed class ShowCommunes(ServedCommunes served, PageResults pages)
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
            _ => pages.Show<CommunePage, WhereView>(WhereView.Choose(typed!, await served.FirstAsync(communes, typed!, cancellationToken))),
        };
    }
}
