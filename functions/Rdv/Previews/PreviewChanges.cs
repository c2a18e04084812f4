using NodaTime;
using Rdv.Absences;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Chores;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.Territories;
using Rdv.Workshops;

namespace Rdv.Previews;

/// <summary>
/// Says before a change what would become of whom, and writes nothing. The change itself runs on a <see cref="Rehearsal"/>, so that what it
/// says is what then happens, unless somebody books, moves or cancels in between (docs/adr/0018).
/// </summary>
public sealed class PreviewChanges(
    IAgendaStore agenda,
    IAppointmentStore appointments,
    IAbsenceStore absences,
    IWorkshopStore workshops,
    IChoreStore chores,
    IDirectoryStore store,
    ITerritoryDirectories directories,
    Links links,
    RdvSettings settings,
    TimeProvider time,
    IClock clock)
{
    /// <returns>What stands in the way is <see cref="Becomes.Refused"/>; any other refusal is that of the change.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<Preview>> AbsenceAsync(AbsenceRequest request, CancellationToken cancellationToken)
    {
        var stage = NewStage();
        return (await stage.AddAbsence.ExecuteAsync(request, cancellationToken)).Refusal switch
        {
            null => await WhatChangedAsync(stage, cancellationToken),
            Refusal.AppointmentsInside inside => await StandingAsync(
                request.Territory, inside.Appointments, inside.Workshops, Becomes.Refused, cancellationToken),
            var refusal => refusal,
        };
    }

    /// <inheritdoc cref="ChangeWorkshop.CancelAsync"/>
    public async Task<Result<Preview>> CancelWorkshopAsync(
        Territory territory, AdvisorId advisor, WorkshopId id, string? reason, CancellationToken cancellationToken)
    {
        var stage = NewStage();
        return (await stage.ChangeWorkshop.CancelAsync(territory, advisor, id, reason, cancellationToken)).Refusal is { } refusal
            ? refusal
            : await WhatChangedAsync(stage, cancellationToken);
    }

    /// <inheritdoc cref="CancelCourse.ExecuteAsync"/>
    public async Task<Result<Preview>> CancelCourseAsync(
        Territory territory, AdvisorId advisor, CourseId id, string? reason, CancellationToken cancellationToken)
    {
        var stage = NewStage();
        return (await stage.CancelCourse.ExecuteAsync(territory, advisor, id, reason, cancellationToken)).Refusal is { } refusal
            ? refusal
            : await WhatChangedAsync(stage, cancellationToken);
    }

    /// <inheritdoc cref="PlanLeave.ExecuteAsync"/>
    public async Task<Result<Preview>> LeaveAsync(Territory territory, AdvisorId advisor, LocalDate on, CancellationToken cancellationToken) =>
        await (await NewStage().PlanLeave.ExecuteAsync(territory, advisor, on, cancellationToken))
            .ThenAsync(async planned => (Result<Preview>)await StandingAsync(territory, planned.After, planned.Workshops, Becomes.Kept, cancellationToken));

    /// <inheritdoc cref="ChangeHoliday.ExecuteAsync"/>
    public async Task<Result<Preview>> HolidayAsync(
        Territory territory, StructureId structure, LocalDate date, bool open, CancellationToken cancellationToken)
    {
        if ((await NewStage().ChangeHoliday.ExecuteAsync(territory, structure, date, open, cancellationToken)).Refusal is { } refusal)
        {
            return refusal;
        }

        var advisors = (await directories.GetAsync(territory, cancellationToken)).AdvisorsOf(structure).Select(advisor => advisor.Id).ToHashSet();
        var entries = (await agenda.ReadDaysAsync(territory, date, date, cancellationToken))
            .Where(month => advisors.Contains(month.AdvisorId))
            .SelectMany(month => month.Day(date).Entries)
            .ToList();
        return await StandingAsync(
            territory,
            [.. entries.SelectMany(entry => entry.ReferencesIn(territory))],
            [.. entries.Where(entry => entry.Kind == EntryKind.Workshop).Select(entry => new WorkshopId(entry.Id))],
            Becomes.Kept,
            cancellationToken);
    }

    private Stage NewStage() => new(
        new Rehearsal(agenda, appointments, absences, workshops, chores), store, directories, links, settings, time, clock);

    private static async Task<Preview> WhatChangedAsync(Stage stage, CancellationToken cancellationToken)
    {
        await stage.FinishAsync(cancellationToken);
        var rehearsal = stage.Rehearsal;
        return InOrder(
            rehearsal.Changed.Select(appointment => appointment.Status == AppointmentStatus.Cancelled
                ? new PreviewedAppointment(appointment, Becomes.Cancelled, To: null, ToldOf(rehearsal, appointment)) { IsCalledBack = ToldOf(rehearsal, appointment) != Told.Call && rehearsal.Calls.Any(call => call.Subject == appointment.Reference && call.Kind == MessageKinds.Cancellation) }
                : new PreviewedAppointment(appointment, Becomes.Reassigned, appointment.AdvisorId, ToldOf(rehearsal, appointment))),
            rehearsal.ChangedWorkshops,
            workshop => workshop.IsCancelled ? Becomes.Cancelled : Becomes.Reassigned);
    }

    /// <summary>What the change does not touch.</summary>
    private async Task<Preview> StandingAsync(
        Territory territory,
        IEnumerable<AppointmentReference> references,
        IEnumerable<WorkshopId> inside,
        Becomes becomes,
        CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var found = new List<PreviewedAppointment>();
        foreach (var reference in references)
        {
            if (await appointments.ReadAsync(reference, cancellationToken) is { Value: { Status: AppointmentStatus.Booked } appointment } && appointment.Start > now)
            {
                found.Add(new PreviewedAppointment(appointment, becomes, To: null, Told.None));
            }
        }

        var planned = new List<Workshop>();
        foreach (var id in inside.Distinct())
        {
            if (await workshops.ReadAsync(territory, id, cancellationToken) is { Value: { IsCancelled: false } workshop } && workshop.Start > now)
            {
                planned.Add(workshop);
            }
        }

        return InOrder(found, planned, _ => becomes);
    }

    private static Preview InOrder(IEnumerable<PreviewedAppointment> people, IEnumerable<Workshop> workshops, Func<Workshop, Becomes> becomes)
    {
        List<PreviewedAppointment> inOrder =
        [
            .. people.OrderBy(one => one.Appointment.Start).ThenBy(one => one.Appointment.Reference.Code, StringComparer.Ordinal),
        ];
        return new Preview(
            inOrder,
            [.. workshops
                .OrderBy(workshop => workshop.Start)
                .Select(workshop => new PreviewedWorkshop(workshop, inOrder.Count(one => one.Appointment.Seat?.Id == workshop.Id), becomes(workshop)))]);
    }

    /// <summary>From the messages that would be due, as they would be written.</summary>
    private static Told ToldOf(Rehearsal rehearsal, Appointment appointment)
    {
        // Of an enrolment that is cancelled as a whole, one message tells.
        List<Subject> about = appointment is { IsWholeCancelled: true, Enrolment: { } enrolment }
            ? [.. enrolment.References(appointment.Territory).Select(Subject.Of)]
            : [appointment.Reference];
        bool IsNews(Subject subject, string kind) => about.Contains(subject) && kind is MessageKinds.Cancellation or MessageKinds.Move;
        var news = rehearsal.Messages.Where(message => message.Recipient.AdvisorId is null && IsNews(message.Subject, message.Kind)).ToList();
        var toPerson = news.Find(message => message.Recipient == Recipient.Citizen) ?? news.FirstOrDefault();
        return toPerson?.Recipient == Recipient.Citizen || !rehearsal.Calls.Any(call => IsNews(call.Subject, call.Kind))
            ? toPerson?.Channel switch { null => Told.None, Channel.Mail => Told.Mail, _ => Told.Sms }
            : Told.Call;
    }
}
