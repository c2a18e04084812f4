using NodaTime;

namespace Rdv.Tests.Concurrency;

/// <summary>Opening hours that change.</summary>
internal static class HoursSteps
{
    public static void Add(Steps steps)
    {
        foreach (var (call, asked) in steps.Asked<Asked.Hours>())
        {
            switch (call.Answered)
            {
                case Answered.Rewritten rewritten:
                    steps.Answered(call, model => Writes(model, asked), model => Put(model, asked, call.Number, rewritten));
                    if (steps.Asked<Asked.Hours>().Any(other => other.Asked.Advisor == asked.Advisor && other.Asked != asked
                        && other.Call.Began < call.Ended && other.Call.Ended > call.Began))
                    {
                        // Hours are put, not added: when an answer is lost and somebody else puts others meanwhile, they are put twice.
                        AddUnanswered(steps, call, asked);
                    }

                    break;
                case { IsUnknown: true }:
                    AddUnanswered(steps, call, asked);
                    break;
                default:
                    steps.Unjustified(call);
                    break;
            }
        }
    }

    private static void AddUnanswered(Steps steps, Call call, Asked.Hours asked) => steps.Unanswered(
        call.ToString(), [call], required: false, model => Writes(model, asked),
        model => IsKnown(steps, asked, model.Hours[asked.Advisor].Version + 1) ? Put(model, asked, -call.Number, null) : []);

    /// <summary>Whether the hours may have had that version: there was one, and whoever was told of it had asked for the same.</summary>
    private static bool IsKnown(Steps steps, Asked.Hours asked, int version) =>
        version <= steps.Stored.HoursVersions[asked.Advisor]
        && steps.Asked<Asked.Hours>().All(other =>
            other.Asked.Advisor != asked.Advisor || other.Call.Answered is not Answered.Rewritten told || told.Version != version || other.Asked == asked);

    private static IEnumerable<Model> Put(Model model, Asked.Hours asked, int call, Answered.Rewritten? told)
    {
        var now = model.Hours[asked.Advisor];
        if ((now.From, now.To) == (asked.From, asked.To))
        {
            // Nothing is written, so that nothing proves the months read at one instant: only the version is told for sure.
            return told is not null && told.Version == now.Version ? [model] : [];
        }

        var next = new HoursNow(now.Version + 1, asked.From, asked.To, now.Ever.Add((asked.From, asked.To)));
        var put = (model with { Hours = model.Hours.SetItem(asked.Advisor, next) }).Spend(call);
        return told is null || (told.Version == next.Version && put.Outside(asked.Advisor).ToHashSet().SetEquals(told.Outside)) ? [put] : [];
    }

    /// <summary>What the new hours do not hold is told: it matters what is booked there.</summary>
    private static Footprint Writes(Model model, Asked.Hours asked) =>
        (model.Hours[asked.Advisor].From, model.Hours[asked.Advisor].To) == (asked.From, asked.To)
            ? new([Names.Hours(asked.Advisor)], [])
            : new(
                [
                    .. model.Days.Keys.Where(day => day.StartsWith(asked.Advisor + " ", StringComparison.Ordinal)).Select(day =>
                        new Name("day", day, ~Names.Time(asked.Advisor, default, Model.MinuteOf(asked.From), Model.MinuteOf(asked.To)).Part)),
                ],
                [Names.Hours(asked.Advisor)]);
}
