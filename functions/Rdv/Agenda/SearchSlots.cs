using NodaTime;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Agenda;

/// <summary>The free slots of a territory.</summary>
/// <param name="Topic">Topic id.</param>
/// <param name="From">First day; today when null.</param>
/// <param name="Days">1 to 42.</param>
/// <param name="Insee">The commune from which nearness is told.</param>
/// <param name="OnWeb">False for staff, who see what is kept for the telephone too.</param>
public sealed record SlotSearch(
    Territory Territory,
    string? Topic,
    LocalDate? From = null,
    int Days = SearchSlots.DefaultDays,
    StructureId? Structure = null,
    PlaceId? Place = null,
    AdvisorId? Advisor = null,
    string? Insee = null,
    bool OnWeb = true)
{
    public Means Means { get; init; }

    /// <summary>Who comes speaks sign language, and needs longer (<see cref="Topic.MinutesFor"/>).</summary>
    public bool Signs { get; init; }

    /// <summary>How long it lasts, whatever the topic says: what moves keeps its length. Null for that of the topic.</summary>
    public int? Minutes { get; init; }
}

/// <param name="NextAvailable">The first slot after the window, or null.</param>
public sealed record SlotsFound(TerritoryDirectory Directory, LocalDate From, int Days, IReadOnlyList<Slot> Slots, Slot? NextAvailable)
{
    public Means Means { get; init; }
}

/// <summary>Finds free slots, in the agenda of the territory as it was at most two seconds ago; an advisor's own agenda is read as it is.</summary>
public sealed class SearchSlots(
    RecentAgendas recent, IAgendaStore agenda, ITerritoryDirectories directories, RdvSettings settings, IClock clock)
{
    public const int DefaultDays = 7;
    public const int MaxDays = 42;
    private const int MaxDaysAhead = 366;

    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<SlotsFound>> ExecuteAsync(SlotSearch search, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var localNow = now.InZone(search.Territory.Zone).LocalDateTime;
        var from = search.From ?? localNow.Date;
        if (Topics.Find(search.Topic) is not { } topic)
        {
            return new Refusal.Invalid("topic", search.Topic is null ? "Choisissez un sujet." : "Ce sujet n'existe pas.");
        }

        var errors = CheckWindow(from, search.Days, localNow.Date);
        if (errors.Any)
        {
            return new Refusal.Invalid(errors);
        }

        var home = search.Means == Means.Home ? Communes.Find(search.Insee)?.Insee : null;
        if (search.Means == Means.Home && home is null)
        {
            return new Refusal.Invalid("insee", "Indiquez la commune du domicile.");
        }

        var (earliest, horizon) = OfferWindow.Of(search.Territory, now, settings);
        var query = new SlotQuery(
            topic.Id, search.Minutes ?? topic.MinutesFor(search.Signs), from, search.Days, earliest, search.Structure, search.Place, search.Advisor, search.OnWeb);
        query = query with { Means = search.Means, Home = home, Days = Math.Max(0, Math.Min(search.Days, Period.DaysBetween(from, horizon) + 1)) };

        var directory = await directories.GetAsync(search.Territory, cancellationToken);
        if (await FindAsync(search, directory, query, horizon, now, cancellationToken) is { } found)
        {
            return found;
        }

        // Hours were changed by another process. Once only: a directory that is behind the agenda for good still offers what it has.
        directory = await directories.GetAsync(search.Territory, cancellationToken, RecentAgendas.MaxAge);
        return (await FindAsync(search, directory, query, horizon, now, cancellationToken, isNewest: true))!;
    }

    /// <returns>Null when the agenda knows newer opening hours than the directory.</returns>
    private async Task<SlotsFound?> FindAsync(
        SlotSearch search, TerritoryDirectory directory, SlotQuery query, LocalDate horizon, Instant now, CancellationToken cancellationToken, bool isNewest = false)
    {
        var wanted = search.Advisor is { } one
            ? directory.Advisors.Values.Where(advisor => advisor.Id == one)
            : directory.Advisors.Values;
        if (!wanted.Any(query.Concerns))
        {
            return new SlotsFound(directory, query.From, search.Days, [], null) { Means = search.Means };
        }

        // The next day on which anyone receives is read with the window: it nearly always answers nextAvailable without a second query.
        var lookAhead = NextOpenDay(directory, query, query.From.PlusDays(search.Days), horizon, now);
        var lastRead = lookAhead ?? query.LastDay;
        var months = lastRead < query.From ? [] : await ReadAsync(search, query.From, lastRead, cancellationToken);
        if (!isNewest && directory.IsBehind(months))
        {
            return null;
        }

        var finder = new SlotFinder(directory, months, now);
        var nearness = directory.NearnessFrom(search.Insee);
        var slots = finder.Find(query, nearness.Compare);

        Slot? next = null;
        if (lookAhead is { } day)
        {
            next = finder.Find(query with { From = day, Days = 1 }, nearness.Compare).FirstOrDefault();
            if (next is null && day < horizon)
            {
                var rest = query with { From = day.PlusDays(1), Days = Period.DaysBetween(day, horizon) };
                months = await ReadAsync(search, rest.From, rest.LastDay, cancellationToken);
                next = new SlotFinder(directory, months, now).Find(rest, nearness.Compare).FirstOrDefault();
            }
        }

        return new SlotsFound(directory, query.From, search.Days, slots, next) { Means = search.Means };
    }

    /// <summary>What a search may look at: from yesterday (somewhere it still is) to a year ahead, 42 days at once.</summary>
    internal static FieldErrors CheckWindow(LocalDate from, int days, LocalDate today)
    {
        var errors = new FieldErrors();
        if (from < today.PlusDays(-1) || from > today.PlusDays(MaxDaysAhead))
        {
            errors.Add("from", "Choisissez un jour entre aujourd'hui et dans un an.");
        }

        if (days is < 1 or > MaxDays)
        {
            errors.Add("days", $"Choisissez entre 1 et {MaxDays} jours.");
        }

        return errors;
    }

    private async Task<IReadOnlyList<AgendaMonth>> ReadAsync(SlotSearch search, LocalDate from, LocalDate to, CancellationToken cancellationToken) =>
        search.Advisor is { } advisor
            ? await agenda.ReadDaysAsync(search.Territory, advisor, from, to, cancellationToken)
            : await recent.ReadAsync(search.Territory, from, to, cancellationToken);

    private static LocalDate? NextOpenDay(TerritoryDirectory directory, SlotQuery query, LocalDate from, LocalDate horizon, Instant now)
    {
        var first = LocalDate.Max(from, query.Earliest.Date);
        for (var date = first; date <= horizon; date = date.PlusDays(1))
        {
            // Without any month read, the finder tells what the opening hours alone would offer.
            if (new SlotFinder(directory, [], now).Find(query with { From = date, Days = 1 }).Count > 0)
            {
                return date;
            }
        }

        return null;
    }
}
