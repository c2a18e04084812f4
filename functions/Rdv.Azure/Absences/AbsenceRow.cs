using Azure.Data.Tables;
using NodaTime.Text;
using Rdv.Absences;
using Rdv.Azure.Tables;
using Rdv.Azure.Transactions;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Azure.Absences;

/// <summary>The row of one absence.</summary>
internal sealed class AbsenceRow : IRowFormat<Absence>
{
    /// <summary>In the order of time as text, too.</summary>
    public static readonly LocalDateTimePattern Wall = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    public static TableEntity Write(Territory territory, Absence absence) => new TableEntity(territory.Code, RowKeys.Absence(absence.Owner, absence.Id))
        .With("Advisors", string.Join('|', absence.Advisors))
        .With("From", Wall.Format(absence.From))
        .With("To", Wall.Format(absence.To))
        .With("Reason", absence.Reason)
        .With("RequestNonce", absence.Request.Nonce)
        .With("RequestHash", absence.Request.Hash)
        .With("Cancelled", Join(absence.Cancelled))
        .With("Reassigned", Join(absence.Reassigned))
        .With("TakenBack", absence.IsTakenBack);

    public static Absence Read(TableEntity row)
    {
        // absence|{owner}|{id}
        var parts = row.RowKey.Split('|');
        var territory = Territory.Parse(row.PartitionKey);
        return new Absence(
            territory,
            new AbsenceOwner(parts[1]),
            parts[2],
            [.. row.Text("Advisors").Split('|').Select(id => new AdvisorId(id))],
            Wall.Parse(row.Text("From")).Value,
            Wall.Parse(row.Text("To")).Value,
            row.GetString("Reason"),
            new RequestIdentity(row.Text("RequestNonce"), row.Text("RequestHash")),
            Split(territory, row.GetString("Cancelled")),
            Split(territory, row.GetString("Reassigned")),
            row.GetBoolean("TakenBack") ?? false);
    }

    private static string? Join(IReadOnlyCollection<AppointmentReference> references) =>
        references.Count == 0 ? null : string.Join('|', references.Select(reference => reference.Code));

    private static AppointmentReference[] Split(Territory territory, string? codes) =>
        [.. (codes?.Split('|') ?? []).Select(code => AppointmentReference.OfCode(territory, code))];
}
