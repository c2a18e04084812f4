using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Workshops;

/// <summary>A workshop in which one may still book, or that is full.</summary>
/// <param name="Start">Wall time in the territory.</param>
/// <param name="Version">Rises when it moves.</param>
public sealed record PlannedWorkshop(
    WorkshopId Id, string Title, string Topic, LocalDateTime Start, int Minutes, PlaceId PlaceId, int Seats, int SeatsLeft, int Version)
{
    /// <summary>Which session of which course it is; null for one that stands alone.</summary>
    public SessionOf? Session { get; init; }

    /// <summary>The course that is chosen with it, as a whole; null for one that is chosen alone.</summary>
    public PlannedCourse? Course { get; init; }
}

/// <param name="Workshops">By time. Those that have begun are left out.</param>
public sealed record WorkshopsFound(TerritoryDirectory Directory, IReadOnlyList<PlannedWorkshop> Workshops);

/// <summary>The workshops of a territory: one query. Sessions of a course are none of them: see <see cref="ListCourses"/>.</summary>
public sealed class ListWorkshops(RecentAgendas recent, IAgendaStore agenda, ITerritoryDirectories directories, RdvSettings settings, IClock clock)
{
    public const int DefaultDays = 28;

    /// <param name="from">First day; today when null.</param>
    /// <param name="days">1 to 42.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<WorkshopsFound>> ExecuteAsync(Territory territory, LocalDate? from, int days, CancellationToken cancellationToken)
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
        var last = first.PlusDays(days - 1);

        // What lies further ahead than anything that can be booked is asked for too rarely to be remembered.
        var months = directory.IsEmpty ? []
            : last <= now.Date.PlusDays(settings.HorizonDays) ? await recent.ReadAsync(territory, first, last, cancellationToken)
            : await agenda.ReadDaysAsync(territory, first, last, cancellationToken);
        return new WorkshopsFound(directory, [.. In(months, at)
            .Where(workshop => workshop.Start.Date >= first && workshop.Start.Date <= last && workshop.Start > now && workshop.Session is null)
            .OrderBy(workshop => workshop.Start)
            .ThenBy(workshop => workshop.Id.Value, StringComparer.Ordinal)]);
    }

    internal static IEnumerable<PlannedWorkshop> In(IEnumerable<AgendaMonth> months, Instant now) => months
        .SelectMany(month => month.Days, (month, day) => (Date: month.Month.OnDayOfMonth(day.Key), Agenda: day.Value))
        .SelectMany(day => day.Agenda.Entries.Select(entry => Of(entry, day.Date, now)))
        .OfType<PlannedWorkshop>();

    private static PlannedWorkshop? Of(AgendaEntry entry, LocalDate date, Instant now) =>
        entry is { Kind: EntryKind.Workshop, Seats: { Lead: null } seats, Topic: { } topic, PlaceId: { } place }
            ? new PlannedWorkshop(
                new WorkshopId(entry.Id), seats.Title, topic, date.At(DayGrid.TimeOf(entry.StartCell)), entry.Minutes, place, seats.Count, seats.LeftAt(now), entry.Version)
            {
                Session = seats.Session,
            }
            : null;
}
