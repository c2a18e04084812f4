using Rdv.Appointments;

namespace Rdv.Tests.Concurrency;

/// <summary>Enrolments: each name has a seat in every session of the course, or in none.</summary>
internal static class EnrolSteps
{
    public static void Add(Steps steps)
    {
        var stored = steps.Stored.Appointments.ToLookup(appointment => appointment.Name);
        foreach (var calls in steps.Asked<Asked.Enrol>().ToLookup(enrol => enrol.Asked.Name, enrol => enrol.Call))
        {
            Add(steps, calls.Key, [.. calls], [.. stored[calls.Key].Select(one => one.View with { Status = AppointmentStatus.Booked, Version = 1 })]);
        }
    }

    private static void Add(Steps steps, string name, IReadOnlyList<Call> calls, IReadOnlyList<View> seats)
    {
        if (calls.Count(call => call.Answered is Answered.Enrolled { Created: true }) > 1)
        {
            steps.Violation($"{name} was answered 201 more than once");
        }

        foreach (var call in calls)
        {
            switch (call.Answered)
            {
                case Answered.Enrolled { References: var references } when !references.ToHashSet().SetEquals(seats.Select(seat => seat.Reference)):
                    steps.Violation($"an enrolment is not stored as it was answered: {call}, stored {string.Join(", ", seats)}");
                    break;
                case Answered.Enrolled { Created: true }:
                    steps.Answered(call, _ => Writes(name, seats), model => Make(model, name, seats));
                    break;
                case Answered.Enrolled:
                    steps.AnsweredRead(call, _ => new Footprint([Names.Booking(name)], []), model => model.Names.ContainsKey(name));
                    break;
                case Answered.Refused { Code: "slot-taken" }:
                    steps.AnsweredRead(
                        call,
                        model => new Footprint([Names.Booking(name), .. model.Course.Select(session => Names.Seats(session.Id))], []),
                        model => !model.Names.ContainsKey(name) && model.Course.Exists(session => !model.HasSeat(session.Id)));
                    break;
                case { IsUnknown: true }:
                    break;
                default:
                    steps.Unjustified(call);
                    break;
            }
        }

        if (seats.Count > 0 && !calls.Any(call => call.Answered is Answered.Enrolled { Created: true }))
        {
            var silent = calls.Where(call => call.Answered.IsUnknown).ToList();
            if (silent.Count == 0)
            {
                steps.Violation($"an enrolment that was refused is stored: {calls[0]}");
                return;
            }

            steps.Unanswered($"{name} enrols", silent, required: true, _ => Writes(name, seats), model => Make(model, name, seats));
        }
    }

    private static IEnumerable<Model> Make(Model model, string name, IReadOnlyList<View> seats)
    {
        // One seat in each session: half of a course is no order of anything.
        if (model.Names.ContainsKey(name) || !seats.Select(seat => (seat.Workshop, seat.Advisor, seat.Start)).ToHashSet()
            .SetEquals(model.Course.Select(session => ((string?)session.Id, session.Advisor, session.Start)))
            || seats.Count != model.Course.Count || !model.Course.TrueForAll(session => model.HasSeat(session.Id)))
        {
            return [];
        }

        return [seats.Aggregate(model, (made, seat) => made.Put(seat)) with { Names = model.Names.SetItem(name, seats[0].Reference) }];
    }

    private static Footprint Writes(string name, IReadOnlyList<View> seats) => new(
        [], [Names.Booking(name), .. seats.SelectMany(seat => new[] { Names.Rdv(seat.Reference), Names.Seats(seat.Workshop ?? "") })]);
}
