using NodaTime;
using Rdv.Agenda;

namespace Rdv.Tests.Concurrency;

/// <summary>Calendars that an advisor keeps elsewhere: their hours lie over whatever there is, and nothing is booked into them from then on.</summary>
internal static class CalendarSteps
{
    public static void Add(Steps steps)
    {
        foreach (var (call, asked) in steps.Asked<Asked.Link>())
        {
            Footprint Writes(Model _) => new([], [Names.Calendars(asked.Advisor), Time(asked)]);
            Footprint Reads(Model _) => new([Names.Calendars(asked.Advisor)], []);
            switch (call.Answered)
            {
                case Answered.Linked { Created: true } linked:
                    steps.Answered(call, Writes, model => model.Inside(asked.Advisor, From(asked.Number), To(asked.Number)).SetEquals(linked.Conflicts) ? Link(model, asked) : []);
                    break;
                case Answered.Linked:
                    steps.AnsweredRead(call, Reads, model => model.Calendars.ContainsKey(asked.Key));
                    break;
                case Answered.Refused { Code: "invalid" }:
                    steps.AnsweredRead(call, Reads, model => !model.Calendars.ContainsKey(asked.Key) && IsRefused(model, asked));
                    break;
                case { IsUnknown: true }:
                    if (MayHaveLinked(steps, asked))
                    {
                        steps.Unanswered(call.ToString(), [call], required: false, Writes, model => Link(model, asked));
                    }

                    break;
                default:
                    steps.Unjustified(call);
                    break;
            }
        }

        foreach (var (call, asked) in steps.Asked<Asked.Unlink>())
        {
            var link = steps.Asked<Asked.Link>().First(link => link.Asked.Key == asked.Key).Asked;
            Footprint Writes(Model _) => new([], [Names.Calendars(link.Advisor), Time(link)]);
            IEnumerable<Model> Unlink(Model model) => model.Calendars.ContainsKey(asked.Key)
                ? [model.Without(link.Advisor, From(link.Number).Date, asked.Key) with { Calendars = model.Calendars.Remove(asked.Key) }]
                : [];
            switch (call.Answered)
            {
                case Answered.Done:
                    steps.Answered(call, Writes, Unlink);
                    break;
                case Answered.Refused { Code: "not-found" }:
                    // What is gone is gone as asked, by this very call too: its own first try may have been done and its answer lost.
                    steps.Answered(call, Writes, model => model.Calendars.ContainsKey(asked.Key) ? Unlink(model) : [model]);
                    break;
                case { IsUnknown: true }:
                    steps.Unanswered(call.ToString(), [call], required: false, Writes, Unlink);
                    break;
                default:
                    steps.Unjustified(call);
                    break;
            }
        }
    }

    /// <summary>
    /// Whether a call without an answer can have had an effect: what nobody was told of cannot be removed and is there at the end, and what was
    /// told as made by another call is made again only once it was removed.
    /// </summary>
    private static bool MayHaveLinked(Steps steps, Asked.Link asked)
    {
        var told = steps.Asked<Asked.Link>().Where(other => other.Asked.Key == asked.Key).Select(other => other.Call.Answered).OfType<Answered.Linked>().ToList();
        return told.Count == 0
            ? steps.Stored.Calendars.Contains((asked.Advisor, asked.Number))
            : !told.Exists(linked => linked.Created) || steps.Asked<Asked.Unlink>().Any(unlink => unlink.Asked.Key == asked.Key);
    }

    private static IEnumerable<Model> Link(Model model, Asked.Link asked)
    {
        if (model.Calendars.ContainsKey(asked.Key) || IsRefused(model, asked))
        {
            return [];
        }

        var busy = new Busy(EntryKind.Calendar, asked.Key, Model.MinuteOf(From(asked.Number)), Model.MinuteOf(To(asked.Number)));
        return [model.With(asked.Advisor, From(asked.Number).Date, busy) with { Calendars = model.Calendars.Add(asked.Key, (asked.Advisor, asked.Number)) }];
    }

    private static bool IsRefused(Model model, Asked.Link asked) =>
        model.Calendars.ContainsValue((asked.Advisor, asked.Number)) || model.Calendars.Values.Count(other => other.Advisor == asked.Advisor) >= Model.MostCalendars;

    private static Name Time(Asked.Link asked) =>
        Names.Time(asked.Advisor, From(asked.Number).Date, Model.MinuteOf(From(asked.Number)), Model.MinuteOf(To(asked.Number)));

    private static LocalDateTime From(int number) => PublishedHours.Of(number).From;

    private static LocalDateTime To(int number) => PublishedHours.Of(number).To;
}
