using NodaTime;
using Rdv.Absences;
using Rdv.Agenda;

namespace Rdv.Tests.Concurrency;

/// <summary>Times that are closed and opened again.</summary>
internal static class AbsenceSteps
{
    public static void Add(Steps steps)
    {
        var stored = steps.Stored.Absences.ToHashSet();
        foreach (var calls in steps.Asked<Asked.Absent>().ToLookup(absent => absent.Asked.Key))
        {
            Add(steps, [.. calls], stored.Remove(calls.Key));
        }

        foreach (var key in stored)
        {
            steps.Violation($"the absence {key} is stored and nobody asked for it");
        }

        foreach (var (call, asked) in steps.Asked<Asked.Return>())
        {
            if (call.Answered.IsUnknown && steps.Stored.Absences.Contains(asked.Key))
            {
                // It stands, and one that is taken back never does again.
                continue;
            }

            Footprint Writes(Model model) => new(
                [], [Names.Absence(asked.Key), .. model.Absences.TryGetValue(asked.Key, out var absence) ? Times(model, absence.Advisor, absence.From, absence.To) : []]);
            switch (call.Answered)
            {
                case Answered.Done:
                    steps.Answered(call, Writes, model => Return(model, asked.Key));
                    break;
                case Answered.Refused { Code: "not-found" }:
                    steps.AnsweredRead(call, _ => new Footprint([Names.Absence(asked.Key)], []), model => model.Absences.GetValueOrDefault(asked.Key)?.Stands != true);
                    break;
                case { IsUnknown: true }:
                    steps.Unanswered(call.ToString(), [call], required: false, Writes, model => Return(model, asked.Key));
                    break;
                default:
                    steps.Unjustified(call);
                    break;
            }
        }
    }

    private static void Add(Steps steps, IReadOnlyList<(Call Call, Asked.Absent Asked)> calls, bool stored)
    {
        var asked = calls[0].Asked;
        Footprint Writes(Model model) => model.Absences.ContainsKey(asked.Key)
            ? new([Names.Absence(asked.Key)], [])
            : new([], [Names.Absence(asked.Key), .. Times(model, asked.Advisor, asked.From, asked.To)]);
        Footprint Reads(Model model) => new([Names.Absence(asked.Key), .. Times(model, asked.Advisor, asked.From, asked.To)], []);
        foreach (var (call, _) in calls)
        {
            switch (call.Answered)
            {
                case Answered.Closed { Created: true }:
                    steps.Answered(call, Writes, model => model.Absences.ContainsKey(asked.Key) ? [] : Close(model, asked));
                    break;
                case Answered.Closed:
                    steps.Answered(call, Writes, model => Close(model, asked));
                    break;
                case Answered.Refused { Code: "appointments-inside" } refused when asked.Mode == InsideMode.Refuse:
                    // Months are read one by one, of each advisor, and a refusal writes nothing that would prove them read at one instant.
                    var oneMonth = asked.Advisor is not null && asked.From.Date.ToYearMonth() == asked.To.Date.ToYearMonth();
                    steps.AnsweredRead(
                        call, Reads,
                        model => !model.Absences.ContainsKey(asked.Key)
                            && (!oneMonth || model.Inside(asked.Advisor, asked.From, asked.To).SetEquals(refused.References)));
                    break;
                case { IsUnknown: true }:
                    break;
                default:
                    steps.Unjustified(call);
                    break;
            }
        }

        var told = calls.Any(made => made.Call.Answered is Answered.Closed);
        var silent = calls.Where(made => made.Call.Answered.IsUnknown).Select(made => made.Call).ToList();
        if (calls.Any(made => made.Call.Answered is Answered.Closed { Created: true }))
        {
            // 201 is the answer to the call that made it, and to no other.
            return;
        }

        if (silent.Count > 0 && (told || stored))
        {
            steps.Unanswered($"{asked}", silent, required: !told, Writes, model => model.Absences.ContainsKey(asked.Key) ? [] : Close(model, asked));
        }
        else if (stored && !told)
        {
            steps.Violation($"an absence that was refused is stored: {calls[0].Call}");
        }
    }

    private static IEnumerable<Model> Close(Model model, Asked.Absent asked)
    {
        if (model.Absences.ContainsKey(asked.Key))
        {
            // One that was taken back stays so: its request, sent once more, closes nothing.
            return [model];
        }

        var inside = model.Inside(asked.Advisor, asked.From, asked.To);
        if (asked.Mode == InsideMode.Refuse && !inside.IsEmpty)
        {
            return [];
        }

        foreach (var (advisor, (date, from, to)) in
            from advisor in Names.Advisors(model, asked.Advisor).ToList()
            from part in Parts(asked.From, asked.To)
            select (advisor, part))
        {
            model = model.With(advisor, date, new Busy(EntryKind.Absence, asked.Key, from, to));
        }

        return [model with { Absences = model.Absences.Add(asked.Key, new AbsenceNow(asked.Advisor, asked.From, asked.To, inside, Stands: true)) }];
    }

    private static IEnumerable<Model> Return(Model model, string key)
    {
        if (!model.Absences.TryGetValue(key, out var absence))
        {
            return [];
        }

        foreach (var (advisor, date) in
            from advisor in Names.Advisors(model, absence.Advisor).ToList()
            from part in Parts(absence.From, absence.To)
            select (advisor, part.Date))
        {
            model = model.Without(advisor, date, key);
        }

        return [model with { Absences = model.Absences.SetItem(key, absence with { Stands = false }) }];
    }

    private static IEnumerable<Name> Times(Model model, string? advisor, LocalDateTime from, LocalDateTime to) =>
        Names.Advisors(model, advisor).SelectMany(one => Parts(from, to).Select(part => Names.Time(one, part.Date, part.From, part.To)));

    /// <summary>The days of a time, with their minutes.</summary>
    private static IEnumerable<(LocalDate Date, int From, int To)> Parts(LocalDateTime from, LocalDateTime to)
    {
        for (var date = from.Date; date <= to.Date; date = date.PlusDays(1))
        {
            var (first, last) = (date == from.Date ? Model.MinuteOf(from) : 0, date == to.Date ? Model.MinuteOf(to) : 24 * 60);
            if (last > first)
            {
                yield return (date, first, last);
            }
        }
    }
}
