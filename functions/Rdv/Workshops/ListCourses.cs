using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Workshops;

/// <summary>A course of which a session is still to come.</summary>
/// <param name="Sessions">To come, by time.</param>
/// <param name="HasBegun">Only staff enrol somebody, in the sessions that remain.</param>
public sealed record PlannedCourse(CourseId Id, IReadOnlyList<PlannedWorkshop> Sessions, bool HasBegun)
{
    public PlannedWorkshop First => Sessions[0];

    /// <summary>For a whole enrolment.</summary>
    public int SeatsLeft => Sessions.Min(session => session.SeatsLeft);

    /// <summary>As one thing to choose beside workshops: it begins with its first session, and has the seats that are free in all of them.</summary>
    public PlannedWorkshop AsOne => First with { SeatsLeft = SeatsLeft, Version = Course.Seen(Sessions.Select(session => (session.Id, session.Version))), Course = this };
}

/// <param name="Courses">By the time of the next session.</param>
public sealed record CoursesFound(TerritoryDirectory Directory, IReadOnlyList<PlannedCourse> Courses);

/// <summary>The courses of a territory: one query; and for one of which a session is past or cancelled, a point read of that session.</summary>
public sealed class ListCourses(IWorkshopStore workshops, IAgendaStore agenda, ITerritoryDirectories directories, IClock clock)
{
    /// <param name="from">First day; today when null.</param>
    /// <param name="days">1 to 42: one of the sessions is in them.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<CoursesFound>> ExecuteAsync(Territory territory, LocalDate? from, int days, CancellationToken cancellationToken)
    {
        var at = clock.GetCurrentInstant();
        var now = at.InZone(territory.Zone).LocalDateTime;
        var first = from ?? now.Date;
        var errors = SearchSlots.CheckWindow(first, days, now.Date);
        if (errors.Any)
        {
            return new Refusal.Invalid(errors);
        }

        var directory = await directories.GetAsync(territory, cancellationToken);
        if (directory.IsEmpty)
        {
            return new CoursesFound(directory, []);
        }

        // All sessions to come, wherever the window is. Beyond what is offered, months are few.
        var last = first.PlusDays(days - 1);
        var months = await agenda.ReadDaysAsync(territory, now.Date, last.PlusDays(Course.MaxDays), cancellationToken);
        var planned = ListWorkshops.In(months, at)
            .Where(workshop => workshop.Session is not null && workshop.Start > now)
            .GroupBy(workshop => workshop.Session!.Value.Course)
            .Where(course => course.Any(session => session.Start.Date >= first && session.Start.Date <= last))
            .Select(async course => new PlannedCourse(course.Key, [.. course.OrderBy(session => session.Start)], await HasBegunAsync(territory, course, at, cancellationToken)));
        return new CoursesFound(directory, [.. (await Task.WhenAll(planned)).OrderBy(course => course.First.Start).ThenBy(course => course.Id.Value, StringComparer.Ordinal)]);
    }

    private async Task<bool> HasBegunAsync(
        Territory territory, IGrouping<CourseId, PlannedWorkshop> course, Instant now, CancellationToken cancellationToken)
    {
        var missing = Enumerable.Range(1, course.Key.Sessions).Except(course.Select(session => session.Session!.Value.Number));
        var read = await Task.WhenAll(missing.Select(number => workshops.ReadAsync(territory, course.Key.Session(number), cancellationToken)));
        return read.Any(session => session is { Value: var workshop } && Course.HasBegun(workshop, now));
    }
}
