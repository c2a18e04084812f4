using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using NodaTime;
using Rdv.Azure.Booking;
using Rdv.Azure.Dispatch;
using Rdv.Azure.Tables;
using Rdv.Backups;
using Rdv.Messages;
using Rdv.Territories;

namespace Rdv.Azure.Backups;

/// <summary>The rows of a partition as they are to be in the restored table: those of the backup, but for the messages that may have left since.</summary>
/// <remarks>The same for the same backup and the same loss, so that a restore that was killed is done again to the letter.</remarks>
internal sealed class RestoredRows
{
    // Longer than the provider, or anything else, takes a try to be under way.
    private static readonly Duration LongDead = Duration.FromHours(1);

    private readonly SortedDictionary<string, TableEntity> _rows = new(StringComparer.Ordinal);

    private RestoredRows(IEnumerable<TableEntity> rows)
    {
        foreach (var row in rows)
        {
            _rows[row.RowKey] = row;
        }
    }

    public IReadOnlyCollection<TableEntity> Rows => _rows.Values;

    /// <summary>Messages that do not leave again.</summary>
    public int Over { get; private set; }

    /// <summary>Messages of which nobody knows.</summary>
    public int Unknown { get; private set; }

    /// <summary>Messages that are still to come.</summary>
    public int ToCome { get; private set; }

    public static RestoredRows Of(string partition, IReadOnlyList<TableEntity> rows, Instant lostAt)
    {
        var restored = new RestoredRows(rows);
        if (Territory.TryParse(partition, out var territory))
        {
            foreach (var row in rows.Where(row => IsMessage(row.RowKey)))
            {
                restored.Judge(territory, row, lostAt);
            }
        }

        return restored;
    }

    private static bool IsMessage(string key) =>
        key.StartsWith(RowKeys.Due(Channel.Sms), StringComparison.Ordinal) || key.StartsWith(RowKeys.Due(Channel.Mail), StringComparison.Ordinal);

    private void Judge(Territory territory, TableEntity row, Instant lostAt)
    {
        StoredDue due;
        try
        {
            due = DueRow.Read(row);
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException or OverflowException or NodaTime.Text.UnparsableValueException)
        {
            // The dispatch passes over it, and says so.
            return;
        }

        switch (AfterALoss.Judge(due, lostAt))
        {
            case LostMessage.ToCome:
                ToCome++;
                break;
            case LostMessage.Unknown:
                Unknown++;
                var dead = lostAt - LongDead;
                foreach (var (column, value) in DueRow.Write(
                    due.Message, new Claim(dead, due.Claim?.RepeatabilityId ?? IdOf(row), dead, due.Claim?.Attempts ?? 0, NotBefore: null)))
                {
                    row[column] = value;
                }

                break;
            case LostMessage.Over:
                Over++;
                _rows.Remove(row.RowKey);
                var settled = LogRow.Write(territory, new MessageLog(
                    due.Message.Subject,
                    due.Message.Channel,
                    due.Message.Kind,
                    due.Message.Recipient,
                    due.Message.Version,
                    lostAt,
                    MessageState.Unknown,
                    Reason: AfterALoss.Reason));
                if (!_rows.TryAdd(settled.RowKey, settled))
                {
                    // It was asked for, and who asked for it stays.
                    foreach (var (column, value) in settled)
                    {
                        _rows[settled.RowKey][column] = value;
                    }
                }

                break;
        }
    }

    // Drawn from the key: the same at each try.
    private static Guid IdOf(TableEntity row) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{row.PartitionKey}|{row.RowKey}"))[..16]);
}
