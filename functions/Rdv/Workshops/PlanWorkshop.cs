using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Workshops;

/// <summary>A workshop as it is asked for.</summary>
/// <param name="Minutes">A multiple of 5.</param>
public sealed record WorkshopRequest(
    Territory Territory,
    AdvisorId AdvisorId,
    string? Title,
    string? Topic,
    Instant? Start,
    int Minutes,
    string? PlaceId,
    int? Seats,
    RequestIdentity Request)
{
    /// <summary>A second advisor, of the same structure; null for none.</summary>
    public string? CoAdvisorId { get; init; }
}

/// <param name="Repeated">This very request had been answered before.</param>
public sealed record WorkshopPlanned(Workshop Workshop, bool Repeated);

/// <summary>
/// Plans a workshop in an advisor's agenda. It need not lie in their opening hours, which are those of individual appointments; it must
/// not lie over anything else.
/// </summary>
public sealed class PlanWorkshop(
    IWorkshopStore workshops, IAgendaStore agenda, Writer writer, ITerritoryDirectories directories, WorkshopRules rules, IClock clock)
{
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<WorkshopPlanned>> ExecuteAsync(WorkshopRequest request, CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(request.Territory, cancellationToken);
        if (!directory.Advisors.TryGetValue(request.AdvisorId, out var advisor))
        {
            return new Refusal.NotFound();
        }

        var id = WorkshopId.Of(request.Request);
        return await writer.WriteAsync<WorkshopPlanned>(
            request.Territory,
            async token =>
            {
                if (await workshops.ReadAsync(request.Territory, id, token) is { Value: var stored })
                {
                    return stored.Request == request.Request ? new WorkshopPlanned(stored, Repeated: true) : new Refusal.IdempotencyMismatch();
                }

                var errors = new FieldErrors();
                if (await CheckAsync(request, id, advisor, errors, token) is not { } workshop)
                {
                    return new Refusal.Invalid(errors);
                }

                var draft = new AgendaDraft(agenda, request.Territory);
                var now = clock.GetCurrentInstant();
                return (await rules.PlaceAsync(draft, [workshop], _ => [], token)).Count > 0
                    ? new Refusal.Overlap(WorkshopRules.NoRoom)
                    : new Decision<WorkshopPlanned>.Write(
                        [
                            new RowWrite.Insert(workshop),
                            .. draft.Rows(),
                            .. WorkshopNews.Of(MessageKinds.Invite, workshop, now),
                            .. WorkshopNews.Day(workshop, now),
                        ],
                        new WorkshopPlanned(workshop, Repeated: false));
            },
            cancellationToken);
    }

    private async Task<Workshop?> CheckAsync(
        WorkshopRequest request, WorkshopId id, Advisor advisor, FieldErrors errors, CancellationToken cancellationToken)
    {
        var what = WorkshopRules.CheckWhat(request.Title, request.Topic, request.Seats, "à l'atelier", errors);
        await rules.CheckAsync(request.Territory, advisor.Id, request.Start, request.Minutes, request.PlaceId, errors, cancellationToken);
        var second = await rules.CheckSecondAsync(request.Territory, advisor, request.CoAdvisorId, [request.Start], errors, cancellationToken);
        return errors.Any
            ? null
            : new Workshop(
                request.Territory,
                id,
                advisor.Id,
                advisor.StructureId,
                new PlaceId(request.PlaceId!),
                what!.Value.Title,
                what.Value.Topic.Id,
                request.Start!.Value,
                request.Minutes,
                request.Seats!.Value,
                IsCancelled: false,
                Version: 1,
                clock.GetCurrentInstant(),
                request.Request)
            {
                CoAdvisorId = second,
            };
    }
}
