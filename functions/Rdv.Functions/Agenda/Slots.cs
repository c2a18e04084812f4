using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Functions.Http;
using Rdv.Territories;

namespace Rdv.Functions.Agenda;

public sealed class Slots(SearchSlots search, SearchElsewhere elsewhere, IClock clock)
{
    [Function("Slots")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/territories/{territory}/slots")] HttpRequest request,
        string territory,
        CancellationToken cancellationToken) => Answer.OrProblem(async () =>
    {
        if (!Territory.TryParse(territory, out var parsed))
        {
            return Problems.NotFound();
        }

        var errors = new FieldErrors();
        var query = new SlotSearch(
            parsed,
            Values.Text(request, "topic"),
            Values.Day(request, "from", errors),
            Values.Number(request, "days", SearchSlots.DefaultDays, errors),
            Values.Text(request, "structure") is { } structure ? new StructureId(structure) : null,
            Values.Text(request, "place") is { } place ? new PlaceId(place) : null,
            Values.Text(request, "advisor") is { } advisor ? new AdvisorId(advisor) : null,
            Values.Text(request, "insee"));
        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        return await search.ExecuteAsync(query, cancellationToken) switch
        {
            SearchOutcome.Found found => Json.Ok(new SlotSearchView(
                parsed.Code,
                parsed.Zone.Id,
                Values.Format(found.From),
                found.Days,
                SlotView.Of(found.Slots, parsed),
                found.NextAvailable is { } next ? SlotView.Of(next, parsed) : null,
                query.Insee is not null && found.Slots.Count == 0
                    ? [.. (await elsewhere.ExecuteAsync(query, found, cancellationToken)).Select(slot => ElsewhereView.Of(slot, clock.GetCurrentInstant()))]
                    : null)),
            SearchOutcome.Invalid invalid => Problems.Invalid(invalid.Errors),
            _ => throw new InvalidOperationException("An outcome without an answer."),
        };
    });
}
