using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Directory;
using Rdv.Functions.Http;
using Rdv.Pages.Booking;
using Rdv.Pages.Shared;

namespace Rdv.Functions.Pages.Booking;

public sealed class ShowTopics(PageResults pages)
{
    [Function("TopicPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "sujet")] HttpRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(Communes.Find(Query.Text(request, "commune")) is { } commune
            ? pages.Show<TopicsPage, TopicsView>(TopicsView.Of(commune, Query.Place(request), Wish.Read(field => Query.Text(request, field)))).Compress()
            : PageResults.SeeOther("/"));
}
