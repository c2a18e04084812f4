using Rdv.Absences;
using Rdv.Appointments;
using Rdv.People;

namespace Rdv.Tests.Concurrency;

/// <summary>Cancellations and moves, by citizens and by absences: each version of an appointment is the effect of one of them.</summary>
internal static class ChangeSteps
{
    public static void Add(Steps steps)
    {
        foreach (var (call, asked) in steps.Asked<Asked.Cancel>().Where(cancel => !cancel.Call.Answered.IsUnknown))
        {
            if (call.Answered is not Answered.Appointment { View: { Status: AppointmentStatus.Cancelled } view } || view.Reference != asked.Reference)
            {
                steps.Unjustified(call);
                continue;
            }

            var mayBeIts = MayHaveMade(steps, call, view, ChangeActions.Cancelled);
            steps.Answered(
                call,
                model => new Footprint([], [.. Names.Place(model, asked.Reference)]),
                model => [.. mayBeIts ? Cancel(model, view, call.Number) : [], .. Same(model, view)],
                steps.Written(view.Reference, view.Version, call));
        }

        foreach (var (call, asked) in steps.Asked<Asked.Move>().Where(move => !move.Call.Answered.IsUnknown))
        {
            AddMove(steps, call, asked);
        }

        foreach (var stored in steps.Stored.Appointments)
        {
            foreach (var change in stored.Changes.Where(change => change.Version > 1))
            {
                if (stored.View.Workshop is { } workshop && change.By == Actor.Advisor)
                {
                    WorkshopSteps.AddFollowing(steps, stored, change, workshop);
                }
                else
                {
                    AddUnanswered(steps, stored, change);
                }
            }
        }
    }

    private static void AddMove(Steps steps, Call call, Asked.Move asked)
    {
        Footprint Reads(Model _) => new([Names.Rdv(asked.Reference)], []);
        switch (call.Answered)
        {
            case Answered.Appointment { View: { Status: AppointmentStatus.Booked } view } when view.Reference == asked.Reference && IsThere(asked, view):
                var mayBeIts = MayHaveMade(steps, call, view, ChangeActions.Moved);
                steps.Answered(
                    call,
                    model => new Footprint([Names.Hours(view.Advisor)], [.. Names.Place(model, asked.Reference), Names.Time(view.Advisor, view.Start, view.Means)]),
                    model => [.. mayBeIts ? Move(model, asked, view, call.Number) : [], .. Same(model, view)],
                    steps.Written(view.Reference, view.Version, call));
                break;
            case Answered.Appointment { View: var view } when view.Reference == asked.Reference:
                // Its answer was lost, and somebody has changed it since.
                steps.AnsweredRead(call, Reads, model => model.Spent.Contains(call.Number) && Same(model, view).Any());
                break;
            case Answered.Refused { Code: "slot-taken" }:
                steps.AnsweredRead(
                    call,
                    model => new Footprint(
                        [Names.Rdv(asked.Reference), .. Names.Hour(model, asked.Advisor, asked.Start, model.Appointments.GetValueOrDefault(asked.Reference)?.Means)], []),
                    model => model.Appointments.TryGetValue(asked.Reference, out var now) && now.Status == AppointmentStatus.Booked && !IsThere(asked, now)
                        && Names.Advisors(model, asked.Advisor).All(advisor => !model.Takes(advisor, asked.Start, asked.Reference, now.Means)));
                break;
            case Answered.Refused { Code: "too-late" }:
                steps.AnsweredRead(call, Reads, model => model.Appointments.GetValueOrDefault(asked.Reference)?.Status == AppointmentStatus.Cancelled);
                break;
            case Answered.Refused { Code: "stale" } when asked.Version is { } version:
                steps.AnsweredRead(
                    call, Reads,
                    model => model.Appointments.TryGetValue(asked.Reference, out var now) && now.Status == AppointmentStatus.Booked && now.Version != version
                        && !IsThere(asked, now));
                break;
            default:
                steps.Unjustified(call);
                break;
        }
    }

    /// <summary>Whether the call made the version that its answer shows, as far as the log of changes tells.</summary>
    private static bool MayHaveMade(Steps steps, Call call, View view, string action) => steps.Stored.Appointments
        .Where(stored => stored.View.Reference == view.Reference)
        .SelectMany(stored => stored.Changes)
        .Any(change => change.Version == view.Version && change.Action == action && change.By == Actor.Citizen && call.MayHaveMade(change));

    private static void AddUnanswered(Steps steps, StoredAppointment stored, StoredChange change)
    {
        var reference = stored.View.Reference;
        var told = false;
        var silent = new List<Call>();
        foreach (var call in steps.Calls)
        {
            switch (call.Asked, change)
            {
                case (Asked.Cancel cancel, { Action: ChangeActions.Cancelled, By: Actor.Citizen }) when cancel.Reference == reference && call.MayHaveMade(change):
                case (Asked.Move move, { Action: ChangeActions.Moved, By: Actor.Citizen }) when move.Reference == reference && call.MayHaveMade(change):
                    told |= call.Answered is Answered.Appointment { View: var view } && view.Version == change.Version;
                    // Who was answered with a later version had lost the answer to the earlier one.
                    if (call.Answered.IsUnknown || (call.Answered is Answered.Appointment { View.Version: var later } && later > change.Version))
                    {
                        silent.Add(call);
                    }

                    break;
                case (Asked.Absent { Mode: not InsideMode.Refuse }, { By: Actor.Advisor }) when call.Answered is Answered.Closed || call.Answered.IsUnknown:
                    silent.Add(call);
                    break;
            }
        }

        if (silent.Count == 0)
        {
            if (!told)
            {
                steps.Violation($"a change that nobody asked for: {change} of {stored}");
            }

            return;
        }

        // What an absence does to an appointment is done by the call that laid it, or by chores.
        var doers = change.By == Actor.Advisor ? steps.Calls.Where(call => call.Asked is Asked.Absent or Asked.Chores && steps.MayHaveMade(call, change)) : silent;
        steps.Unanswered(
            $"{reference} {change}", [.. doers], required: !told,
            model => new Footprint(
                [.. change.Action == ChangeActions.Moved ? model.Advisors.Select(Names.Hours) : [], .. silent.Select(call => call.Asked).OfType<Asked.Absent>().Select(absent => Names.Absence(absent.Key))],
                [
                    .. Names.Place(model, reference),
                    .. silent.Select(call => call.Asked).OfType<Asked.Move>()
                        .SelectMany(move => Names.Advisors(model, move.Advisor).Select(advisor => Names.Time(advisor, move.Start, model.Appointments.GetValueOrDefault(reference)?.Means))),
                    .. Colleagues(model, reference, change),
                ]),
            model => silent.SelectMany(call => Change(model, stored, change, call)).Where(next => steps.Whereabouts.MayBe(next.Appointments[reference])),
            change.At,
            told ? null : stored.Changes.FirstOrDefault(next => next.Version == change.Version + 1)?.At,
            steps.Written(reference, change.Version));
    }

    /// <summary>Where an absence may have moved an appointment to.</summary>
    private static IEnumerable<Name> Colleagues(Model model, string reference, StoredChange change) =>
        change is { Action: ChangeActions.Moved, By: Actor.Advisor } && model.Appointments.TryGetValue(reference, out var now)
            ? model.Advisors.Select(advisor => Names.Time(advisor, now.Start, now.Means))
            : [];

    private static IEnumerable<Model> Change(Model model, StoredAppointment stored, StoredChange change, Call call)
    {
        if (!model.Appointments.TryGetValue(stored.View.Reference, out var now) || now.Version != change.Version - 1 || now.Status != AppointmentStatus.Booked)
        {
            return [];
        }

        var next = now with { Version = change.Version };
        return (call.Asked, change.Action) switch
        {
            (Asked.Cancel, _) => Cancel(model, next with { Status = AppointmentStatus.Cancelled }, call.Number),
            (Asked.Move move, _) =>
                from advisor in Names.Advisors(model, move.Advisor)
                from moved in Move(model, move, next with { Advisor = advisor, Start = move.Start }, call.Number)
                select moved,
            (Asked.Absent absent, ChangeActions.Cancelled) when IsClosed(model, absent, now) => [model.Put(next with { Status = AppointmentStatus.Cancelled })],
            (Asked.Absent absent, ChangeActions.Moved) when absent.Mode == InsideMode.Reassign && IsClosed(model, absent, now) =>
                from advisor in model.Advisors
                where advisor != now.Advisor && model.Takes(advisor, now.Start, means: now.Means)
                select model.Put(next with { Advisor = advisor }),
            _ => [],
        };
    }

    /// <summary>Whether the absence was laid over the appointment, which is still there.</summary>
    private static bool IsClosed(Model model, Asked.Absent asked, View now) =>
        model.Absences.TryGetValue(asked.Key, out var absence) && absence.Inside.Contains(now.Reference)
        && now.Advisor == (absence.Advisor ?? now.Advisor) && now.Start < absence.To && now.Start.PlusMinutes(Model.Minutes) > absence.From;

    private static IEnumerable<Model> Cancel(Model model, View view, int call) =>
        model.Appointments.TryGetValue(view.Reference, out var now) && now.Status == AppointmentStatus.Booked && !model.Spent.Contains(call)
        && view == now with { Status = AppointmentStatus.Cancelled, Version = now.Version + 1 }
            ? [model.Put(view).Spend(call)]
            : [];

    private static IEnumerable<Model> Move(Model model, Asked.Move asked, View view, int call) =>
        model.Appointments.TryGetValue(view.Reference, out var now) && now.Status == AppointmentStatus.Booked && !model.Spent.Contains(call)
        && view.Version == now.Version + 1 && !IsThere(asked, now) && now.Version == (asked.Version ?? now.Version)
        && model.Takes(view.Advisor, view.Start, view.Reference, view.Means)
            ? [model.Put(view).Spend(call)]
            : [];

    private static IEnumerable<Model> Same(Model model, View view) => model.Appointments.GetValueOrDefault(view.Reference) == view ? [model] : [];

    private static bool IsThere(Asked.Move asked, View view) => view.Start == asked.Start && view.Advisor == (asked.Advisor ?? view.Advisor);
}
