using NodaTime;
using Rdv.Appointments;
using Rdv.People;

namespace Rdv.Tests.Concurrency;

/// <summary>Where each version of an appointment stood, as far as answers and tables tell: what was not answered need not be guessed.</summary>
internal sealed class Whereabouts
{
    private readonly Dictionary<(string Reference, int Version), (string Advisor, LocalDateTime Start)> _known = [];
    private readonly Dictionary<(string Reference, int Version), StoredChange> _changes = [];

    public Whereabouts(IReadOnlyList<Call> calls, Stored stored)
    {
        foreach (var view in calls.Select(call => call.Answered).OfType<Answered.Appointment>().Select(answer => answer.View)
            .Concat(stored.Appointments.Select(appointment => appointment.View)))
        {
            _known[(view.Reference, view.Version)] = (view.Advisor, view.Start);
        }

        foreach (var (reference, change) in stored.Appointments.SelectMany(appointment => appointment.Changes.Select(change => (appointment.View.Reference, change)))
            .OrderByDescending(pair => pair.change.Version))
        {
            _changes[(reference, change.Version)] = change;
            if (change.Action == ChangeActions.Cancelled && _known.TryGetValue((reference, change.Version), out var place))
            {
                // It is cancelled where it stood.
                _known.TryAdd((reference, change.Version - 1), place);
            }
        }
    }

    public bool MayBe(View view)
    {
        if (_known.TryGetValue((view.Reference, view.Version), out var place))
        {
            return place == (view.Advisor, view.Start);
        }

        // A colleague took it over next: it was somebody else's. A seat stays with who gives the workshop.
        return view.Workshop is not null || !(_changes.GetValueOrDefault((view.Reference, view.Version + 1)) is { Action: ChangeActions.Moved, By: Actor.Advisor }
            && _known.TryGetValue((view.Reference, view.Version + 1), out var next) && next.Advisor == view.Advisor);
    }
}
