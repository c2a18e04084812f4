using Azure.Data.Tables;
using Rdv.Absences;
using Rdv.Azure.Tables;
using Rdv.Territories;

namespace Rdv.Azure.Absences;

/// <summary>The row of what an absence still has to do.</summary>
internal static class OperationRow
{
    public static TableEntity Write(Operation operation) => new TableEntity(operation.Territory.Code, RowKeys.Operation(operation))
        .With("Mode", operation.Mode.ToString())
        .With("StartedAt", operation.StartedAt)
        .With("Appointments", AbsenceRow.Join(operation.Appointments));

    public static Operation Read(TableEntity row)
    {
        // op|{owner}|{absence}
        var parts = row.RowKey.Split('|');
        var territory = Territory.Parse(row.PartitionKey);
        return new Operation(
            territory,
            new AbsenceOwner(parts[1]),
            parts[2],
            Enum.Parse<InsideMode>(row.Text("Mode")),
            row.Instant("StartedAt"),
            AbsenceRow.Split(territory, row.GetString("Appointments")));
    }
}
