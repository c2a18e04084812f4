using Azure.Data.Tables;
using Rdv.Absences;
using Rdv.Azure.Absences;
using Rdv.Azure.Tables;
using Rdv.Azure.Transactions;
using Rdv.Operations;
using Rdv.Territories;
using Rdv.Workshops;

namespace Rdv.Azure.Operations;

/// <summary>The row of what a change still has to do.</summary>
internal sealed class OperationRow : IRowFormat<Operation>
{
    public static TableEntity Write(Territory territory, Operation operation) => new TableEntity(territory.Code, RowKeys.Operation(operation))
        .With("Mode", (operation as AbsenceOperation)?.Mode.ToString())
        .With("Reason", (operation as WorkshopOperation)?.Reason)
        .With("StartedAt", operation.StartedAt)
        .With("Appointments", AbsenceRow.Join(operation.Appointments));

    public static Operation Read(TableEntity row)
    {
        // op|{owner}|{absence} or op|workshop|{id}-{version}
        var parts = row.RowKey.Split('|');
        var territory = Territory.Parse(row.PartitionKey);
        var startedAt = row.Instant("StartedAt");
        var appointments = AbsenceRow.Split(territory, row.GetString("Appointments"));
        return parts[1] == WorkshopOperation.Owner && parts[2].Split('-') is [var id, var version]
            ? new WorkshopOperation(territory, new WorkshopId(id), int.Parse(version, provider: null), row.GetString("Reason"), startedAt, appointments)
            : new AbsenceOperation(territory, new AbsenceOwner(parts[1]), parts[2], Enum.Parse<InsideMode>(row.Text("Mode")), startedAt, appointments);
    }
}
