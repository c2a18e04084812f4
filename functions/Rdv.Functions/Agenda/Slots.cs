using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Rdv.Agenda;
using Rdv.Functions.Http;

namespace Rdv.Functions.Agenda;

public sealed class Slots(SearchSlots search, SearchElsewhere elsewhere, IClock clock)
{
    [Function("Slots")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/territories/{territory}/slots")] HttpRequest request,
        string territory,
        CancellationToken cancellationToken) =>
            SlotSearchQuery.Read(request, territory).ToHttpAsync(async asked =>
                await (await search.ExecuteAsync(asked, cancellationToken)).ToHttpAsync(async found =>
                    Json.Ok(SlotSearchView.Of(found, await ElsewhereAsync(asked, found, cancellationToken))).Compress()));

    /// <summary>Null where nearness was not asked for, or something was found.</summary>
    private async Task<IReadOnlyList<ElsewhereView>?> ElsewhereAsync(SlotSearch asked, SlotsFound found, CancellationToken cancellationToken) =>
        asked.Insee is not null && found.Slots.Count == 0
            ? [.. (await elsewhere.ExecuteAsync(asked, found, cancellationToken)).Select(slot => ElsewhereView.Of(slot, clock.GetCurrentInstant()))]
            : null;
}
