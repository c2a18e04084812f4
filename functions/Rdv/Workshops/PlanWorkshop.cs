using NodaTime;
using Rdv.Agenda;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Dispatch;
using Rdv.People;
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
    RequestIdentity Request);

public abstract record PlanWorkshopOutcome
{
    private PlanWorkshopOutcome()
    {
    }

    /// <param name="Repeated">This very request had been answered before.</param>
    public sealed record Planned(Workshop Workshop, bool Repeated) : PlanWorkshopOutcome;

    /// <summary>The advisor has something else then.</summary>
    public sealed record Overlap : PlanWorkshopOutcome;

    public sealed record Invalid(FieldErrors Errors) : PlanWorkshopOutcome;

    public sealed record IdempotencyMismatch : PlanWorkshopOutcome;

    public sealed record NotFound : PlanWorkshopOutcome;

    public sealed record Busy : PlanWorkshopOutcome;
}

/// <summary>
/// Plans a workshop in an advisor's agenda. It need not lie in their opening hours, which are those of individual appointments; it must
/// not lie over anything else.
/// </summary>
public sealed class PlanWorkshop(
    IWorkshopStore workshops, IAgendaStore agenda, ITransactions transactions, ITerritoryDirectories directories, WorkshopRules rules, IClock clock)
{
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<PlanWorkshopOutcome> ExecuteAsync(WorkshopRequest request, CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(request.Territory, cancellationToken);
        if (!directory.Advisors.TryGetValue(request.AdvisorId, out var advisor))
        {
            return new PlanWorkshopOutcome.NotFound();
        }

        var id = WorkshopId.Of(request.Request);
        var errors = new FieldErrors();
        if (Check(request, id, advisor, directory, errors) is not { } workshop)
        {
            return await FindRepeatedAsync(request, id, cancellationToken) ?? new PlanWorkshopOutcome.Invalid(errors);
        }

        var entry = workshop.ToEntry([]);
        for (var attempt = 1; attempt <= Retries.MaxAttempts; attempt++)
        {
            var month = await agenda.ReadMonthAsync(request.Territory, advisor.Id, workshop.Date.ToYearMonth(), cancellationToken);
            var now = clock.GetCurrentInstant();
            if (!WorkshopRules.Fits(month.Day(workshop.Date), entry, now))
            {
                return await FindRepeatedAsync(request, id, cancellationToken) ?? new PlanWorkshopOutcome.Overlap();
            }

            var outcome = await transactions.CommitAsync(
                request.Territory,
                [
                    month.Write(new Dictionary<int, DayAgenda> { [workshop.Date.Day] = month.Day(workshop.Date).With(entry, now) }, month.HoursVersion),
                    new RowWrite.Insert(workshop),
                    new RowWrite.Insert(WorkshopNews.Of(MessageKinds.Invite, workshop, now)),
                    .. WorkshopNews.Day(workshop, now),
                ],
                cancellationToken);
            if (outcome == CommitOutcome.Committed)
            {
                return new PlanWorkshopOutcome.Planned(workshop, Repeated: false);
            }

            if (await FindRepeatedAsync(request, id, cancellationToken) is { } own)
            {
                return own is PlanWorkshopOutcome.Planned { Workshop: var ours } && ours.CreatedAt == workshop.CreatedAt
                    ? new PlanWorkshopOutcome.Planned(ours, Repeated: false)
                    : own;
            }

            await Retries.PauseAsync(attempt, cancellationToken);
        }

        return new PlanWorkshopOutcome.Busy();
    }

    private Workshop? Check(WorkshopRequest request, WorkshopId id, Advisor advisor, TerritoryDirectory directory, FieldErrors errors)
    {
        var title = PeopleForm.CheckLine(request.Title, "title", "Donnez un titre à l'atelier.", errors);
        var topic = Topics.Find(request.Topic);
        if (topic is null)
        {
            errors.Add("topic", request.Topic is null ? "Choisissez un sujet." : "Ce sujet n'existe pas.");
        }

        if (request.Seats is not { } seats || seats is < 1 or > Workshop.MaxSeats)
        {
            errors.Add("seats", $"Indiquez le nombre de places : de 1 à {Workshop.MaxSeats}.");
        }

        rules.Check(request.Territory, advisor, request.Start, request.Minutes, request.PlaceId, directory, errors);
        return errors.Any
            ? null
            : new Workshop(
                request.Territory,
                id,
                advisor.Id,
                advisor.StructureId,
                new PlaceId(request.PlaceId!),
                title!,
                topic!.Id,
                request.Start!.Value,
                request.Minutes,
                request.Seats!.Value,
                IsCancelled: false,
                Version: 1,
                clock.GetCurrentInstant(),
                request.Request);
    }

    private async Task<PlanWorkshopOutcome?> FindRepeatedAsync(WorkshopRequest request, WorkshopId id, CancellationToken cancellationToken) =>
        (await workshops.ReadAsync(request.Territory, id, cancellationToken))?.Value switch
        {
            null => null,
            var stored when stored.Request == request.Request => new PlanWorkshopOutcome.Planned(stored, Repeated: true),
            _ => new PlanWorkshopOutcome.IdempotencyMismatch(),
        };
}
