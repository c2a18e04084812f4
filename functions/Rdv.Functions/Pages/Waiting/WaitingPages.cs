using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Ids;
using Rdv.Pages.Shared;
using Rdv.Pages.Waiting;
using Rdv.Waiting;

namespace Rdv.Functions.Pages.Waiting;

/// <summary>The link of someone who waits: what they were offered, a button to take it and one to wait no more.</summary>
public sealed class WaitingPages(
    FindWaiting find, ClaimOffer claim, LeaveWaitingList leave, WaitingViews views, Links links, PageResults pages, KeyPages keys, FormPages forms)
{
    [Function("WaitingPage")]
    public Task<IResult> ShowAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "p/{person}/{key}")] HttpRequest request,
        string person, string key, CancellationToken cancellationToken) => keys.RunAsync(request, async () =>
        WaitingId.TryParse(person, out var id) && (await find.ExecuteAsync(id, new Access.ByKey(key), cancellationToken)).Succeeded(out var found)
            ? await ShowAsync(found, request.Query["nouveau"] == "1" && found.Free.Count == 0 ? WaitingNews.Asked : WaitingNews.None, cancellationToken)
            : null);

    [Function("ClaimOfferPage")]
    public Task<IResult> ClaimAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "p/{person}/{key}")] HttpRequest request,
        string person, string key, CancellationToken cancellationToken) => forms.RunByKeyAsync(request, async form =>
        !SlotValue.TryParse(form["creneau"], out var slot) ? pages.Refused()
        : WaitingId.TryParse(person, out var id)
            ? await ClaimAsync(
                new ClaimRequest(id, new Access.ByKey(key), BookingDraft.InstantOf(id.Territory, slot.Start), slot.PlaceId), cancellationToken)
            : null,
        cancellationToken);

    [Function("LeaveWaitingListPage")]
    public Task<IResult> LeaveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "p/{person}/{key}/retirer")] HttpRequest request,
        string person, string key, CancellationToken cancellationToken) => forms.RunByKeyAsync(request, async _ =>
        WaitingId.TryParse(person, out var id) && (await leave.ExecuteAsync(id, new Access.ByKey(key), cancellationToken)).Succeeded(out var left)
            ? PageResults.SeeOther(WaitingLink.PathOf(left, key))
            : null,
        cancellationToken);

    private async Task<IResult> ShowAsync(FoundWaiting found, WaitingNews news, CancellationToken cancellationToken) => found.Person is { } who
        ? pages.ShowByKey<WaitingPage, WaitingView>(await views.OfAsync(who, found, news, [], cancellationToken))
        : pages.WaitingClosed();

    private async Task<IResult?> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        await (await claim.ExecuteAsync(request, cancellationToken)).Match(
            claimed => Task.FromResult<IResult?>(PageResults.SeeOther(
                $"{ManageLink.PathOf(claimed.Appointment, links)}?{News(claimed)}")),
            async refusal => refusal switch
            {
                Refusal.SlotTaken { Alternatives: var alternatives } => await GoneAsync(request, alternatives, cancellationToken),
                Refusal.Invalid => await GoneAsync(request, [], cancellationToken),
                Refusal.TooMany => pages.TooMany(),
                Refusal.NotFound => null,
                _ => pages.WaitingClosed(),
            });

    /// <summary>What the page of the appointment says first: whoever had one has moved it.</summary>
    internal static string News(Booked claimed) => claimed switch
    {
        { Appointment.Version: > 1 } => "deplace=1",
        { Repeated: true } => "nouveau=deja",
        _ => "nouveau=1",
    };

    /// <summary>They go on waiting, unless they have left the list in this very moment.</summary>
    private async Task<IResult?> GoneAsync(ClaimRequest request, IReadOnlyList<Slot> alternatives, CancellationToken cancellationToken) =>
        !(await find.ExecuteAsync(request.Id, request.Access, cancellationToken)).Succeeded(out var found) ? null
        : found.Person is not { } who ? pages.WaitingClosed()
        : pages.ShowByKey<WaitingPage, WaitingView>(
            await views.OfAsync(who, found with { Free = [] }, WaitingNews.Gone, alternatives, cancellationToken), StatusCodes.Status409Conflict);
}
