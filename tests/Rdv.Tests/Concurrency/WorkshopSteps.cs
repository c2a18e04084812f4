using Rdv.Appointments;

namespace Rdv.Tests.Concurrency;

/// <summary>Workshops that are planned, moved and cancelled as a whole; their seats follow, each in a change of its own.</summary>
internal static class WorkshopSteps
{
    public static void Add(Steps steps)
    {
        foreach (var calls in steps.Asked<Asked.Plan>().ToLookup(plan => plan.Asked.Key))
        {
            AddPlan(steps, [.. calls.Select(plan => plan.Call)], calls.First().Asked);
        }

        foreach (var (call, asked) in steps.Asked<Asked.MoveWorkshop>())
        {
            AddMove(steps, call, asked);
        }

        foreach (var calls in steps.Asked<Asked.CancelWorkshop>().ToLookup(cancel => cancel.Asked.Id, cancel => cancel.Call))
        {
            AddCancel(steps, [.. calls], calls.Key);
        }
    }

    /// <summary>A seat goes where its workshop is, in a write that holds only as long as the workshop is there.</summary>
    public static void AddFollowing(Steps steps, StoredAppointment stored, StoredChange change, string id)
    {
        var changed = steps.Calls.Where(call => call.Answered is not Answered.Refused && (change.Action == ChangeActions.Moved
            ? call.Asked is Asked.MoveWorkshop move && move.Id == id
            : call.Asked is Asked.CancelWorkshop cancel && cancel.Id == id)).ToList();
        if (changed.Count == 0)
        {
            steps.Violation($"a change that nobody asked for: {change} of {stored}");
            return;
        }

        // Whoever changed the workshop brings its seats along, or chores do.
        var doers = changed.Concat(steps.Asked<Asked.Chores>().Select(chores => chores.Call)).Where(call => steps.MayHaveMade(call, change));
        var reference = stored.View.Reference;
        steps.Unanswered(
            $"{reference} {change}", [.. doers], required: true,
            model => new Footprint([Names.Workshop(id)], [.. Names.Place(model, reference)]),
            model => Follow(model, reference, change, model.Workshops[id]).Where(next => steps.Whereabouts.MayBe(next.Appointments[reference])),
            change.At,
            stored.Changes.FirstOrDefault(next => next.Version == change.Version + 1)?.At,
            steps.Written(reference, change.Version));
    }

    private static IEnumerable<Model> Follow(Model model, string reference, StoredChange change, WorkshopNow workshop) =>
        model.Appointments.GetValueOrDefault(reference) is { Status: AppointmentStatus.Booked } now && now.Version == change.Version - 1
            && (change.Action == ChangeActions.Cancelled ? workshop.IsCancelled : !workshop.IsCancelled && workshop.Start != now.Start)
            ? [model.Put(now with
            {
                Version = change.Version,
                Status = workshop.IsCancelled ? AppointmentStatus.Cancelled : AppointmentStatus.Booked,
                Start = workshop.IsCancelled ? now.Start : workshop.Start,
            })]
            : [];

    private static void AddPlan(Steps steps, IReadOnlyList<Call> calls, Asked.Plan asked)
    {
        var stored = steps.Stored.Workshops.Where(workshop => workshop.Title == asked.Key).Select(workshop => workshop.View).ToList();
        if (stored.Count > 1 || calls.Count(call => call.Answered is Answered.Workshop { Created: true }) > 1)
        {
            steps.Violation($"planned more than once: {asked}, stored {string.Join(", ", stored)}");
            return;
        }

        var id = stored.Count == 0 ? "" : stored[0].Id;
        foreach (var call in calls)
        {
            switch (call.Answered)
            {
                case Answered.Workshop { View: var view } when view.Id != id:
                    steps.Violation($"a workshop that was planned is not stored: {call}");
                    break;
                case Answered.Workshop { Created: true, View: var view } when view == new WorkshopView(id, 1, asked.Start, IsCancelled: false):
                    steps.Answered(call, _ => Writes(asked, id), model => Plan(model, asked, id), steps.Written(id, 1, call));
                    break;
                case Answered.Workshop { View: var view }:
                    steps.AnsweredRead(call, _ => new Footprint([Names.Workshop(id)], []), model => Shows(model, view));
                    break;
                case Answered.Refused { Code: "overlap" }:
                    steps.AnsweredRead(
                        call, _ => new Footprint([Names.Workshop(id), Time(asked.Advisor, asked.Start)], []),
                        model => !model.Workshops.ContainsKey(id) && !model.IsFree(asked.Advisor, asked.Start, minutes: Model.WorkshopMinutes));
                    break;
                case { IsUnknown: true }:
                    break;
                default:
                    steps.Unjustified(call);
                    break;
            }
        }

        if (stored.Count == 0 || calls.Any(call => call.Answered is Answered.Workshop { Created: true, View.Version: 1, View.IsCancelled: false }))
        {
            return;
        }

        // Who was answered 201 with a later version had lost the answer of storage to the first.
        var silent = calls.Where(call => call.Answered.IsUnknown || call.Answered is Answered.Workshop { Created: true }).ToList();
        if (silent.Count == 0)
        {
            steps.Violation($"a workshop that was refused is stored: {calls[0]}");
            return;
        }

        steps.Unanswered($"{asked}", silent, required: true, _ => Writes(asked, id), model => Plan(model, asked, id));
    }

    private static void AddMove(Steps steps, Call call, Asked.MoveWorkshop asked)
    {
        Footprint Writes(Model model) => model.Workshops.TryGetValue(asked.Id, out var now)
            ? new([], [Names.Workshop(asked.Id), Time(now.Advisor, now.Start), Time(now.Advisor, asked.Start)])
            : new([Names.Workshop(asked.Id)], []);
        Footprint Reads(Model model) => new(
            [Names.Workshop(asked.Id), .. model.Workshops.TryGetValue(asked.Id, out var now) ? [Time(now.Advisor, asked.Start)] : Array.Empty<Name>()], []);
        switch (call.Answered)
        {
            case Answered.Workshop { View: var view } when view.Id == asked.Id && view.Start == asked.Start:
                steps.Answered(call, Writes, model =>
                [
                    .. Move(model, asked, call.Number).Where(next => Shows(next, view)),
                    .. Shows(model, view) ? [model] : Array.Empty<Model>(),
                ], steps.Written(view.Id, view.Version, call));
                if (steps.Asked<Asked.MoveWorkshop>().Any(other => other.Asked.Id == asked.Id && other.Asked != asked
                    && other.Call.Began < call.Ended && other.Call.Ended > call.Began))
                {
                    // As with hours: when an answer is lost and somebody else moves it meanwhile, it is moved twice.
                    AddUnanswered();
                }

                break;
            case Answered.Refused { Code: "overlap" }:
                steps.AnsweredRead(call, Reads, model => model.Workshops.GetValueOrDefault(asked.Id) is { IsCancelled: false } now && now.Start != asked.Start
                    && !model.IsFree(now.Advisor, asked.Start, asked.Id, minutes: Model.WorkshopMinutes));
                break;
            case Answered.Refused { Code: "too-late" }:
                steps.AnsweredRead(
                    call, _ => new Footprint([Names.Workshop(asked.Id)], []), model => model.Workshops.GetValueOrDefault(asked.Id) is { IsCancelled: true } now && now.Start != asked.Start);
                break;
            case { IsUnknown: true }:
                AddUnanswered();
                break;
            default:
                steps.Unjustified(call);
                break;
        }

        void AddUnanswered() => steps.Unanswered(
            call.ToString(), [call], required: false, Writes,
            model => Move(model, asked, -call.Number).Where(next => steps.WorkshopVersions.MayBe(asked.Id, next.Workshops[asked.Id])));
    }

    private static void AddCancel(Steps steps, IReadOnlyList<Call> calls, string id)
    {
        Footprint Writes(Model model) => model.Workshops.TryGetValue(id, out var now)
            ? new([], [Names.Workshop(id), Time(now.Advisor, now.Start)])
            : new([Names.Workshop(id)], []);
        foreach (var call in calls)
        {
            switch (call.Answered)
            {
                case Answered.Workshop { View: { IsCancelled: true } view } when view.Id == id:
                    steps.Answered(call, Writes, model => [.. Cancel(model, id).Where(next => Shows(next, view)), .. Shows(model, view) ? [model] : Array.Empty<Model>()], steps.Written(id, view.Version, call));
                    break;
                case { IsUnknown: true }:
                    break;
                default:
                    steps.Unjustified(call);
                    break;
            }
        }

        var silent = calls.Where(call => call.Answered.IsUnknown).ToList();
        if (silent.Count > 0 && steps.Stored.Workshops.Any(workshop => workshop.View.Id == id && workshop.View.IsCancelled))
        {
            // It is cancelled once, and for good.
            steps.Unanswered(
                $"{silent[0].Asked}", silent, required: !calls.Any(call => call.Answered is Answered.Workshop), Writes,
                model => Cancel(model, id).Where(next => steps.WorkshopVersions.MayBe(id, next.Workshops[id])));
        }
    }

    private static IEnumerable<Model> Plan(Model model, Asked.Plan asked, string id) =>
        !model.Workshops.ContainsKey(id) && model.IsFree(asked.Advisor, asked.Start, minutes: Model.WorkshopMinutes)
            ? [model.Put(id, new WorkshopNow(asked.Advisor, asked.Start, Version: 1, IsCancelled: false))]
            : [];

    private static IEnumerable<Model> Move(Model model, Asked.MoveWorkshop asked, int call) =>
        model.Workshops.GetValueOrDefault(asked.Id) is { IsCancelled: false } now && now.Start != asked.Start && !model.Spent.Contains(call)
        && model.IsFree(now.Advisor, asked.Start, asked.Id, minutes: Model.WorkshopMinutes)
            ? [model.Put(asked.Id, now with { Start = asked.Start, Version = now.Version + 1 }).Spend(call)]
            : [];

    private static IEnumerable<Model> Cancel(Model model, string id) =>
        model.Workshops.GetValueOrDefault(id) is { IsCancelled: false } now ? [model.Put(id, now with { IsCancelled = true, Version = now.Version + 1 })] : [];

    private static bool Shows(Model model, WorkshopView view) =>
        model.Workshops.GetValueOrDefault(view.Id) is { } now && new WorkshopView(view.Id, now.Version, now.Start, now.IsCancelled) == view;

    private static Name Time(string advisor, NodaTime.LocalDateTime start) =>
        Names.Time(advisor, start.Date, Model.MinuteOf(start), Model.MinuteOf(start) + Model.WorkshopMinutes);

    private static Footprint Writes(Asked.Plan asked, string id) => new([], [Names.Workshop(id), Time(asked.Advisor, asked.Start)]);
}
