using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Pages.Booking;
using Rdv.Pages.Shared;

namespace Rdv.Functions.Pages.Booking;

public sealed class ShowDetails(BookingDrafts drafts, Details details, PageResults pages)
{
    [Function("DetailsPage")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "reserver")] HttpRequest request, CancellationToken cancellationToken) =>
        drafts.Open(Query.Text(request, "demande")) is { } draft
            ? pages.ShowPrivate<DetailsPage, DetailsView>(await details.ShowAsync(draft, new PersonForm { ForOther = Query.Text(request, PersonForm.ForField) == PersonForm.ForOtherValue, Needs = draft.Wish.Needs }, FormErrors.None, cancellationToken))
            : pages.StartAgain();
}
