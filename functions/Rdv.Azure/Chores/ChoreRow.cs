using Azure.Data.Tables;
using NodaTime.Text;
using Rdv.Azure.Tables;
using Rdv.Azure.Transactions;
using Rdv.Chores;
using Rdv.Directory;
using Rdv.Dispatch;
using Rdv.Territories;
using Rdv.Waiting;

namespace Rdv.Azure.Chores;

/// <summary>The row of one chore: its key says what it is, its columns which slot was given back.</summary>
internal sealed class ChoreRow : IRowFormat<Chore>
{
    public static TableEntity Write(Territory territory, Chore chore) => new TableEntity(territory.Code, RowKeys.Chore(chore))
        .With("AdvisorId", chore.Slot?.AdvisorId.Value)
        .With("PlaceId", chore.Slot?.PlaceId.Value)
        .With("Start", chore.Slot?.Start)
        .With("Minutes", chore.Slot?.Minutes)
        .With("Topic", chore.Slot?.Topic);

    public static Chore Read(TableEntity row)
    {
        // due|chore|{instant}|{code}|{kind}|{version}
        var parts = row.RowKey.Split('|');
        if (parts.Length != 6 || !Territory.TryParse(row.PartitionKey, out var territory) || !Subject.TryFromCode(territory, parts[3], out var subject))
        {
            throw new InvalidDataException("A chore has a key that nobody writes.");
        }

        return new Chore(
            subject,
            parts[4],
            InstantPattern.ExtendedIso.Parse(parts[2]).Value,
            int.Parse(parts[5], provider: null),
            row.GetString("AdvisorId") is { } advisor
                ? new FreedSlot(new AdvisorId(advisor), new PlaceId(row.Text("PlaceId")), row.Instant("Start"), row.Number("Minutes"), row.Text("Topic"))
                : null);
    }
}
