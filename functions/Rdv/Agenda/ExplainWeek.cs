using NodaTime;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.People;
using Rdv.Territories;

namespace Rdv.Agenda;

/// <param name="Why">Null when an appointment may start in it.</param>
/// <param name="PlaceId">Where the advisor receives then; null when they do not.</param>
public sealed record HalfHour(LocalTime Start, WhyNot? Why, PlaceId? PlaceId);

public sealed record DayExplained(LocalDate Date, IReadOnlyList<HalfHour> HalfHours);

public sealed record WeekExplained(TerritoryDirectory Directory, Advisor Advisor, Topic Topic, LocalDate Monday, IReadOnlyList<DayExplained> Days);

/// <summary>« Pourquoi cette heure n'est-elle pas proposée ? » For each half hour of an advisor's week one reason, as the web sees it.</summary>
public sealed class ExplainWeek(IAgendaStore agenda, ITerritoryDirectories directories, RdvSettings settings, IClock clock)
{
    private const int CellsPerHalfHour = 30 / DayGrid.MinutesPerCell;

    /// <param name="topic">Null for the shortest that the advisor teaches.</param>
    /// <param name="date">A day of the week; today when null.</param>
    /// <param name="how">How one would meet; any way that there is when null.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<WeekExplained>> ExecuteAsync(
        Territory territory, AdvisorId id, string? topic, LocalDate? date, CancellationToken cancellationToken, OfferTo how = default)
    {
        var now = clock.GetCurrentInstant();
        var day = date ?? now.InZone(territory.Zone).Date;
        var monday = day.PlusDays(1 - (int)day.DayOfWeek);
        var months = await agenda.ReadDaysAsync(territory, id, monday, monday.PlusDays(6), cancellationToken);
        var directory = await directories.GetAsync(territory, cancellationToken);
        directory = directory.IsBehind(months) ? await directories.ReloadAsync(territory, cancellationToken) : directory;
        if (!directory.Advisors.TryGetValue(id, out var advisor))
        {
            return new Refusal.NotFound();
        }

        Acting.Saw(id.In(territory));
        var asked = topic is null ? Topics.All.Where(known => advisor.Teaches(known.Id)).MinBy(known => known.Minutes) ?? Topics.All[0] : Topics.Find(topic);
        return asked is null
            ? new Refusal.Invalid("topic", "Ce sujet n'existe pas.")
            : new WeekExplained(directory, advisor, asked, monday, Explain(directory, advisor, months, asked, monday, now, how));
    }

    private List<DayExplained> Explain(
        TerritoryDirectory directory, Advisor advisor, IReadOnlyList<AgendaMonth> months, Topic topic, LocalDate monday, Instant now, OfferTo how) =>
        Explain(directory, advisor, months, topic.Id, topic.Minutes, monday, OfferWindow.Of(directory.Territory, now, settings), now, how);

    /// <summary>The same without storage.</summary>
    public static List<DayExplained> Explain(
        TerritoryDirectory directory, Advisor advisor, IEnumerable<AgendaMonth> months, string topic, int minutes, LocalDate monday, OfferWindow window, Instant now, OfferTo how = default)
    {
        var byMonth = months.Where(month => month.AdvisorId == advisor.Id).ToDictionary(month => month.Month);
        var to = how with { Now = now, OnWeb = true };
        return [.. Enumerable.Range(0, 7).Select(monday.PlusDays).Select(date => Explain(
            directory.Rules,
            advisor,
            OfferDate.Of(directory.Rules, date, to).From(window.Earliest) with { IsBeyond = date > window.LastDay },
            byMonth.GetValueOrDefault(date.ToYearMonth()),
            topic,
            minutes / DayGrid.MinutesPerCell,
            to))];
    }

    private static DayExplained Explain(AgendaRules rules, Advisor advisor, OfferDate date, AgendaMonth? month, string topic, int cellCount, OfferTo to)
    {
        var offer = new DayOffer(rules, rules.Of(advisor.Id), date, month, to);
        var halfHours = new List<HalfHour>();
        for (var cell = 0; cell < DayGrid.Cells; cell += CellsPerHalfHour)
        {
            var best = new HalfHour(DayGrid.TimeOf(cell), new WhyNot(NotOffered.Closed), null);
            foreach (var period in rules.Of(advisor.Id).On(date.Date.DayOfWeek))
            {
                for (var start = period.Starts.Next(cell); start >= 0 && start < cell + CellsPerHalfHour && best.Why is not null; start = period.Starts.Next(start + 1))
                {
                    var why = offer.Why(period, topic, cellCount, start);
                    if (why is not { } reason || reason.Reason > best.Why.Value.Reason)
                    {
                        best = best with { Why = why, PlaceId = period.PlaceId };
                    }
                }
            }

            halfHours.Add(best);
        }

        return new DayExplained(date.Date, halfHours);
    }
}
