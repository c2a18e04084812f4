using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Rdv.Agenda;
using Rdv.Functions.Http;
using Rdv.Functions.Staff;

namespace Rdv.Functions.Agenda;

public sealed class Slots(SearchSlots search, SearchElsewhere elsewhere, StaffOnly staff, IClock clock)
{
    [Function("Slots")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/territories/{territory}/slots")] HttpRequest request,
        string territory,
        CancellationToken cancellationToken) =>
            FindAsync(SlotSearchQuery.Read(request, territory), answer => answer.Compress(), cancellationToken);

    /// <summary>What an operator may book: what is kept for the telephone too.</summary>
    [Function("HotlineSlots")]
    public Task<IResult> ForHotlineAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/hotline/territories/{territory}/slots")] HttpRequest request,
        string territory,
        CancellationToken cancellationToken) => staff.ForCallerAsync(
            request, _ => FindAsync(SlotSearchQuery.Read(request, territory, onWeb: false), answer => answer, cancellationToken), cancellationToken);

    /// <param name="finish">What anyone may read is compressed; what staff reads is not (BREACH).</param>
    private Task<IResult> FindAsync(Result<SlotSearch> query, Func<IResult, IResult> finish, CancellationToken cancellationToken) =>
        query.ToHttpAsync(async asked =>
            await (await search.ExecuteAsync(asked, cancellationToken)).ToHttpAsync(async found =>
                finish(Json.Ok(SlotSearchView.Of(found, await ElsewhereAsync(asked, found, cancellationToken))))));

    /// <summary>Null where nearness was not asked for, or something was found.</summary>
    private async Task<IReadOnlyList<ElsewhereView>?> ElsewhereAsync(SlotSearch asked, SlotsFound found, CancellationToken cancellationToken) =>
        asked.Insee is not null && found.Slots.Count == 0
            ? [.. (await elsewhere.ExecuteAsync(asked, found, cancellationToken)).Select(slot => ElsewhereView.Of(slot, clock.GetCurrentInstant()))]
            : null;
}
