using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Ids;

namespace Rdv.Load;

/// <summary>
/// In how many days the third appointment that is still free begins, the standard measure of access: the first is often a cancellation of
/// this morning. Appointments that do not overlap, of any advisor of the structure, about any topic.
/// </summary>
/// <param name="Web">0 for today; null when there are fewer than three up to the horizon.</param>
/// <param name="Phone">The same for who telephones.</param>
public sealed record ThirdNextAvailable(int? Web, int? Phone)
{
    private const int Third = 3;

    /// <summary>Half of them have it as soon as that, or sooner; null when half of them, or more, have none.</summary>
    internal static ThirdNextAvailable? Median(IReadOnlyCollection<ThirdNextAvailable> several)
    {
        return several.Count == 0 ? null : new ThirdNextAvailable(Of(one => one.Web), Of(one => one.Phone));

        int? Of(Func<ThirdNextAvailable, int?> days) => several.Select(days).OrderBy(one => one ?? int.MaxValue).ElementAt((several.Count - 1) / 2);
    }

    internal static ThirdNextAvailable Of(
        TerritoryDirectory directory, IEnumerable<Advisor> advisors, Func<AdvisorId, YearMonth, AgendaMonth?> monthOf, OfferWindow window, Instant now)
    {
        var all = advisors.ToList();
        return new ThirdNextAvailable(DaysUntil(onWeb: true), DaysUntil(onWeb: false));

        int? DaysUntil(bool onWeb)
        {
            var to = new OfferTo(now, OnWeb: onWeb);
            var today = directory.Rules.LocalTime(now).Date;
            var count = 0;
            for (var date = today; date <= window.LastDay; date = date.PlusDays(1))
            {
                var day = OfferDate.Of(directory.Rules, date, to).From(window.Earliest);
                count += all.Sum(advisor => Appointments(directory.Rules, advisor, day, monthOf(advisor.Id, date.ToYearMonth()), to));
                if (count >= Third)
                {
                    return Period.DaysBetween(today, date);
                }
            }

            return null;
        }
    }

    /// <summary>How many fit one after the other, each as soon as it can.</summary>
    private static int Appointments(AgendaRules rules, Advisor advisor, OfferDate date, AgendaMonth? month, OfferTo to)
    {
        var (starts, cells) = (default(DayGrid), Topics.IndividualMinutes / DayGrid.MinutesPerCell);
        var offer = new DayOffer(rules, rules.Of(advisor.Id), date, month, to);
        foreach (var period in rules.Of(advisor.Id).On(date.Date.DayOfWeek))
        {
            if (TopicOf(advisor, period) is { } topic)
            {
                starts |= offer.Starts(period, topic.Id, cells);
            }
        }

        var count = 0;
        for (var cell = starts.Next(0); cell >= 0; cell = starts.Next(cell + cells))
        {
            count++;
        }

        return count;
    }

    private static Topic? TopicOf(Advisor advisor, OpenPeriod period) =>
        Topics.All.FirstOrDefault(topic => advisor.Teaches(topic.Id) && period.Allows(topic.Id));
}
