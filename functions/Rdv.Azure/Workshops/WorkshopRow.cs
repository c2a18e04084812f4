using Azure.Data.Tables;
using Rdv.Azure.Tables;
using Rdv.Azure.Transactions;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Workshops;

namespace Rdv.Azure.Workshops;

/// <summary>The row of one workshop. Its seats are in the agenda.</summary>
internal sealed class WorkshopRow : IRowFormat<Workshop>
{
    public static TableEntity Write(Territory territory, Workshop workshop) => new TableEntity(territory.Code, RowKeys.Workshop(workshop.Id))
        .With("AdvisorId", workshop.AdvisorId.Value)
        .With("CoAdvisorId", workshop.CoAdvisorId?.Value)
        .With("StructureId", workshop.StructureId.Value)
        .With("PlaceId", workshop.PlaceId.Value)
        .With("Title", workshop.Title)
        .With("Topic", workshop.Topic)
        .With("Start", workshop.Start)
        .With("Minutes", workshop.Minutes)
        .With("Seats", workshop.Seats)
        .With("Session", workshop.Session?.ToString())
        .With("Cancelled", workshop.IsCancelled)
        .With("Version", workshop.Version)
        .With("CreatedAt", workshop.CreatedAt)
        .With("RequestNonce", workshop.Request.Nonce)
        .With("RequestHash", workshop.Request.Hash);

    public static Workshop Read(TableEntity row) => new(
        Territory.Parse(row.PartitionKey),
        new WorkshopId(row.RowKey["workshop|".Length..]),
        new AdvisorId(row.Text("AdvisorId")),
        new StructureId(row.Text("StructureId")),
        new PlaceId(row.Text("PlaceId")),
        row.Text("Title"),
        row.Text("Topic"),
        row.Instant("Start"),
        row.Number("Minutes"),
        row.Number("Seats"),
        row.GetBoolean("Cancelled") ?? false,
        row.Number("Version"),
        row.Instant("CreatedAt"),
        new RequestIdentity(row.Text("RequestNonce"), row.Text("RequestHash")))
    {
        Session = row.Session(),
        CoAdvisorId = row.GetString("CoAdvisorId") is { } second ? new AdvisorId(second) : null,
    };
}
