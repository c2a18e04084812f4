using NodaTime;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Workshops;

/// <summary>
/// A course (cours): several workshops in which one enrols once. It has no row of its own: what is stored are its sessions, and each is moved,
/// cancelled and marked as any workshop (docs/adr/0019).
/// </summary>
/// <param name="Sessions">In the order in which they were planned.</param>
public sealed record Course(CourseId Id, IReadOnlyList<Stored<Workshop>> Sessions)
{
    /// <summary>The last session is at most so many days after the first: one is planned within the horizon, the others follow it.</summary>
    public const int MaxDays = 183;

    public Workshop First => Sessions[0].Value;

    /// <summary>Those that take place and have not begun, by time.</summary>
    public IReadOnlyList<Stored<Workshop>> ToCome(Instant now) =>
        [.. Sessions.Where(session => !session.Value.IsCancelled && session.Value.Start > now).OrderBy(session => session.Value.Start)];

    public bool IsCancelled => Sessions.All(session => session.Value.IsCancelled);

    public bool HasBegun(Instant now) => Sessions.Any(session => HasBegun(session.Value, now));

    public static bool HasBegun(Workshop session, Instant now) => !session.IsCancelled && session.Start <= now;

    /// <summary>What somebody has seen of a course: another number as soon as one of its sessions has moved or was cancelled.</summary>
    public static int Seen(IEnumerable<(WorkshopId Id, int Version)> toCome) =>
        (int)(StableHash.Of(string.Join('|', toCome.OrderBy(session => session.Id.Value, StringComparer.Ordinal).Select(session => $"{session.Id}:{session.Version}"))) & int.MaxValue);
}

public static class Courses
{
    /// <summary>A point read for each session, all at once.</summary>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public static async Task<Course?> ReadCourseAsync(this IWorkshopStore workshops, Territory territory, CourseId id, CancellationToken cancellationToken)
    {
        var read = await Task.WhenAll(Enumerable.Range(1, id.Sessions).Select(number => workshops.ReadAsync(territory, id.Session(number), cancellationToken)));
        return read.All(session => session?.Value.Session?.Course == id) ? new Course(id, [.. read.OfType<Stored<Workshop>>()]) : null;
    }

    /// <summary>
    /// The workshop in which somebody waits for a seat. Whoever waits for a session waits for its course, which begins with the first session that
    /// is to come: a point read for each of them.
    /// </summary>
    /// <returns>Null when there is none, and when the course has begun.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public static async Task<Workshop?> ReadWaitedAsync(
        this IWorkshopStore workshops, Territory territory, WorkshopId id, Instant now, CancellationToken cancellationToken) =>
        (await workshops.ReadAsync(territory, id, cancellationToken))?.Value switch
        {
            { Session: { } session } => await workshops.ReadCourseAsync(territory, session.Course, cancellationToken) is { } course && !course.HasBegun(now)
                ? course.ToCome(now).Select(stored => stored.Value).FirstOrDefault()
                : null,
            var alone => alone,
        };

    /// <summary>The workshop with those that one is seated in with it: itself, or the sessions of its course that are to come.</summary>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public static async Task<IReadOnlyList<Workshop>> WithSessionsAsync(
        this IWorkshopStore workshops, Workshop workshop, Instant now, CancellationToken cancellationToken) =>
        workshop.Session is { } session && await workshops.ReadCourseAsync(workshop.Territory, session.Course, cancellationToken) is { } course
            ? [.. course.ToCome(now).Select(stored => stored.Value)]
            : [workshop];
}
