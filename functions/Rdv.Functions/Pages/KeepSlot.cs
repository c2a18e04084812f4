using Microsoft.AspNetCore.Http;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Functions.Http;
using Rdv.Ids;
using Rdv.Pages.Shared;
using Rdv.Territories;

namespace Rdv.Functions.Pages;

/// <summary>Keeps a slot for a browser. One browser keeps one slot: choosing another gives the first one back.</summary>
public sealed class KeepSlot(HoldSlot holds, ClientCookie cookie, LimitSettings limits)
{
    /// <param name="insee">The commune that was searched from; null when the search was of a whole territory.</param>
    /// <param name="page">The random number of the page on which the slot was chosen: a second click is the same request.</param>
    /// <param name="forCaller">An operator keeps it: one after the other, for people who have no browser.</param>
    public async Task<Result<Held>> ExecuteAsync(
        HttpRequest request, Territory territory, Topic topic, SlotValue slot, Wish wish, string? insee, string? page, CancellationToken cancellationToken, bool forCaller = false)
    {
        var client = cookie.Read(request);
        var holding = forCaller ? null : limits.Holding(request, client.IsKnown ? limits.HoldsPerAddress : limits.HoldsPerClient);
        await ReleaseAsync(client.Hold, holding, cancellationToken);
        var result = await holds.ExecuteAsync(
            new HoldRequest(
                territory,
                topic.Id,
                BookingDraft.InstantOf(territory, slot.Start),
                slot.PlaceId.Value,
                wish.Advisor?.Value,
                RequestIdentity.Of("page-hold", string.IsNullOrEmpty(page) ? null : $"{page}|{topic.Id}|{slot}{wish.Query}", ""))
            {
                Client = holding,
                OnWeb = !forCaller,
                Means = MeansWords.Of(wish.Means),
                Signs = wish.Signs,
                Home = insee,
            },
            cancellationToken);
        cookie.Write(request.HttpContext.Response, client with { Hold = result.Succeeded(out var held) ? held.Token.ToString() : null });
        return result;
    }

    private async Task ReleaseAsync(string? hold, HoldingClient? holding, CancellationToken cancellationToken)
    {
        if (!HoldToken.TryParse(hold, out var token))
        {
            return;
        }

        try
        {
            await holds.ReleaseAsync(token, cancellationToken, holding);
        }
        catch (Exception exception) when (exception is StorageUnavailableException or ContendedException or UnknownOutcomeException)
        {
            // It expires by itself.
        }
    }
}
