using Microsoft.Extensions.Logging;
using NodaTime;
using Rdv.Hotline;
using Rdv.Transactions;

namespace Rdv.Dispatch;

/// <summary>What is to be written of a message.</summary>
/// <param name="Call">Takes the place of an SMS to the citizen that did not arrive; not made when a report has said what became of it.</param>
public sealed record Settlement(MessageState State, Instant At, string? ProviderId = null, string? Reason = null, CallToMake? Call = null);

/// <summary>
/// The end of a message: one transaction deletes its due row, adds what became of it to its log, and makes the call where one is needed.
/// </summary>
/// <remarks>
/// A delivery report may have come before. It has columns of its own in the log row, which a settlement leaves as they are, so that most
/// settlements need not read it. One with a call reads it first, and writes on condition that it has not changed: of a report and a
/// settlement, the second always sees the first, and there is one call or none.
/// </remarks>
public sealed partial class SettleMessages(ITransactions transactions, IMessageLogStore logs, WorthACall worthACall, ILogger<SettleMessages> logger)
{
    private const int Attempts = 4;

    /// <param name="rows">What is due to one recipient about one subject, by version: all but the newest are superseded.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task ExecuteAsync(IReadOnlyList<StoredDue> rows, Settlement settlement, CancellationToken cancellationToken)
    {
        var newest = rows[^1].Message;
        var call = settlement.Call is { } wanted && newest is { Channel: Channel.Sms } && newest.Recipient == Recipient.Citizen
            && await worthACall.IsAsync(wanted, cancellationToken) ? wanted : null;
        (string? ETag, bool Conflict) before = (null, false);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var log = call is null ? null : await logs.FindAsync(MessageTag.Of(newest), cancellationToken);
            if (before.Conflict && log?.ETag == before.ETag)
            {
                // The log is as we knew it, so the due rows are what has changed: gone, since our own answer was lost, or taken over by
                // another run. Either way they are not ours any more.
                return;
            }

            var outcome = await transactions.CommitAsync(newest.Subject.Territory, Rows(rows, settlement, call, log), cancellationToken);
            if (outcome == CommitOutcome.Committed || (outcome == CommitOutcome.Conflict && call is null))
            {
                return;
            }

            before = (log?.ETag, outcome == CommitOutcome.Conflict);
            await Retries.PauseAsync(attempt, cancellationToken);
        }

        LogNotSettled(logger, newest.Subject.ToString(), newest.Kind);
    }

    private static List<RowWrite> Rows(IReadOnlyList<StoredDue> due, Settlement settlement, CallToMake? call, Stored<MessageLog>? log)
    {
        List<RowWrite> writes = [.. due.Select(row => new RowWrite.Delete(row.Message, row.ETag))];

        // One kind of message may have been due several times of one version: the seats of a workshop, told at each full hour.
        writes.AddRange(due.SkipLast(1)
            .Select(row => Log(row.Message, MessageState.Superseded, settlement.At))
            .Distinct()
            .Where(log => (log.Kind, log.Version) != (due[^1].Message.Kind, due[^1].Message.Version))
            .Select(log => Settle(log)));
        var own = Log(due[^1].Message, settlement.State, settlement.At) with { ProviderId = settlement.ProviderId, Reason = settlement.Reason };
        if (call is null)
        {
            writes.Add(Settle(own));
            return writes;
        }

        writes.Add(new RowWrite.Merge(new MessageSettlement(own), log?.ETag));
        if (log?.Value.Report is null)
        {
            writes.Add(new RowWrite.Put(call));
        }

        return writes;
    }

    /// <summary>Nobody reports on mails: the row says what became of the last one, and nothing of the one before.</summary>
    private static RowWrite.Put Settle(MessageLog log) => new RowWrite.Put(log.Channel == Channel.Mail ? log : new MessageSettlement(log));

    private static MessageLog Log(DueMessage message, MessageState state, Instant at) =>
        new(message.Subject, message.Channel, message.Kind, message.Recipient, message.Version, at, state);

    [LoggerMessage(Level = LogLevel.Error, Message = "The {Kind} about {Subject} could not be settled.")]
    private static partial void LogNotSettled(ILogger logger, string subject, string kind);
}
