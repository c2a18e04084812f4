using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Booking;
using Rdv.Pages.Shared;
using Rdv.Pages.Waiting;
using Rdv.Waiting;

namespace Rdv.Functions.Pages.Waiting;

/// <summary>The link of someone who waits: what they were offered, a button to take it and one to wait no more.</summary>
public sealed class WaitingPages(
    FindWaiting find, ClaimOffer claim, LeaveWaitingList leave, WaitingViews views, Links links, PageResults pages, KeyPages keys, RdvSettings settings)
{
    [Function("WaitingPage")]
    public Task<IResult> ShowAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "p/{person}/{key}")] HttpRequest request,
        string person, string key, CancellationToken cancellationToken) => keys.RunAsync(request, async () =>
        WaitingId.TryParse(person, out var id)
            ? await find.ExecuteAsync(id, new Access.ByKey(key), cancellationToken) switch
            {
                WaitingFound.Waits(var who, var free) => pages.ShowByKey<WaitingPage, WaitingView>(await views.OfAsync(
                    who, free, request.Query["nouveau"] == "1" && free.Count == 0 ? WaitingNews.Asked : WaitingNews.None, [], cancellationToken)),
                WaitingFound.Closed => pages.WaitingClosed(),
                _ => null,
            }
            : null);

    [Function("ClaimOfferPage")]
    public async Task<IResult> ClaimAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "p/{person}/{key}")] HttpRequest request,
        string person, string key, CancellationToken cancellationToken)
    {
        if (await PostedForm.ReadAsync(request, settings, cancellationToken, opaqueIsOurs: true) is not { } form
            || !SlotValue.TryParse(form["creneau"], out var slot))
        {
            return pages.Refused();
        }

        return await keys.RunAsync(request, async () => WaitingId.TryParse(person, out var id)
            ? await claim.ExecuteAsync(
                new ClaimRequest(id, new Access.ByKey(key), BookingDraft.InstantOf(id.Territory, slot.Start), slot.PlaceId), cancellationToken) switch
            {
                ClaimOutcome.Booked(var appointment, var repeated) => PageResults.SeeOther(
                    $"/r/{appointment.Reference}/{links.KeyOf(appointment)}?nouveau={(repeated ? "deja" : "1")}"),
                ClaimOutcome.Gone(var who, var alternatives) => pages.ShowByKey<WaitingPage, WaitingView>(
                    await views.OfAsync(who, [], WaitingNews.Gone, alternatives, cancellationToken), StatusCodes.Status409Conflict),
                ClaimOutcome.NoSuchOffer(var who) => pages.ShowByKey<WaitingPage, WaitingView>(
                    await views.OfAsync(who, [], WaitingNews.Gone, [], cancellationToken), StatusCodes.Status409Conflict),
                ClaimOutcome.TooMany => pages.TooMany(),
                ClaimOutcome.Closed => pages.WaitingClosed(),
                ClaimOutcome.Busy => pages.Busy(),
                _ => null,
            }
            : null);
    }

    [Function("LeaveWaitingListPage")]
    public async Task<IResult> LeaveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "p/{person}/{key}/retirer")] HttpRequest request,
        string person, string key, CancellationToken cancellationToken)
    {
        if (await PostedForm.ReadAsync(request, settings, cancellationToken, opaqueIsOurs: true) is null)
        {
            return pages.Refused();
        }

        return await keys.RunAsync(request, async () => WaitingId.TryParse(person, out var id)
            ? await leave.ExecuteAsync(id, new Access.ByKey(key), cancellationToken) switch
            {
                LeaveListOutcome.Left => PageResults.SeeOther(WaitingLink.PathOf(id, key)),
                LeaveListOutcome.Busy => pages.Busy(),
                _ => null,
            }
            : null);
    }
}
