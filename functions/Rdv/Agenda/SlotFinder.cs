using System.Buffers;
using NodaTime;
using Rdv.Directory;
using Rdv.Ids;

namespace Rdv.Agenda;

/// <summary>What slots are wanted.</summary>
/// <param name="Earliest">Wall time before which no slot may start.</param>
/// <param name="OnWeb">See <see cref="OfferTo"/>.</param>
public sealed record SlotQuery(
    string Topic,
    int Minutes,
    LocalDate From,
    int Days,
    LocalDateTime Earliest,
    StructureId? Structure = null,
    PlaceId? Place = null,
    AdvisorId? Advisor = null,
    bool OnWeb = true)
{
    public Means Means { get; init; }

    /// <summary>See <see cref="OfferTo"/>.</summary>
    public string? Home { get; init; }

    public LocalDate LastDay => From.PlusDays(Days - 1);

    public bool Concerns(Advisor advisor) =>
        (Advisor is null || Advisor == advisor.Id) && (Structure is null || Structure == advisor.StructureId) && advisor.Teaches(Topic);
}

/// <summary>Adds up the free slots of many advisors over a window of days, in memory.</summary>
/// <remarks>What it needs beside its result is rented: a search of a territory allocates its slots and next to nothing else.</remarks>
public sealed class SlotFinder(TerritoryDirectory directory, IEnumerable<AgendaMonth> months, Instant now)
{
    private readonly AgendaRules _rules = directory.Rules;

    /// <summary>The slots of the window by time.</summary>
    /// <param name="order">Of the places at one instant; none in particular when null.</param>
    public List<Slot> Find(SlotQuery query, Comparison<PlaceId>? order = null)
    {
        var slots = new List<Slot>();
        if (query.Days <= 0)
        {
            return slots;
        }

        var (first, last) = (NumberOf(query.From.ToYearMonth()), NumberOf(query.LastDay.ToYearMonth()));
        var monthCount = last - first + 1;
        var agenda = ArrayPool<AgendaMonth?>.Shared.Rent(_rules.All.Length * monthCount);
        var advisors = ArrayPool<AdvisorRules>.Shared.Rent(_rules.All.Length);
        using var tally = new SlotTally(_rules.Places, order);
        try
        {
            agenda.AsSpan().Clear();
            foreach (var month in months)
            {
                if (NumberOf(month.Month) is var number && number >= first && number <= last && _rules.Find(month.AdvisorId) is { } advisor)
                {
                    agenda[((number - first) * _rules.All.Length) + advisor.Number] = month;
                }
            }

            var concerned = advisors.AsSpan(0, Concerned(query, advisors));
            for (var offset = 0; offset < query.Days; offset++)
            {
                var date = query.From.PlusDays(offset);
                FindDay(query, date, concerned, agenda.AsSpan((NumberOf(date.ToYearMonth()) - first) * _rules.All.Length), tally);
                tally.Drain(date, query.Minutes, query.Means, slots);
            }
        }
        finally
        {
            ArrayPool<AgendaMonth?>.Shared.Return(agenda, clearArray: true);
            ArrayPool<AdvisorRules>.Shared.Return(advisors, clearArray: true);
        }

        return slots;
    }

    private int Concerned(SlotQuery query, AdvisorRules[] concerned)
    {
        var count = 0;
        foreach (var advisor in _rules.All)
        {
            if (query.Concerns(advisor.Advisor))
            {
                concerned[count++] = advisor;
            }
        }

        return count;
    }

    /// <param name="agenda">The month of the day, by the numbers of the advisors.</param>
    private void FindDay(
        SlotQuery query, LocalDate date, ReadOnlySpan<AdvisorRules> advisors, ReadOnlySpan<AgendaMonth?> agenda, SlotTally tally)
    {
        if (date < query.Earliest.Date)
        {
            return;
        }

        var to = new OfferTo(now, OnWeb: query.OnWeb) { Means = query.Means, Home = query.Home };
        var day = OfferDate.Of(_rules, date, to).From(query.Earliest);
        var cellCount = query.Minutes / DayGrid.MinutesPerCell;
        foreach (var advisor in advisors)
        {
            var offer = new DayOffer(_rules, advisor, day, agenda[advisor.Number], to);
            foreach (var period in advisor.On(date.DayOfWeek))
            {
                if (query.Place is not { } place || period.PlaceId == place)
                {
                    tally.Add(period.PlaceNumber, offer.Starts(period, query.Topic, cellCount));
                }
            }
        }
    }

    private static int NumberOf(YearMonth month) => (month.Year * 12) + month.Month;
}
