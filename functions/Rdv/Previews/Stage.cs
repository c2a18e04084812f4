using NodaTime;
using Rdv.Absences;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Chores;
using Rdv.Directory;
using Rdv.Transactions;
using Rdv.Workshops;

namespace Rdv.Previews;

/// <summary>The use cases themselves, on a <see cref="Rehearsal"/>: what they decide there is what they decide.</summary>
internal sealed class Stage
{
    private readonly IReadOnlyList<IChoreHandler> _handlers;

    public Stage(
        Rehearsal rehearsal, IDirectoryStore store, ITerritoryDirectories directories, Links links, RdvSettings settings, TimeProvider time, IClock clock)
    {
        Rehearsal = rehearsal;
        var recent = new RecentAgendas(rehearsal, time);
        var writer = new Writer(new RememberedTransactions(rehearsal, recent));
        var candidates = new CandidateSearch(recent, rehearsal, directories);
        var alternatives = new Alternatives(new SearchSlots(recent, rehearsal, directories, settings, clock));
        var cancel = new CancelAppointment(
            rehearsal,
            [
                new SlotBooking(rehearsal, candidates, directories, alternatives, settings, clock),
                new SeatBooking(rehearsal, rehearsal, alternatives, settings, clock),
            ],
            writer,
            links,
            settings,
            clock);
        var move = new MoveAppointment(rehearsal, rehearsal, candidates, directories, alternatives, writer, links, settings, clock);
        var runAbsence = new RunAbsence(rehearsal, rehearsal, rehearsal, cancel, move, writer);
        var runWorkshop = new RunWorkshop(rehearsal, rehearsal, rehearsal, cancel, writer, clock);
        _handlers = [runAbsence, runWorkshop, new NotRehearsed(ChoreKinds.Opened)];
        AddAbsence = new AddAbsence(rehearsal, rehearsal, rehearsal, writer, directories, runAbsence, clock);
        ChangeWorkshop = new ChangeWorkshop(
            rehearsal, rehearsal, writer, directories, new WorkshopRules(rehearsal, directories, settings, clock), runWorkshop, clock);
        CancelCourse = new CancelCourse(rehearsal, rehearsal, writer, runWorkshop, clock);
        PlanLeave = new PlanLeave(new RewriteAdvisor(store, rehearsal, writer, directories, _handlers, settings, clock));
        ChangeHoliday = new ChangeHoliday(new RewriteStructure(store, rehearsal, writer, directories, _handlers), settings, clock);
    }

    public Rehearsal Rehearsal { get; }

    public AddAbsence AddAbsence { get; }

    public ChangeWorkshop ChangeWorkshop { get; }

    public CancelCourse CancelCourse { get; }

    public PlanLeave PlanLeave { get; }

    public ChangeHoliday ChangeHoliday { get; }

    /// <summary>What a request leaves to a later run when it takes long belongs to what becomes of people.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        foreach (var chore in Rehearsal.Pending)
        {
            if (_handlers.FirstOrDefault(handler => handler.Kind == chore.Kind) is { } handler)
            {
                await handler.RunAsync(chore, cancellationToken);
            }
        }
    }

    /// <summary>Who waits is offered what a change opens: that takes nothing from anybody, and is no part of what becomes of them.</summary>
    private sealed class NotRehearsed(string kind) : IChoreHandler
    {
        public string Kind => kind;

        public Task<bool> RunAsync(Chore chore, CancellationToken cancellationToken) => Task.FromResult(true);
    }
}
