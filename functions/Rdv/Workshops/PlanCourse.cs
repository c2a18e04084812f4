using System.Globalization;
using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Language;
using Rdv.Messages;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Workshops;

/// <param name="PlaceId">Null for the place of the course.</param>
public sealed record SessionRequest(Instant? Start, string? PlaceId = null);

/// <summary>A course as it is asked for.</summary>
/// <param name="Minutes">Of each session, a multiple of 5.</param>
/// <param name="PlaceId">Of each session that names no other.</param>
public sealed record CourseRequest(
    Territory Territory,
    AdvisorId AdvisorId,
    string? Title,
    string? Topic,
    int Minutes,
    string? PlaceId,
    int? Seats,
    IReadOnlyList<SessionRequest>? Sessions,
    RequestIdentity Request)
{
    /// <summary>A second advisor in every session, of the same structure; null for none.</summary>
    public string? CoAdvisorId { get; init; }
}

/// <param name="Sessions">By time.</param>
/// <param name="Repeated">This very request had been answered before.</param>
public sealed record CoursePlanned(CourseId Id, IReadOnlyList<Workshop> Sessions, bool Repeated);

/// <summary>Plans all sessions of a course in one transaction: there is never a course of which some days are missing.</summary>
public sealed class PlanCourse(
    IWorkshopStore workshops, IAgendaStore agenda, Writer writer, ITerritoryDirectories directories, WorkshopRules rules, IClock clock)
{
    /// <returns>Refused with all that is wrong at once: the fields of a session are <c>sessions[0].start</c> and <c>sessions[0].placeId</c>.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<CoursePlanned>> ExecuteAsync(CourseRequest request, CancellationToken cancellationToken)
    {
        if (!(await directories.GetAsync(request.Territory, cancellationToken)).Advisors.TryGetValue(request.AdvisorId, out var advisor))
        {
            return new Refusal.NotFound();
        }

        return await writer.WriteAsync<CoursePlanned>(request.Territory, token => DecideAsync(request, advisor, token), cancellationToken);
    }

    private async Task<Decision<CoursePlanned>> DecideAsync(CourseRequest request, Advisor advisor, CancellationToken cancellationToken)
    {
        var asked = request.Sessions?.Count ?? 0;
        var id = CourseId.Of(request.Request, Math.Clamp(asked, CourseId.MinSessions, CourseId.MaxSessions));
        if (await workshops.ReadAsync(request.Territory, id.Session(1), cancellationToken) is { Value: var first })
        {
            return first.Request == request.Request && await workshops.ReadCourseAsync(request.Territory, id, cancellationToken) is { } known
                ? new CoursePlanned(id, [.. known.Sessions.Select(session => session.Value)], Repeated: true)
                : new Refusal.IdempotencyMismatch();
        }

        var errors = new FieldErrors();
        if (await CheckAsync(request, id, advisor, errors, cancellationToken) is not { } sessions)
        {
            return new Refusal.Invalid(errors);
        }

        var draft = new AgendaDraft(agenda, request.Territory);
        var taken = await rules.PlaceAsync(draft, sessions, _ => [], cancellationToken);
        var now = clock.GetCurrentInstant();
        return taken.Count > 0
            ? new Refusal.Overlap($"{string.Join(" ; ", taken.Select(session => FrenchDates.Date(session.Date)))} : {Lowered(WorkshopRules.NoRoom)}")
            : new Decision<CoursePlanned>.Write(
                [
                    .. sessions.Select(session => new RowWrite.Insert(session)),
                    .. draft.Rows(),
                    .. sessions.SelectMany(session => WorkshopNews.Of(MessageKinds.Invite, session, now)),
                    .. sessions.DistinctBy(session => session.Date).SelectMany(session => WorkshopNews.Day(session, now)),
                ],
                new CoursePlanned(id, sessions, Repeated: false));
    }

    /// <returns>By time; null when something is wrong.</returns>
    private async Task<IReadOnlyList<Workshop>?> CheckAsync(
        CourseRequest request, CourseId id, Advisor advisor, FieldErrors errors, CancellationToken cancellationToken)
    {
        var what = WorkshopRules.CheckWhat(request.Title, request.Topic, request.Seats, "au cours", errors);
        var asked = request.Sessions ?? [];
        if (asked.Count is < CourseId.MinSessions or > CourseId.MaxSessions)
        {
            errors.Add("sessions", $"Un cours a de {CourseId.MinSessions} à {CourseId.MaxSessions} séances.");
            return null;
        }

        var earliest = asked.Min(session => session.Start);
        var ofAll = new FieldErrors();
        for (var index = 0; index < asked.Count; index++)
        {
            var session = asked[index];
            var wrong = new FieldErrors();
            await rules.CheckAsync(
                request.Territory,
                advisor.Id,
                session.Start,
                request.Minutes,
                session.PlaceId ?? request.PlaceId,
                wrong,
                cancellationToken,
                session.Start == earliest ? 0 : Course.MaxDays);
            if (session.Start - earliest > Duration.FromDays(Course.MaxDays))
            {
                wrong.Add("start", "Un cours dure six mois au plus.");
            }

            foreach (var (field, messages) in wrong.ByField)
            {
                var ofThis = field == "start" || (field == "placeId" && session.PlaceId is not null);
                foreach (var message in messages.Where(message => ofThis || !ofAll.ByField.GetValueOrDefault(field, []).Contains(message)))
                {
                    (ofThis ? errors : ofAll).Add(ofThis ? string.Create(CultureInfo.InvariantCulture, $"sessions[{index}].{field}") : field, message);
                }
            }
        }

        foreach (var (field, messages) in ofAll.ByField)
        {
            errors.Add(field, messages[0]);
        }

        var second = await rules.CheckSecondAsync(
            request.Territory, advisor, request.CoAdvisorId, asked.Select(session => session.Start), errors, cancellationToken);
        return errors.Any
            ? null
            : [.. asked.OrderBy(session => session.Start).Select((session, index) => new Workshop(
                request.Territory,
                id.Session(index + 1),
                advisor.Id,
                advisor.StructureId,
                new PlaceId((session.PlaceId ?? request.PlaceId)!),
                what!.Value.Title,
                what.Value.Topic.Id,
                session.Start!.Value,
                request.Minutes,
                request.Seats!.Value,
                IsCancelled: false,
                Version: 1,
                clock.GetCurrentInstant(),
                request.Request)
            {
                Session = new SessionOf(id, index + 1),
                CoAdvisorId = second,
            })];
    }

    private static string Lowered(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..];
}
