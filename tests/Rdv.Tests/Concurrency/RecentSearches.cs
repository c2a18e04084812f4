using NodaTime;

namespace Rdv.Tests.Concurrency;

/// <summary>
/// Searches of a whole territory, which an instance answers from what it remembers: each advisor's day as it was at some instant since then,
/// what the instance has written itself among it. So they are no step at one instant. For each start, no more are told than may have been free
/// at some instant since then, and no fewer than were free all the while.
/// </summary>
internal static class RecentSearches
{
    /// <param name="order">An order that explains all else.</param>
    /// <param name="perhaps">Steps that the order can do without: they may have been all the same, a hold above all, which leaves no trace.</param>
    /// <param name="staleness">How old what is told may be, in the ticks of the calls.</param>
    public static IEnumerable<string> Check(
        Model start, IReadOnlyList<(Step Step, Model After)> order, IReadOnlyList<Step> perhaps, IReadOnlyList<Call> calls, long staleness) =>
        from call in calls
        where call is { Asked: Asked.Search { Advisor: null }, Answered: Answered.Slots }
        let certain = Models(start, order, call.Began - staleness, call.Ended).ToList()
        let models = certain.Concat(Sooner(start, order, call, staleness)).Concat(perhaps.Where(step => step.Begins <= call.Ended).SelectMany(step => certain.SelectMany(step.Apply))).ToList()
        from problem in Problems(models, (Asked.Search)call.Asked, ((Answered.Slots)call.Answered).Free)
        select $"nothing of the last moments explains {problem} of {call}";

    /// <summary>What may have been between two instants: a step that had not ended before them may have come before or after.</summary>
    private static IEnumerable<Model> Models(Model start, IReadOnlyList<(Step Step, Model After)> order, long from, long to)
    {
        var first = 0;
        while (first < order.Count && order[first].Step.Ends < from)
        {
            first++;
        }

        var last = order.Count - 1;
        while (last >= first && order[last].Step.Begins > to)
        {
            last--;
        }

        return order.Skip(first).Take(last - first + 1).Select(step => step.After).Prepend(first == 0 ? start : order[first - 1].After);
    }

    /// <summary>What changes that day, before what comes first in this order and ran beside it: another order explains all else as well.</summary>
    private static IEnumerable<Model> Sooner(Model start, IReadOnlyList<(Step Step, Model After)> order, Call call, long staleness)
    {
        var date = ((Asked.Search)call.Asked).Date;
        Model Before(int index) => index == 0 ? start : order[index - 1].After;
        bool Changes(int index) => start.Advisors.Any(advisor => !ReferenceEquals(Before(index).Day(advisor, date), order[index].After.Day(advisor, date)));
        for (var index = 1; index < order.Count && order[index].Step.Begins <= call.Ended; index++)
        {
            if (!Changes(index))
            {
                continue;
            }

            // Never before what had ended when it began.
            for (var earlier = index - 1; earlier >= 0 && order[earlier].Step.Ends >= Math.Max(order[index].Step.Begins, call.Began - staleness); earlier--)
            {
                if (Changes(earlier))
                {
                    foreach (var model in order[index].Step.Apply(Before(earlier)))
                    {
                        yield return model;
                    }
                }
            }
        }
    }

    private static IEnumerable<string> Problems(List<Model> models, Asked.Search asked, IReadOnlyDictionary<LocalDateTime, int> free)
    {
        foreach (var start in free.Keys.Where(start => start.Date != asked.Date || start.Minute % Model.StartsEvery != 0))
        {
            yield return $"{start:HH:mm}";
        }

        // Most models have the same day of an advisor as the one before.
        var days = models[0].Advisors.ToDictionary(
            advisor => advisor, advisor => models.DistinctBy(model => (model.Day(advisor, asked.Date), model.Hours[advisor])).ToList());
        for (var minute = 0; minute < 24 * 60; minute += Model.StartsEvery)
        {
            var start = asked.Date.At(new LocalTime(minute / 60, minute % 60));
            var told = free.GetValueOrDefault(start);
            var most = days.Count(day => day.Value.Exists(model => model.OfferedEver(day.Key, start) && model.IsFree(day.Key, start)));
            var least = days.Count(day => day.Value.TrueForAll(model => model.OfferedAlways(day.Key, start) && model.IsFree(day.Key, start)));
            if (told > most || told < least)
            {
                yield return $"{start:HH:mm}×{told} ({least} to {most} are possible)";
            }
        }
    }
}
