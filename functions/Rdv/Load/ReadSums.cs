using NodaTime;
using Rdv.Directory;
using Rdv.Territories;

namespace Rdv.Load;

/// <summary>One line of what who steers reads: a structure, or a territory.</summary>
/// <param name="Days">In their order; those of which there is nothing to say are left out.</param>
/// <param name="Third">The last that was told in the period; of a period without any, the last of all.</param>
/// <param name="Unmet">Requests of the weeks of the period, each as a whole.</param>
public sealed record SumsLine(string Id, string Name, IReadOnlyList<(LocalDate Date, DaySums Sums)> Days, ThirdNextAvailable Third, int Unmet)
{
    public LoadCounts Counts => Days.Aggregate(default(LoadCounts), (sum, day) => sum + day.Sums.Counts);

    public IReadOnlyList<DayFigures> Figures => [.. Days.Select(day => new DayFigures(day.Date, day.Sums.Counts, day.Sums.Hours))];

    internal SumsLine Between(LocalDate from, LocalDate to) => this with
    {
        Days = [.. Days.Where(day => day.Date >= from && day.Date <= to)],
        Unmet = Days.Where(day => day.Date >= LoadShare.Monday(from) && day.Date <= to).Sum(day => day.Sums.Unmet),
    };
}

/// <param name="Of">Null for the whole country.</param>
/// <param name="Through">The last day that was past when it was summed; null when nothing was so far.</param>
/// <param name="OthersUnmet">What belongs to the whole and to no line.</param>
public sealed record SumsReport(Territory? Of, LocalDate From, LocalDate To, LocalDate? Through, SumsLine Whole, IReadOnlyList<SumsLine> Lines, int OthersUnmet)
{
    /// <summary>What of them may be told.</summary>
    public (Disclosed Whole, IReadOnlyList<Disclosed> Lines) Disclosed =>
        Load.Disclosed.Of((Whole.Counts, Whole.Unmet), [.. Lines.Select(line => (line.Counts, line.Unmet))], OthersUnmet);

    /// <summary>The same over a part of the period that begins with a Monday.</summary>
    public SumsReport Between(LocalDate from, LocalDate to)
    {
        var (whole, lines) = (Whole.Between(from, to), Lines.Select(line => line.Between(from, to)).ToList());
        return new SumsReport(Of, from, to, Through, whole, lines, Math.Max(0, whole.Unmet - lines.Sum(line => line.Unmet)));
    }
}

/// <summary>The frozen sums of a territory by structure, and of the country by territory. No agenda is read.</summary>
public sealed class ReadSums(ISumsStore sums, ITerritoryDirectories directories, IClock clock)
{
    public const int MaxDays = ReadLoad.MaxDays;

    /// <param name="from">First day; the first of this month when null.</param>
    /// <param name="to">Last day, included; the last of the month of <paramref name="from"/> when null.</param>
    /// <param name="withHours">Brings the hours of each day too.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<SumsReport>> OfTerritoryAsync(
        Territory territory, LocalDate? from, LocalDate? to, bool withHours, CancellationToken cancellationToken)
    {
        var today = clock.GetCurrentInstant().InZone(territory.Zone).Date;
        return await Days(from, to, today).ThenAsync<SumsReport>(async days =>
        {
            var directory = await directories.GetAsync(territory, cancellationToken);
            var done = await sums.ReadDoneAsync(cancellationToken);
            var months = (await ReadAsync(days, today, (first, last) => sums.ReadAsync(territory, first, last, withHours, cancellationToken)))
                .ToLookup(month => month.Structure!.Value);
            var lines = directory.Structures.Values
                .Where(structure => structure.MovedTo is null || months.Contains(structure.Id))
                .OrderBy(structure => structure.Name, StringComparer.Ordinal)
                .Select(structure => Line(structure.Id.Value, structure.Name, months[structure.Id], days))
                .ToList();
            var others = Line("", "", months[MonthSums.NoStructure], days);
            return Report(territory, days, done.GetValueOrDefault(territory)?.Through, lines, others);
        });
    }

    /// <inheritdoc cref="OfTerritoryAsync"/>
    public async Task<Result<SumsReport>> OfCountryAsync(LocalDate? from, LocalDate? to, bool withHours, CancellationToken cancellationToken)
    {
        var today = clock.GetCurrentInstant().InZone(Paris).Date;
        return await Days(from, to, today).ThenAsync<SumsReport>(async days =>
        {
            var done = await sums.ReadDoneAsync(cancellationToken);
            var months = (await ReadAsync(days, today, (first, last) => sums.ReadCountryAsync(first, last, withHours, cancellationToken)))
                .ToLookup(month => month.Territory);
            var lines = done.Keys.OrderBy(territory => territory.Code, StringComparer.Ordinal)
                .Select(territory => Line(territory.Code, TerritoryNames.NameOf(territory), months[territory], days))
                .ToList();
            return Report(null, days, done.Count == 0 ? null : done.Values.Min(one => one.Through), lines, others: null);
        });
    }

    private static DateTimeZone Paris => Territory.Parse("75").Zone;

    /// <summary>The months of the period, of its first week, and of now: how soon somebody finds a place is told of these days.</summary>
    private static async Task<IEnumerable<MonthSums>> ReadAsync(
        (LocalDate From, LocalDate To) days, LocalDate today, Func<YearMonth, YearMonth, Task<IReadOnlyList<MonthSums>>> read)
    {
        var (first, last, now) = (LoadShare.Monday(days.From).ToYearMonth(), days.To.ToYearMonth(), today.ToYearMonth());
        var months = await read(first, last);
        return now.CompareTo(first) >= 0 && now.CompareTo(last) <= 0 ? months : months.Concat(await read(now, now));
    }

    private static Result<(LocalDate From, LocalDate To)> Days(LocalDate? from, LocalDate? to, LocalDate today)
    {
        var first = from ?? today.With(DateAdjusters.StartOfMonth);
        var last = to ?? first.With(DateAdjusters.EndOfMonth);
        return last < first || Period.DaysBetween(first, last) >= MaxDays ? ReadLoad.NoPeriod : (first, last);
    }

    private static SumsLine Line(string id, string name, IEnumerable<MonthSums> months, (LocalDate From, LocalDate To) days)
    {
        var all = months.SelectMany(month => month.Days.Select(day => (Date: month.Month.OnDayOfMonth(day.Key), Sums: day.Value))).OrderBy(day => day.Date).ToList();
        var inside = all.Where(day => day.Date >= days.From && day.Date <= days.To).ToList();
        var told = all.Where(day => day.Sums.Third is not null).ToList();
        return new SumsLine(
            id,
            name,
            inside,
            (inside.LastOrDefault(day => day.Sums.Third is not null).Sums ?? told.LastOrDefault().Sums)?.Third ?? new ThirdNextAvailable(null, null),
            all.Where(day => day.Date >= LoadShare.Monday(days.From) && day.Date <= days.To).Sum(day => day.Sums.Unmet));
    }

    private static SumsReport Report(Territory? of, (LocalDate From, LocalDate To) days, LocalDate? through, IReadOnlyList<SumsLine> lines, SumsLine? others)
    {
        var whole = lines.Concat(others is null ? [] : [others]).SelectMany(line => line.Days).GroupBy(day => day.Date, day => day.Sums).OrderBy(day => day.Key)
            .Select(day => (day.Key, DaySums.Sum([.. day])))
            .ToList();
        var third = ThirdNextAvailable.Median([.. lines.Where(line => line.Counts.OfferedMinutes > 0).Select(line => line.Third)]);
        return new SumsReport(
            of, days.From, days.To, through, new SumsLine("", "", whole, third ?? new ThirdNextAvailable(null, null), lines.Sum(line => line.Unmet) + (others?.Unmet ?? 0)), lines, others?.Unmet ?? 0);
    }
}
