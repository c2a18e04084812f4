using NodaTime;
using Rdv.Agenda;

namespace Rdv.Tests.Concurrency;

/// <summary>Slots that are held, given back, and freed by time.</summary>
internal static class HoldSteps
{
    public static void Add(Steps steps)
    {
        var holds = steps.Asked<Asked.Hold>().ToList();
        foreach (var (call, asked) in holds)
        {
            var isAskedAtOnce = asked.Advisor is null && holds.Exists(other =>
                other.Call != call && other.Asked.Key == asked.Key && other.Call.Began <= call.Ends && call.Began <= other.Call.Ends);
            switch (call.Answered)
            {
                case Answered.Held held:
                    steps.Answered(call, model => Writes(model, asked, held.Advisor), model => Hold(model, asked, held.Advisor, isAskedAtOnce));
                    break;
                case Answered.Refused { Code: "slot-taken" }:
                    steps.AnsweredRead(
                        call,
                        model => new Footprint([.. Names.Hour(model, asked.Advisor, asked.Start, means: null)], []),
                        model => Names.Advisors(model, asked.Advisor).All(advisor => !model.Takes(advisor, asked.Start)));
                    break;
                case { IsUnknown: true }:
                    steps.Unanswered(
                        call.ToString(), [call], required: false,
                        model => Writes(model, asked, asked.Advisor),
                        model => Names.Advisors(model, asked.Advisor).SelectMany(advisor => Hold(model, asked, advisor, isAskedAtOnce)));
                    break;
                default:
                    steps.Unjustified(call);
                    break;
            }
        }

        foreach (var (call, asked) in steps.Asked<Asked.Release>())
        {
            Footprint Writes(Model model) => new(
                [],
                [
                    Names.Held(asked.Key),
                    .. model.Day(asked.Advisor, asked.Date).Where(busy => busy.Id == asked.Key).Select(busy => Names.Time(asked.Advisor, asked.Date, busy.From, busy.To)),
                ]);
            IEnumerable<Model> Release(Model model) => [model.Without(asked.Advisor, asked.Date, asked.Key)];
            switch (call.Answered)
            {
                case Answered.Done:
                    steps.Answered(call, Writes, Release);
                    break;
                case { IsUnknown: true }:
                    steps.Unanswered(call.ToString(), [call], required: false, Writes, Release);
                    break;
                default:
                    steps.Unjustified(call);
                    break;
            }
        }

        foreach (var (call, _) in steps.Asked<Asked.Expire>())
        {
            steps.Answered(call, _ => new Footprint([], [Names.All("hold"), Names.All("day")]), model => [model.WithoutHolds()]);
        }
    }

    /// <summary>
    /// A hold is in one place: who asks again finds it there. Who asks twice at the same moment, of any advisor, may keep one with each of
    /// two of them (docs/adr/0013).
    /// </summary>
    private static IEnumerable<Model> Hold(Model model, Asked.Hold asked, string advisor, bool isAskedAtOnce)
    {
        var there = model.Advisors.Where(other => model.Day(other, asked.Start.Date).Exists(busy => busy.Id == asked.Key)).ToList();
        if (there.Contains(advisor))
        {
            return [model];
        }

        if (there.Count > 0 && !isAskedAtOnce)
        {
            return [];
        }

        var from = Model.MinuteOf(asked.Start);
        return model.Takes(advisor, asked.Start)
            ? [model.With(advisor, asked.Start.Date, new Busy(EntryKind.Hold, asked.Key, from, from + Model.Minutes))]
            : [];
    }

    private static Footprint Writes(Model model, Asked.Hold asked, string? advisor) => new(
        [.. Names.Advisors(model, advisor).Select(Names.Hours)],
        [Names.Held(asked.Key), .. Names.Advisors(model, advisor).Select(one => Names.Time(one, asked.Start, means: null))]);
}
