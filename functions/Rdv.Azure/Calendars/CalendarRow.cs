using Azure.Data.Tables;
using NodaTime.Text;
using Rdv.Azure.Tables;
using Rdv.Azure.Transactions;
using Rdv.Calendars;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Azure.Calendars;

/// <summary>The row of an advisor's own calendar. Its busy hours are in the agenda.</summary>
internal sealed class CalendarRow : IRowFormat<OwnCalendar>
{
    public static TableEntity Write(Territory territory, OwnCalendar calendar) =>
        new TableEntity(territory.Code, RowKeys.Calendar(calendar.AdvisorId, calendar.Id))
            .With("Address", calendar.SealedAddress)
            .With("Host", calendar.Host)
            .With("Ending", calendar.Ending)
            .With("RequestNonce", calendar.Request.Nonce)
            .With("RequestHash", calendar.Request.Hash)
            .With("CheckedAt", calendar.CheckedAt)
            .With("ReadAt", calendar.ReadAt)
            .With("ReadTo", LocalDatePattern.Iso.Format(calendar.ReadTo))
            .With("StateTag", calendar.State.ETag)
            .With("StateDate", calendar.State.LastModified)
            .With("Fault", calendar.Fault is { } fault ? CalendarFaults.WordOf(fault) : null)
            .With("FailingSince", calendar.FailingSince)
            .With("ToldAt", calendar.ToldAt)
            .With("ToldConflicts", calendar.ToldConflicts.Count == 0 ? null : string.Join('|', calendar.ToldConflicts))
            .With("Mails", calendar.Mails);

    public static OwnCalendar Read(TableEntity row)
    {
        // cal|{advisor}|{id}
        var parts = row.RowKey.Split('|');
        return new OwnCalendar(
            Territory.Parse(row.PartitionKey),
            new AdvisorId(parts[1]),
            parts[2],
            row.Text("Address"),
            row.Text("Host"),
            row.Text("Ending"),
            new RequestIdentity(row.Text("RequestNonce"), row.Text("RequestHash")),
            row.Instant("CheckedAt"),
            row.Instant("ReadAt"),
            LocalDatePattern.Iso.Parse(row.Text("ReadTo")).Value,
            new CalendarState(row.GetString("StateTag"), row.GetString("StateDate")))
        {
            Fault = CalendarFaults.Parse(row.GetString("Fault")),
            FailingSince = row.FindInstant("FailingSince"),
            ToldAt = row.FindInstant("ToldAt"),
            ToldConflicts = row.GetString("ToldConflicts")?.Split('|') ?? [],
            Mails = row.Number("Mails"),
        };
    }
}
