using Azure.Data.Tables;
using NodaTime.Text;
using Rdv.Azure.Tables;
using Rdv.Azure.Transactions;
using Rdv.Chores;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Azure.Chores;

/// <summary>The row of one chore: its key says what it is, its columns what its handler must know besides.</summary>
internal sealed class ChoreRow : IRowFormat<Chore>
{
    public static TableEntity Write(Territory territory, Chore chore) => new TableEntity(territory.Code, RowKeys.Chore(chore)).With("Data", chore.Data).With("Who", chore.Who).With("Cause", chore.Cause);

    public static Chore Read(TableEntity row)
    {
        // due|chore|{instant}|{code}|{kind}|{version}
        var parts = row.RowKey.Split('|');
        return parts.Length == 6 && Territory.TryParse(row.PartitionKey, out var territory) && Subject.TryFromCode(territory, parts[3], out var subject)
            ? new Chore(subject, parts[4], InstantPattern.ExtendedIso.Parse(parts[2]).Value, int.Parse(parts[5], provider: null), row.GetString("Data")) { Who = row.GetString("Who"), Cause = row.GetString("Cause") }
            : throw new InvalidDataException("A chore has a key that nobody writes.");
    }
}
