using Microsoft.Extensions.Logging;
using NodaTime;
using Rdv.Directory;
using Rdv.Hotline;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Dispatch;

/// <summary>Counts of one run.</summary>
public sealed record DispatchReport(int Due, int Sent, int Failed);

/// <summary>
/// Sends what is due on a channel: claim, reload, decide, send, settle, each step conditional (docs/adr/0003). Three requests a message,
/// and one query a territory.
/// </summary>
public sealed partial class DispatchMessages(
    IDirectoryStore directoryStore,
    IDueStore dueStore,
    ITransactions transactions,
    IEnumerable<IMessageSender> senders,
    IClock clock,
    ILogger<DispatchMessages> logger)
{
    /// <summary>A try that has taken longer than this has died between its claim and its settlement.</summary>
    public static readonly Duration ClaimLifetime = Duration.FromMinutes(1);

    /// <summary>How long the SMS provider is trusted to recognise a repetition; 5 minutes are documented for its other channels.</summary>
    public static readonly Duration RepeatabilityWindow = Duration.FromMinutes(4);

    private const int TerritoriesAtOnce = 8;
    private const int MessagesAtOnce = 4;
    private const int SettleAttempts = 4;

    /// <exception cref="StorageUnavailableException">The list of territories could not be read. A territory that cannot be read is logged and passed over.</exception>
    public async Task<DispatchReport> ExecuteAsync(Channel channel, CancellationToken cancellationToken)
    {
        var tally = new Tally();
        await Parallel.ForEachAsync(
            await directoryStore.ListTerritoriesAsync(cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = TerritoriesAtOnce, CancellationToken = cancellationToken },
            async (territory, token) =>
            {
                try
                {
                    await DispatchAsync(territory, channel, tally, token);
                }
                catch (Exception exception) when (exception is not OperationCanceledException || !token.IsCancellationRequested)
                {
                    LogTerritoryFailed(logger, territory.Code, channel, exception);
                }
            });
        return tally.ToReport();
    }

    private async Task DispatchAsync(Territory territory, Channel channel, Tally tally, CancellationToken cancellationToken)
    {
        var due = await dueStore.ListAsync(territory, channel, clock.GetCurrentInstant(), cancellationToken);
        if (due.Count == 0)
        {
            return;
        }

        tally.Due(due.Count);

        // Reminders are a conversation of their own: a confirmation that is late does not silence the reminder of the same visit.
        var groups = due.GroupBy(row => (row.Message.Subject, row.Message.Recipient, Stream: StreamOf(row.Message.Kind)));
        await Parallel.ForEachAsync(
            groups,
            new ParallelOptions { MaxDegreeOfParallelism = MessagesAtOnce, CancellationToken = cancellationToken },
            async (group, token) =>
            {
                try
                {
                    await DispatchAsync([.. group.OrderBy(row => row.Message.Version)], tally, token);
                }
                catch (Exception exception) when (exception is not OperationCanceledException || !token.IsCancellationRequested)
                {
                    LogMessageFailed(logger, group.Key.Subject.ToString(), channel, exception);
                }
            });
    }

    private async Task DispatchAsync(IReadOnlyList<StoredDue> group, Tally tally, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var newest = group[^1];
        if (group.Any(row => row.Claim is { NotBefore: null } other && now - other.At < ClaimLifetime) || newest.Claim?.NotBefore > now)
        {
            return;
        }

        // A try that died may have sent: it is repeated under its own id. One that ended without sending starts afresh.
        var died = newest.Claim is { NotBefore: null };
        var claim = died
            ? newest.Claim! with { At = now }
            : new Claim(now, Guid.NewGuid(), now, newest.Claim?.Attempts ?? 0, null);
        if (await dueStore.ClaimAsync(newest, claim, cancellationToken) is not { } claimed)
        {
            return;
        }

        IReadOnlyList<StoredDue> rows = [.. group.Take(group.Count - 1), claimed];
        var sender = senders.Single(candidate => candidate.Channel == newest.Message.Channel && candidate.About == newest.Message.Subject.Kind);
        if (await sender.PrepareAsync(group, cancellationToken) is not { } prepared)
        {
            await SettleAsync(rows, MessageState.Failed, now, null, "subject-missing", null, cancellationToken);
            return;
        }

        switch (prepared.Decision)
        {
            case MessageDecision.Drop:
                await SettleAsync(rows, MessageState.Superseded, now, null, null, null, cancellationToken);
                return;
            case MessageDecision.Wait when died:
                // It may have left: only the claim still says so, and the next run takes it up again.
                return;
            case MessageDecision.Wait:
                await dueStore.ClaimAsync(claimed, claim with { NotBefore = now, Attempts = claim.Attempts }, cancellationToken);
                return;
            case MessageDecision.Send when now > newest.Message.Deadline:
                await SettleAsync(rows, MessageState.Late, now, null, "deadline", null, cancellationToken);
                LogLate(logger, newest.Message.Subject.ToString(), newest.Message.Kind);
                return;
            case MessageDecision.Send when died && newest.Message.Channel == Channel.Sms && now - claim.FirstSent > RepeatabilityWindow:
                await SettleAsync(rows, MessageState.Unknown, now, null, "claim-died", CallReasons.Unknown, cancellationToken);
                return;
            case MessageDecision.Send:
                await FinishAsync(rows, claim, died, await prepared.SendAsync(claim, cancellationToken), tally, cancellationToken);
                return;
        }
    }

    private async Task FinishAsync(
        IReadOnlyList<StoredDue> rows, Claim claim, bool died, SendResult result, Tally tally, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var message = rows[^1].Message;
        switch (result)
        {
            case SendResult.Sent sent:
                tally.Sent();
                await SettleAsync(rows, MessageState.Sent, now, sent.ProviderId, null, null, cancellationToken);
                break;
            case SendResult.Rejected rejected:
                tally.Failed();
                LogRejected(logger, message.Subject.ToString(), message.Kind, rejected.Reason);
                await SettleAsync(rows, MessageState.Failed, now, null, rejected.Reason, CallReasons.Undelivered, cancellationToken);
                break;
            case SendResult.Unavailable unavailable when died:
                // This try has not left, the one that died may have: the id and its first instant stay, until a try is answered or the
                // window has passed. A fresh id would be a second SMS.
                tally.Failed();
                LogUnavailable(logger, message.Subject.ToString(), message.Kind, unavailable.Reason, ClaimLifetime);
                break;
            case SendResult.Unavailable unavailable:
                tally.Failed();
                var pause = unavailable.RetryAfter ?? Backoff.After(claim.Attempts);
                LogUnavailable(logger, message.Subject.ToString(), message.Kind, unavailable.Reason, pause);
                if (now + pause > message.Deadline)
                {
                    await SettleAsync(rows, MessageState.Failed, now, null, unavailable.Reason, CallReasons.Undelivered, cancellationToken);
                }
                else
                {
                    await dueStore.ClaimAsync(rows[^1], claim with { Attempts = claim.Attempts + 1, NotBefore = now + pause }, cancellationToken);
                }

                break;
            case SendResult.Unknown unknown:
                // The claim stays as it is: once it has died, the same id is tried again, or the hotline is told.
                tally.Failed();
                LogUnavailable(logger, message.Subject.ToString(), message.Kind, unknown.Reason, ClaimLifetime);
                break;
        }
    }

    /// <summary>One transaction: the rows go, what became of each stays; a call takes the place of an SMS that did not arrive.</summary>
    private async Task SettleAsync(
        IReadOnlyList<StoredDue> rows,
        MessageState state,
        Instant at,
        string? providerId,
        string? reason,
        string? callReason,
        CancellationToken cancellationToken)
    {
        var newest = rows[^1].Message;
        List<RowWrite> writes = [];
        foreach (var row in rows)
        {
            var message = row.Message;
            var own = ReferenceEquals(row, rows[^1]) ? state : MessageState.Superseded;
            writes.Add(new RowWrite.DeleteDue(row));
            writes.Add(new RowWrite.PutMessageLog(new MessageLog(
                message.Subject, message.Channel, message.Kind, message.Recipient, message.Version, at, own,
                own == state ? providerId : null, own == state ? reason : null)));
        }

        if (callReason is not null && newest.Channel == Channel.Sms && newest.Recipient == Recipient.Citizen)
        {
            writes.Add(new RowWrite.PutCall(CallToMake.Of(newest.Subject, callReason, newest.Kind, at, newest.Version)));
        }

        for (var attempt = 1; attempt <= SettleAttempts; attempt++)
        {
            // A conflict means that the rows are gone (our own answer was lost) or that another run took them over: either way not ours any more.
            if (await transactions.CommitAsync(newest.Subject.Territory, writes, cancellationToken) != CommitOutcome.Unknown)
            {
                return;
            }

            await Retries.PauseAsync(attempt, cancellationToken);
        }

        LogNotSettled(logger, newest.Subject.ToString(), newest.Kind);
    }

    private static string StreamOf(string kind) => kind is MessageKinds.Reminder or MessageKinds.ReminderSoon or MessageKinds.Link ? kind : "news";

    private sealed class Tally
    {
        private int _due;
        private int _sent;
        private int _failed;

        public void Due(int count) => Interlocked.Add(ref _due, count);

        public void Sent() => Interlocked.Increment(ref _sent);

        public void Failed() => Interlocked.Increment(ref _failed);

        public DispatchReport ToReport() => new(_due, _sent, _failed);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The {Channel} messages of territory {Territory} could not be dispatched.")]
    private static partial void LogTerritoryFailed(ILogger logger, string territory, Channel channel, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "A {Channel} message about {Subject} failed; the others go on.")]
    private static partial void LogMessageFailed(ILogger logger, string subject, Channel channel, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The {Kind} about {Subject} came too late to be of use and was not sent.")]
    private static partial void LogLate(ILogger logger, string subject, string kind);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The {Kind} about {Subject} was refused: {Reason}.")]
    private static partial void LogRejected(ILogger logger, string subject, string kind, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The {Kind} about {Subject} has not left: {Reason}. Next try in {Pause}.")]
    private static partial void LogUnavailable(ILogger logger, string subject, string kind, string reason, Duration pause);

    [LoggerMessage(Level = LogLevel.Error, Message = "The {Kind} about {Subject} was sent and could not be settled.")]
    private static partial void LogNotSettled(ILogger logger, string subject, string kind);
}
