using Azure;
using Azure.Data.Tables;
using Rdv.Azure.Absences;
using Rdv.Azure.Agenda;
using Rdv.Azure.Booking;
using Rdv.Azure.Chores;
using Rdv.Azure.Directory;
using Rdv.Azure.Dispatch;
using Rdv.Azure.Hotline;
using Rdv.Azure.Operations;
using Rdv.Azure.Tables;
using Rdv.Azure.Waiting;
using Rdv.Azure.Workshops;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Azure.Transactions;

/// <summary>Commits rows as one entity group transaction.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions</remarks>
public sealed class TableTransactions(RdvTable table) : ITransactions
{
    /// <summary>The service refuses more; the emulator does not, so it is checked here.</summary>
    public const int MaxRows = 100;

    public async Task<CommitOutcome> CommitAsync(Territory territory, IReadOnlyList<RowWrite> writes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(writes.Count, MaxRows);
        var actions = writes.Select(write => ToAction(territory, write)).ToList();
        if (actions.Select(action => action.Entity.RowKey).Distinct().Count() != actions.Count)
        {
            throw new InvalidOperationException("A transaction takes each row once.");
        }

        try
        {
            await table.Client.SubmitTransactionAsync(actions, cancellationToken);
            return CommitOutcome.Committed;
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 409 or 412)
        {
            return CommitOutcome.Conflict;
        }
        catch (Exception exception) when (RdvTable.IsUnavailable(exception, cancellationToken))
        {
            return CommitOutcome.Unknown;
        }
    }

    private static TableTransactionAction ToAction(Territory territory, RowWrite write) => write switch
    {
        RowWrite.WriteDays days => AgendaRow.Write(territory, days),
        RowWrite.InsertAppointment insert => Add(AppointmentRow.Write(insert.Appointment)),
        RowWrite.ReplaceAppointment replace => new TableTransactionAction(
            TableTransactionActionType.UpdateReplace, AppointmentRow.Write(replace.Appointment), new ETag(replace.ETag)),
        RowWrite.ReplaceAdvisor replace => new TableTransactionAction(
            TableTransactionActionType.UpdateReplace, DirectoryRows.Write(replace.Territory, replace.Advisor), new ETag(replace.ETag)),
        RowWrite.ReplaceStructure replace => new TableTransactionAction(
            TableTransactionActionType.UpdateReplace, DirectoryRows.Write(replace.Territory, replace.Structure), new ETag(replace.ETag)),
        RowWrite.InsertAbsence insert => Add(AbsenceRow.Write(insert.Absence)),
        RowWrite.PutAbsence put => new TableTransactionAction(TableTransactionActionType.UpdateReplace, AbsenceRow.Write(put.Absence), ETag.All),
        RowWrite.DeleteAbsence delete => Delete(AbsenceRow.Write(delete.Absence)),
        RowWrite.InsertOperation insert => Add(OperationRow.Write(insert.Operation)),
        RowWrite.DeleteOperation delete => Delete(OperationRow.Write(delete.Operation)),
        RowWrite.InsertWorkshop insert => Add(WorkshopRow.Write(insert.Workshop)),
        RowWrite.ReplaceWorkshop replace => new TableTransactionAction(
            TableTransactionActionType.UpdateReplace, WorkshopRow.Write(replace.Workshop), new ETag(replace.ETag)),
        RowWrite.InsertVisit insert => Add(new TableEntity(insert.Visit.Territory.Code, RowKeys.Visit(insert.Visit))),
        RowWrite.PutPhoneEntry put => Put(PhoneRow.Write(put.Entry)),
        RowWrite.InsertDue insert => Add(DueRow.Write(insert.Message)),
        RowWrite.PutDue put => Put(DueRow.Write(put.Message)),
        RowWrite.DeleteDue delete => new TableTransactionAction(
            TableTransactionActionType.Delete, DueRow.Write(delete.Due.Message), new ETag(delete.Due.ETag)),
        RowWrite.PutChangeLog put => Put(LogRow.Write(put.Log)),
        RowWrite.PutMessageLog put => Put(LogRow.Write(put.Log)),
        RowWrite.PutCallLog put => Put(LogRow.Write(put.Log)),
        RowWrite.PutCall put => Put(CallRow.Write(put.Call)),
        RowWrite.DeleteCall delete => Delete(CallRow.Write(delete.Call)),
        RowWrite.InsertChore insert => Add(ChoreRow.Write(insert.Chore)),
        RowWrite.DeleteChore delete => Delete(ChoreRow.Write(delete.Chore)),
        RowWrite.InsertWaiting insert => Add(WaitingRow.Write(insert.Person)),
        RowWrite.ReplaceWaiting replace => new TableTransactionAction(
            TableTransactionActionType.UpdateReplace, WaitingRow.Write(replace.Person), new ETag(replace.ETag)),
        RowWrite.DeleteWaiting delete => Delete(new TableEntity(delete.Id.Territory.Code, RowKeys.Waiting(delete.Id))),
        RowWrite.InsertDemand insert => Add(new TableEntity(insert.Demand.Territory.Code, RowKeys.Demand(insert.Demand))),
        _ => throw new ArgumentOutOfRangeException(nameof(write)),
    };

    private static TableTransactionAction Add(TableEntity row) => new(TableTransactionActionType.Add, row);

    private static TableTransactionAction Delete(TableEntity row) => new(TableTransactionActionType.Delete, row, ETag.All);

    private static TableTransactionAction Put(TableEntity row) => new(TableTransactionActionType.UpsertReplace, row);
}
