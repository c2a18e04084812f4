using Rdv.Absences;
using Rdv.Agenda;
using Rdv.Booking;
using Rdv.Chores;
using Rdv.Directory;
using Rdv.Dispatch;
using Rdv.Hotline;
using Rdv.Operations;
using Rdv.Territories;
using Rdv.Visits;
using Rdv.Waiting;
using Rdv.Workshops;

namespace Rdv.Transactions;

/// <summary>One row of a transaction, in the words of the domain.</summary>
public abstract record RowWrite
{
    private RowWrite()
    {
    }

    /// <summary>Writes days of a month that was read, if nobody has written to it since.</summary>
    /// <param name="Days">By day of the month.</param>
    /// <param name="HoursVersion">The version of the opening hours that the writer knew.</param>
    public sealed record WriteDays(AgendaMonth Read, IReadOnlyDictionary<int, DayAgenda> Days, int HoursVersion) : RowWrite;

    /// <summary>Fails when the reference exists.</summary>
    public sealed record InsertAppointment(Appointment Appointment) : RowWrite;

    /// <summary>Fails when somebody has changed the appointment since it was read.</summary>
    public sealed record ReplaceAppointment(Appointment Appointment, string ETag) : RowWrite;

    /// <summary>Fails when somebody has changed the advisor's row since it was read.</summary>
    public sealed record ReplaceAdvisor(Territory Territory, Advisor Advisor, string ETag) : RowWrite;

    /// <summary>Fails when somebody has changed the structure's row since it was read.</summary>
    public sealed record ReplaceStructure(Territory Territory, Structure Structure, string ETag) : RowWrite;

    /// <summary>Fails when the owner has an absence of that id.</summary>
    public sealed record InsertAbsence(Absence Absence) : RowWrite;

    /// <summary>Fails when it is no longer there.</summary>
    public sealed record PutAbsence(Absence Absence) : RowWrite;

    /// <summary>Fails when it is no longer there.</summary>
    public sealed record DeleteAbsence(Absence Absence) : RowWrite;

    public sealed record InsertOperation(Operation Operation) : RowWrite;

    /// <summary>Fails when somebody has finished it.</summary>
    public sealed record DeleteOperation(Operation Operation) : RowWrite;

    /// <summary>Fails when the id exists.</summary>
    public sealed record InsertWorkshop(Workshop Workshop) : RowWrite;

    /// <summary>Fails when somebody has changed the workshop since it was read.</summary>
    public sealed record ReplaceWorkshop(Workshop Workshop, string ETag) : RowWrite;

    /// <summary>Fails when this very visit has been counted.</summary>
    public sealed record InsertVisit(Visit Visit) : RowWrite;

    public sealed record PutPhoneEntry(PhoneEntry Entry) : RowWrite;

    public sealed record InsertDue(DueMessage Message) : RowWrite;

    /// <summary>Makes a message due that may be due already: what happens until then is told at once.</summary>
    public sealed record PutDue(DueMessage Message) : RowWrite;

    /// <summary>Fails when somebody has claimed the message since it was read.</summary>
    public sealed record DeleteDue(StoredDue Due) : RowWrite;

    public sealed record PutChangeLog(ChangeLog Log) : RowWrite;

    public sealed record PutMessageLog(MessageLog Log) : RowWrite;

    public sealed record PutCallLog(CallLog Log) : RowWrite;

    public sealed record PutCall(CallToMake Call) : RowWrite;

    /// <summary>Fails when the call is no longer there.</summary>
    public sealed record DeleteCall(CallToMake Call) : RowWrite;

    /// <summary>Fails when that very chore is there.</summary>
    public sealed record InsertChore(Chore Chore) : RowWrite;

    /// <summary>Fails when somebody has done it.</summary>
    public sealed record DeleteChore(Chore Chore) : RowWrite;

    /// <summary>Fails when someone of that id waits.</summary>
    public sealed record InsertWaiting(WaitingPerson Person) : RowWrite;

    /// <summary>Fails when somebody has changed the row since it was read.</summary>
    public sealed record ReplaceWaiting(WaitingPerson Person, string ETag) : RowWrite;

    /// <summary>Fails when they do not wait any more.</summary>
    public sealed record DeleteWaiting(WaitingId Id) : RowWrite;

    /// <summary>Fails when this very request has been counted.</summary>
    public sealed record InsertDemand(Demand Demand) : RowWrite;
}
