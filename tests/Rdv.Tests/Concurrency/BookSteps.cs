using Rdv.Appointments;

namespace Rdv.Tests.Concurrency;

/// <summary>Bookings: each name gets one appointment at most, whatever it takes.</summary>
internal static class BookSteps
{
    public static void Add(Steps steps)
    {
        var stored = steps.Stored.Appointments.ToLookup(appointment => appointment.Name);
        var asked = steps.Asked<Asked.Book>().ToLookup(book => book.Asked.Name);
        var enrolled = steps.Asked<Asked.Enrol>().Select(enrol => enrol.Asked.Name).ToHashSet();
        foreach (var name in stored.Select(appointments => appointments.Key).Where(name => !asked.Contains(name) && !enrolled.Contains(name)))
        {
            steps.Violation($"{name} has an appointment that nobody asked for");
        }

        foreach (var calls in asked)
        {
            Add(steps, [.. calls], [.. stored[calls.Key]]);
        }
    }

    private static void Add(Steps steps, IReadOnlyList<(Call Call, Asked.Book Asked)> calls, IReadOnlyList<StoredAppointment> stored)
    {
        var name = calls[0].Asked.Name;
        if (stored.Count > 1)
        {
            steps.Violation($"{name} was booked {stored.Count} times: {string.Join(", ", stored.Select(appointment => appointment.View))}");
            return;
        }

        if (calls.Count(made => made.Call.Answered is Answered.Appointment { Created: true }) > 1)
        {
            steps.Violation($"{name} was answered 201 more than once");
        }

        foreach (var (call, asked) in calls)
        {
            switch (call.Answered)
            {
                case Answered.Appointment { View: var view } when stored.Count == 0 || stored[0].View.Reference != view.Reference:
                    steps.Violation($"a booking that was answered is not stored: {call}");
                    break;
                case Answered.Appointment { Created: true, View: { Version: 1, Status: AppointmentStatus.Booked } view } when IsWhatWasAsked(asked, view):
                    steps.Answered(call, model => Writes(model, asked, view.Reference), model => Make(model, asked, view), steps.Written(view.Reference, 1, call));
                    break;
                case Answered.Appointment { View: var view }:
                    steps.AnsweredRead(
                        call,
                        model => new Footprint([Names.Rdv(view.Reference), Names.Booking(name)], []),
                        model => model.Names.GetValueOrDefault(name) == view.Reference && model.Appointments[view.Reference] == view);
                    break;
                case Answered.Refused { Code: "slot-taken" }:
                    steps.AnsweredRead(
                        call,
                        model => new Footprint([.. Reads(model, asked), .. Times(model, asked), Names.Booking(name)], []),
                        model => !model.Names.ContainsKey(name) && Names.Advisors(model, asked.Advisor).All(advisor => !HasRoom(model, asked, advisor))
                            && (asked.Workshop is null || model.Workshops[asked.Workshop].IsCancelled == false));
                    break;
                case Answered.Refused { Code: "invalid" } when asked.Workshop is { } workshop:
                    steps.AnsweredRead(
                        call,
                        _ => new Footprint([Names.Workshop(workshop), Names.Booking(name)], []),
                        model => !model.Names.ContainsKey(name) && model.Workshops.GetValueOrDefault(workshop)?.IsCancelled == true);
                    break;
                case { IsUnknown: true }:
                    break;
                default:
                    steps.Unjustified(call);
                    break;
            }
        }

        if (stored is [var appointment])
        {
            AddUnanswered(steps, calls, appointment);
        }
    }

    /// <summary>It is stored: by a call whose answer says so, or by one that did not hear.</summary>
    private static void AddUnanswered(Steps steps, IReadOnlyList<(Call Call, Asked.Book Asked)> calls, StoredAppointment stored)
    {
        if (calls.Any(made => made.Call.Answered is Answered.Appointment { Created: true, View: { Version: 1, Status: AppointmentStatus.Booked } }))
        {
            // 201 is the answer to the call that made it, and to no other.
            return;
        }

        // Who was answered 201 with a later version had lost the answer of storage to the first.
        var booked = stored.Changes.FirstOrDefault(change => change.Version == 1);
        var silent = calls.Select(made => made.Call)
            .Where(call => call.Answered is { IsUnknown: true } or Answered.Appointment { Created: true } && (booked is null || call.MayHaveMade(booked))).ToList();
        if (silent.Count == 0)
        {
            steps.Violation($"a booking that was refused is stored: {calls[0].Call} {stored}");
            return;
        }

        var asked = calls[0].Asked;
        steps.Unanswered(
            $"{asked}", silent, required: true,
            model => Writes(model, asked, stored.View.Reference),
            model =>
                from advisor in Names.Advisors(model, asked.Advisor)
                let start = asked.Workshop is null ? asked.Start : model.Workshops[asked.Workshop].Start
                let view = new View(stored.View.Reference, AppointmentStatus.Booked, 1, advisor, start, asked.Workshop, asked.Means)
                where steps.Whereabouts.MayBe(view)
                from made in Make(model, asked, view)
                select made,
            booked?.At);
    }

    /// <summary>A seat is where its workshop stands.</summary>
    private static bool IsWhatWasAsked(Asked.Book asked, View view) =>
        (asked.Workshop is not null || view.Start == asked.Start) && (view.Workshop, view.Means) == (asked.Workshop, asked.Means) && view.Advisor == (asked.Advisor ?? view.Advisor);

    private static bool HasRoom(Model model, Asked.Book asked, string advisor) =>
        asked.Workshop is null ? model.Takes(advisor, asked.Start, asked.HoldKey, asked.Means) : model.HasSeat(asked.Workshop);

    private static IEnumerable<Model> Make(Model model, Asked.Book asked, View view)
    {
        if (model.Names.ContainsKey(asked.Name) || !HasRoom(model, asked, view.Advisor)
            || (asked.Workshop is not null && (model.Workshops[asked.Workshop].Advisor, model.Workshops[asked.Workshop].Start) != (view.Advisor, view.Start)))
        {
            return [];
        }

        var made = asked.HoldKey is null ? model : model.Without(view.Advisor, view.Start.Date, asked.HoldKey);
        return [made.Put(view) with { Names = made.Names.SetItem(asked.Name, view.Reference) }];
    }

    private static Footprint Writes(Model model, Asked.Book asked, string reference) =>
        new([.. Reads(model, asked)], [Names.Booking(asked.Name), Names.Rdv(reference), .. Times(model, asked)]);

    private static IEnumerable<Name> Reads(Model model, Asked.Book asked) =>
        asked.Workshop is null ? Names.Advisors(model, asked.Advisor).Select(Names.Hours) : [Names.Workshop(asked.Workshop)];

    private static IEnumerable<Name> Times(Model model, Asked.Book asked) =>
    [
        .. asked.Workshop is null
            ? Names.Advisors(model, asked.Advisor).Select(advisor => Names.Time(advisor, asked.Start, asked.Means))
            : [Names.Seats(asked.Workshop)],
        .. asked.HoldKey is null ? Array.Empty<Name>() : [Names.Held(asked.HoldKey)],
    ];
}
