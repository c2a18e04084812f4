using NodaTime;
using Rdv.Appointments;
using Rdv.Calls;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.People;
using Rdv.Transactions;

namespace Rdv.Dispatch;

/// <summary>What is to be written of a message.</summary>
/// <param name="Call">Takes the place of an SMS to the citizen that did not arrive; not made when a report has said what became of it.</param>
public sealed record Settlement(MessageState State, Instant At, string? ProviderId = null, string? Reason = null, CallToMake? Call = null)
{
    /// <summary>What is over the limit of a number becomes one call, not one for each: the way around a limit has a limit.</summary>
    public bool OneCallIsEnough => Reason == SendResult.Rejected.DailyLimit;
}

/// <summary>
/// The end of a message: one transaction deletes its due row, adds what became of it to its log, and makes the call where one is needed.
/// </summary>
/// <remarks>
/// It comes after what cannot be undone, so it is five rows at most: all that was overtaken before is settled before anything leaves.
/// A delivery report may have come before it. A report has columns of its own in the log row, which a settlement leaves as they are, so that
/// most settlements need not read it. One with a call reads it first, and writes on condition that it has not changed: of a report and a
/// settlement, the second always sees the first, and there is one call or none.
/// </remarks>
public sealed class SettleMessages(Writer writer, IDueStore dueStore, IMessageLogStore logs, WorthACall worthACall, Links links, RdvMetrics metrics)
{
    // Each is a due row and a log row.
    private const int OvertakenAtOnce = 20;

    /// <summary>
    /// Settles what was overtaken, whatever will become of the newest: all but the one that tells whether the recipient has heard of the
    /// subject. That is a try that died, which may have told what was due before it as well; where there is none, the oldest.
    /// </summary>
    /// <param name="rows">What is due to one recipient about one subject, by version.</param>
    /// <returns>What is left: that one, and the newest.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<IReadOnlyList<StoredDue>> OvertakenAsync(IReadOnlyList<StoredDue> rows, Instant at, CancellationToken cancellationToken)
    {
        if (rows.Count <= 2)
        {
            return rows;
        }

        var telling = rows.SkipLast(1).FirstOrDefault(row => row.Claim is { NotBefore: null }) ?? rows[0];
        foreach (var some in rows.SkipLast(1).Where(row => row != telling).Chunk(OvertakenAtOnce))
        {
            await WriteAsync(some, (ours, _) => Task.FromResult<IReadOnlyList<RowWrite>?>(Superseded(ours, rows[^1].Message, at)), cancellationToken);
        }

        return [telling, rows[^1]];
    }

    /// <param name="rows">What is left by <see cref="OvertakenAsync"/>: all but the newest is superseded.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task ExecuteAsync(IReadOnlyList<StoredDue> rows, Settlement settlement, CancellationToken cancellationToken)
    {
        var newest = rows[^1];
        var written = await WriteAsync(
            rows,
            async (ours, token) => ours.Contains(newest)
                ? [.. Superseded(ours.Where(row => row != newest), newest.Message, settlement.At), .. await OwnAsync(newest.Message, settlement, token)]
                : null,
            cancellationToken);
        if (written.Value)
        {
            metrics.Settled(newest.Message, settlement.State);
        }
    }

    /// <param name="decide">What else to write, with the deletion of those due rows; null for nothing at all.</param>
    private Task<Result<bool>> WriteAsync(
        IReadOnlyList<StoredDue> rows,
        Func<IReadOnlyList<StoredDue>, CancellationToken, Task<IReadOnlyList<RowWrite>?>> decide,
        CancellationToken cancellationToken)
    {
        // As they were listed, or claimed; after a conflict, as they are. What has gone is settled, and what has changed is another run's.
        var known = rows;
        return writer.WriteAsync<bool>(
            rows[0].Message.Subject.Territory,
            async token =>
            {
                var ours = known ?? await UntouchedAsync(rows, token);
                known = null;
                return ours.Count > 0 && await decide(ours, token) is { } writes
                    ? new Decision<bool>.Write([.. ours.Select(row => new RowWrite.Delete(row.Message, row.ETag)), .. writes], true)
                    : false;
            },
            cancellationToken);
    }

    private async Task<IReadOnlyList<StoredDue>> UntouchedAsync(IReadOnlyList<StoredDue> rows, CancellationToken cancellationToken)
    {
        var untouched = new List<StoredDue>(rows.Count);
        foreach (var row in rows)
        {
            if ((await dueStore.FindAsync(row.Message, cancellationToken))?.ETag == row.ETag)
            {
                untouched.Add(row);
            }
        }

        return untouched;
    }

    /// <summary>One kind of message may have been due several times of one version: the seats of a workshop, told at each full hour.</summary>
    private static IReadOnlyList<RowWrite> Superseded(IEnumerable<StoredDue> rows, DueMessage newest, Instant at) =>
        [.. rows
            .Select(row => Log(row.Message, MessageState.Superseded, at))
            .Distinct()
            .Where(log => (log.Kind, log.Version) != (newest.Kind, newest.Version))
            .Select(Settle)];

    private async Task<IReadOnlyList<RowWrite>> OwnAsync(DueMessage message, Settlement settlement, CancellationToken cancellationToken)
    {
        var own = Log(message, settlement.State, settlement.At) with { ProviderId = settlement.ProviderId, Reason = settlement.Reason };
        if (settlement.Call is not { } wanted || message.Channel != Channel.Sms || message.Recipient != Recipient.Citizen
            || await worthACall.SheetAsync(wanted, cancellationToken) is not { } sheet)
        {
            return [Settle(own)];
        }

        var call = settlement.OneCallIsEnough && wanted.Subject.Kind == SubjectKind.Appointment ? OneADay(wanted, sheet.Phone, settlement.At) : wanted;
        var log = await logs.FindAsync(MessageTag.Of(message), cancellationToken);
        var settled = new RowWrite.Merge(new MessageSettlement(own), log?.ETag);
        return log?.Value.Report is null ? [settled, new RowWrite.Put(call)] : [settled];
    }

    /// <summary>The same key for all of a person's day, in storage: of any number of messages over the limit, on any instance, it is one call.</summary>
    private CallToMake OneADay(CallToMake wanted, PhoneNumber phone, Instant at)
    {
        var territory = wanted.Subject.Territory;
        var morning = territory.Zone.AtStartOfDay(at.InZone(territory.Zone).Date).ToInstant();
        return CallToMake.ToPerson(wanted.Subject, links.IndexOf(phone).Hash, wanted.Reason, wanted.Kind, morning, day: null);
    }

    /// <summary>Nobody reports on mails: the row says what became of the last one, and nothing of the one before.</summary>
    private static RowWrite Settle(MessageLog log) => new RowWrite.Put(log.Channel == Channel.Mail ? log : new MessageSettlement(log));

    private static MessageLog Log(DueMessage message, MessageState state, Instant at) =>
        new(message.Subject, message.Channel, message.Kind, message.Recipient, message.Version, at, state);
}
