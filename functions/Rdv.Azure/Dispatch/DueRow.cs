using Azure.Data.Tables;
using NodaTime;
using Rdv.Azure.Booking;
using Rdv.Azure.Tables;
using Rdv.Azure.Transactions;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.Territories;

namespace Rdv.Azure.Dispatch;

/// <summary>The row of one due message: its key says what it is, its columns when it ends and who tries.</summary>
internal sealed class DueRow : IRowFormat<DueMessage>
{
    public static TableEntity Write(Territory territory, DueMessage message) =>
        new TableEntity(territory.Code, RowKeys.Due(message)).With("Deadline", message.Deadline).With("Cause", message.Cause);

    /// <summary>The columns of a claim, to be merged into the row.</summary>
    public static TableEntity Write(DueMessage message, Claim claim) => new TableEntity(message.Subject.Territory.Code, RowKeys.Due(message))
        .With("ClaimedAt", claim.At)
        .With("RepeatabilityId", claim.RepeatabilityId)
        .With("FirstSent", claim.FirstSent)
        .With("Attempts", claim.Attempts)
        // The epoch stands for "a try is under way": a merge cannot take a column away.
        .With("NotBefore", claim.NotBefore ?? Instant.FromUnixTimeSeconds(0));

    public static StoredDue Read(TableEntity row)
    {
        // due|{channel}|{instant}|{code}|{kind}|{recipient}|{version}
        var parts = row.RowKey.Split('|');
        if (parts.Length != 7 || !Territory.TryParse(row.PartitionKey, out var territory)
            || !Subject.TryFromCode(territory, parts[3], out var subject))
        {
            throw new InvalidDataException("A due row has a key that nobody writes.");
        }

        var message = new DueMessage(
            LogRow.ReadChannel(parts[1]),
            ReadDueAt(row),
            subject,
            parts[4],
            new Recipient(parts[5]),
            int.Parse(parts[6], provider: null),
            row.Instant("Deadline"))
        { Cause = row.GetString("Cause") };
        return new StoredDue(message, ReadClaim(row), row.ETag.ToString());
    }

    public static Instant ReadDueAt(TableEntity row) => NodaTime.Text.InstantPattern.ExtendedIso.Parse(row.RowKey.Split('|')[2]).Value;

    private static Claim? ReadClaim(TableEntity row)
    {
        if (row.FindInstant("ClaimedAt") is not { } at)
        {
            return null;
        }

        var notBefore = row.Instant("NotBefore");
        return new Claim(
            at,
            row.GetGuid("RepeatabilityId") ?? throw new InvalidDataException("A claim lacks its repeatability id."),
            row.Instant("FirstSent"),
            row.Number("Attempts"),
            notBefore == Instant.FromUnixTimeSeconds(0) ? null : notBefore);
    }
}
