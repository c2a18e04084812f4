using System.Diagnostics;
using Microsoft.Extensions.Logging;
using NodaTime;
using Rdv.Calls;
using Rdv.Directory;
using Rdv.Messages;
using Rdv.Territories;

namespace Rdv.Dispatch;

/// <summary>
/// Sends what is due on a channel: claim, reload, decide, send, settle, each step conditional (docs/adr/0003). Three requests a message,
/// one query a territory and two a run; for SMS one lease for each hundred, and one write for what was left of it.
/// </summary>
/// <remarks>
/// What is urgent goes first, then other news, then reminders and offers, the territories in turn (<see cref="Turns"/>): a morning of reminders
/// makes no confirmation wait, and no territory waits for another. A run takes up nothing new after <see cref="RunLength"/>; what it did not reach waits for the next.
/// <br/>
/// While a channel is held (paused, over a limit, or reminders at night) its messages wait, due as they are. One that could not leave before its
/// deadline any more becomes a call at once, while there is still time to make it.
/// </remarks>
public sealed partial class DispatchMessages(
    IDirectoryStore directoryStore,
    IDueStore dueStore,
    IDispatchControlStore controlStore,
    SettleMessages settle,
    IEnumerable<IMessageSender> senders,
    RdvSettings settings,
    IClock clock,
    TimeProvider time,
    RdvMetrics metrics,
    ILogger<DispatchMessages> logger)
{
    /// <summary>The next run starts a minute after this one.</summary>
    public static readonly TimeSpan RunLength = TimeSpan.FromSeconds(50);

    /// <summary>A try that has taken longer than this has died between its claim and its settlement.</summary>
    public static readonly Duration ClaimLifetime = Duration.FromMinutes(1);

    /// <summary>How long the SMS provider is trusted to recognise a repetition; 5 minutes are documented for its other channels.</summary>
    public static readonly Duration RepeatabilityWindow = Duration.FromMinutes(4);

    // What is held with no end in sight becomes a call so long before its deadline: the time that the hotline needs to make it.
    private static readonly Duration TimeToCall = Duration.FromMinutes(30);

    // Where an SMS is not promised to arrive, its report is waited for so long before someone calls.
    private static readonly Duration ReportAwaited = Duration.FromHours(2);

    private const int TerritoriesAtOnce = 8;

    private const int MostTogether = 12;

    // No more than a minute takes: what is taken up first has its place in it, however long its rows take to be read.
    private int AtOnce(Channel channel) =>
        channel == Channel.Sms ? Math.Clamp(settings.SmsPerMinute, 1, ProviderCircuit.AtOnce(channel)) : ProviderCircuit.AtOnce(channel);

    /// <returns>How many were sent.</returns>
    /// <exception cref="StorageUnavailableException">The list of territories, or the switches, could not be read. A territory that cannot be read is logged and passed over.</exception>
    public async Task<int> ExecuteAsync(Channel channel, CancellationToken cancellationToken)
    {
        using var allowance = await SendAllowance.OpenAsync(channel, controlStore, settings, clock, logger, cancellationToken);
        using var circuit = new ProviderCircuit(allowance, channel, time, logger);
        var run = new Run(allowance, circuit, time);
        var territories = await directoryStore.ListTerritoriesAsync(cancellationToken);
        var turns = new Turns();
        var seen = new Sightings();
        var listing = territories.InEachAsync(
            TerritoriesAtOnce,
            async (territory, token) =>
            {
                var now = clock.GetCurrentInstant();
                var due = await dueStore.ListAsync(territory, channel, now, token);
                foreach (var row in due)
                {
                    seen.Add(territory, row.Message.DueAt, now);
                }

                turns.Add(Groups(due).GroupBy(TogetherKey).SelectMany(Together), clock.GetCurrentInstant());
            },
            (territory, exception) => LogTerritoryFailed(logger, territory.Code, channel, exception),
            cancellationToken);
        await Parallel.ForEachAsync(
            turns.TakeAllAsync(listing, cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce(channel), CancellationToken = cancellationToken },
            async (together, token) => await DispatchAsync(together, run, token));
        var inTrouble = await listing;
        if (inTrouble.Count > 0)
        {
            LogInTrouble(logger, channel, inTrouble.Count, inTrouble.Codes());
        }

        if (run.LeftOver > 0)
        {
            LogOver(logger, channel, run.LeftOver);
        }

        var beat = seen.Beat(clock.GetCurrentInstant(), inTrouble);
        metrics.Backlog(channel, beat);
        await controlStore.BeatAsync(channel, allowance.Heartbeat, beat, logger, cancellationToken);
        try
        {
            await allowance.CloseAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is StorageUnavailableException or ContendedException)
        {
            LogLeaseLost(logger, exception);
        }

        return run.AllSent;
    }

    /// <summary>What is due to one recipient about one subject, by version: judged together.</summary>
    private static IEnumerable<IReadOnlyList<StoredDue>> Groups(IReadOnlyList<StoredDue> due) => due
        // Reminders are a conversation of their own: a confirmation that is late does not silence the reminder of the same visit.
        .GroupBy(row => (row.Message.Subject, row.Message.Recipient, Stream: StreamOf(row.Message.Kind)))
        .Select(IReadOnlyList<StoredDue> (group) => [.. group.OrderBy(row => row.Message.Version)]);

    private async Task DispatchAsync(List<IReadOnlyList<StoredDue>> left, Run run, CancellationToken cancellationToken)
    {
        while (left.Count > 0)
        {
            var group = left[0];
            left.RemoveAt(0);
            var told = await OrLogAsync(group, left, run, cancellationToken);
            foreach (var other in left.Where(other => told.Contains(other[^1].Message)).ToList())
            {
                left.Remove(other);
                await SettleToldAsync(other, cancellationToken);
            }
        }
    }

    /// <summary>Another message has told of it: it need not leave. When that cannot be written, it leaves as well.</summary>
    private async Task SettleToldAsync(IReadOnlyList<StoredDue> group, CancellationToken cancellationToken)
    {
        var (now, message) = (clock.GetCurrentInstant(), group[^1].Message);
        try
        {
            await settle.ExecuteAsync(
                await settle.OvertakenAsync(group, now, cancellationToken),
                new Settlement(MessageState.Sent, now, Reason: MessageLog.ToldWithAnother),
                cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogMessageFailed(logger, message.Subject.ToString(), message.Channel, exception);
        }
    }

    /// <summary>More in one second than a person has in a day are not one person's.</summary>
    private static IEnumerable<List<IReadOnlyList<StoredDue>>> Together(IEnumerable<IReadOnlyList<StoredDue>> together) =>
        together.ToList() is { Count: <= MostTogether } few ? [few] : together.Select(List<IReadOnlyList<StoredDue>> (group) => [group]);

    /// <summary>Reminders of one person fall due in the same second: only what is due together is looked at together.</summary>
    private static object TogetherKey(IReadOnlyList<StoredDue> group) =>
        group[^1].Message is { Kind: MessageKinds.Reminder or MessageKinds.ReminderAhead } reminder ? (reminder.DueAt, reminder.Kind, reminder.Recipient) : group;

    /// <summary>One that fails never stops the others.</summary>
    private async Task<IReadOnlyList<DueMessage>> OrLogAsync(
        IReadOnlyList<StoredDue> group, List<IReadOnlyList<StoredDue>> others, Run run, CancellationToken cancellationToken)
    {
        var message = group[^1].Message;
        try
        {
            // What another run has in hand is left to it.
            DueMessage[] beside = [.. others.Where(other => other.All(row => row.Claim is null or { NotBefore: not null })).Select(other => other[^1].Message)];
            return await DispatchAsync([.. group.SkipLast(1), group[^1] with { Beside = beside }], run, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogMessageFailed(logger, message.Subject.ToString(), message.Channel, exception);
            return [];
        }
    }

    /// <returns>What else has been told with it.</returns>
    private async Task<IReadOnlyList<DueMessage>> DispatchAsync(IReadOnlyList<StoredDue> group, Run run, CancellationToken cancellationToken)
    {
        if (run.IsOver())
        {
            return [];
        }

        var now = clock.GetCurrentInstant();
        var newest = group[^1];
        if (group.Any(row => row.Claim is { NotBefore: null } other && now - other.At < ClaimLifetime))
        {
            return [];
        }

        group = await settle.OvertakenAsync(group, now, cancellationToken);

        // A try that died may have sent: it is repeated under its own id. One that ended without sending starts afresh.
        var hold = run.Allowance.Held;
        if (newest.Claim is { NotBefore: null } died)
        {
            var mayRepeat = newest.Message.Channel != Channel.Sms || (now - died.FirstSent <= RepeatabilityWindow && now <= newest.Message.Deadline);
            if (mayRepeat && (hold is not null || !await run.Allowance.TryTakeAsync(cancellationToken)))
            {
                return [];
            }

            return await TryAsync(group, died with { At = now }, mayRepeat ? Turn.Repeat : Turn.Unknown, run, cancellationToken);
        }

        var message = newest.Message;
        var free = hold is null ? now : hold.Until ?? now + TimeToCall;
        var earliest = SendingHours.From(message.Kind, message.Subject.Territory, Instant.Max(free, newest.Claim?.NotBefore ?? now));
        if (earliest > message.Deadline)
        {
            await GiveUpAsync(group, now > message.Deadline ? "deadline" : hold?.Reason ?? "no-time-left", cancellationToken);
        }
        else if (earliest <= now && await run.Allowance.TryTakeAsync(cancellationToken))
        {
            return await TryAsync(group, new Claim(now, Guid.NewGuid(), now, newest.Claim?.Attempts ?? 0, null), Turn.First, run, cancellationToken);
        }

        return [];
    }

    /// <summary>It will not leave in time: nothing is claimed, since nothing is sent.</summary>
    private async Task GiveUpAsync(IReadOnlyList<StoredDue> rows, string reason, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var message = rows[^1].Message;
        if (await PrepareAsync(rows, rows, cancellationToken) is not { } prepared)
        {
            return;
        }

        switch (prepared.Decision)
        {
            case MessageDecision.Drop:
            case MessageDecision.Wait when now > message.Deadline:
                await settle.ExecuteAsync(rows, new Settlement(MessageState.Superseded, now), cancellationToken);
                break;
            case MessageDecision.Send:
                LogLate(logger, message.Subject.ToString(), message.Kind, reason);
                var state = now > message.Deadline ? MessageState.Late : MessageState.Failed;
                await settle.ExecuteAsync(
                    rows, new Settlement(state, now, Reason: reason, Call: Call(message, CallReasons.Undelivered, now)), cancellationToken);
                break;
        }
    }

    /// <returns>What else has been told with it.</returns>
    private async Task<IReadOnlyList<DueMessage>> TryAsync(IReadOnlyList<StoredDue> group, Claim claim, Turn turn, Run run, CancellationToken cancellationToken)
    {
        var now = claim.At;
        var sent = turn == Turn.Unknown;
        try
        {
            if (await dueStore.ClaimAsync(group[^1], claim, cancellationToken) is not { } claimed)
            {
                return [];
            }

            IReadOnlyList<StoredDue> rows = [.. group.Take(group.Count - 1), claimed];
            if (await PrepareAsync(group, rows, cancellationToken) is not { } prepared)
            {
                return [];
            }

            var message = claimed.Message;
            switch (prepared.Decision)
            {
                case MessageDecision.Drop:
                    await settle.ExecuteAsync(rows, new Settlement(MessageState.Superseded, now), cancellationToken);
                    return [];
                case MessageDecision.Wait when turn != Turn.First:
                    // It may have left: only the claim still says so, and the next run takes it up again.
                    return [];
                case MessageDecision.Wait:
                    await dueStore.ClaimAsync(claimed, claim with { NotBefore = now, Attempts = claim.Attempts }, cancellationToken);
                    return [];
                case MessageDecision.Send when turn == Turn.Unknown:
                    await settle.ExecuteAsync(
                        rows,
                        new Settlement(MessageState.Unknown, now, Reason: "claim-died", Call: Call(message, CallReasons.Unknown, now)),
                        cancellationToken);
                    return [];
                case MessageDecision.Send when now > message.Deadline:
                    await settle.ExecuteAsync(rows, new Settlement(MessageState.Late, now, Reason: "deadline"), cancellationToken);
                    LogLate(logger, message.Subject.ToString(), message.Kind, "deadline");
                    return [];
                case MessageDecision.Send { Kind: var kind }:
                    sent = true;
                    var result = await SendAsync(message, kind, () => run.Circuit.SendAsync(() => prepared.Send(kind, claim, cancellationToken), cancellationToken));
                    await FinishAsync(rows, claim, turn, result, run, cancellationToken);
                    return result is SendResult.Sent ? prepared.Told : [];
                default:
                    return [];
            }
        }
        finally
        {
            if (!sent)
            {
                await run.Allowance.GiveBackAsync(cancellationToken);
            }
        }
    }

    /// <summary>Hands it to the provider, as a span that leads back to what made it due.</summary>
    private static async Task<SendResult> SendAsync(DueMessage message, string kind, Func<Task<SendResult>> send)
    {
        using var span = Tracing.Start(message.Channel == Channel.Sms ? "send sms" : "send mail", ActivityKind.Client, message.Cause);
        var result = await send();
        span?.SetTag("rdv.channel", message.Channel.ToTag()).SetTag("rdv.message.kind", MessageKinds.Base(kind)).SetTag(Tracing.Outcome, result switch
        {
            SendResult.Sent => "sent",
            SendResult.Rejected => "rejected",
            SendResult.Unavailable => "unavailable",
            _ => "unknown",
        });
        var reason = result switch
        {
            SendResult.Rejected { Reason: var why } => why,
            SendResult.Unavailable { Reason: var why } => why,
            SendResult.Unknown { Reason: var why } => why,
            _ => null,
        };
        if (reason is not null)
        {
            span.Fail(reason);
        }

        return result;
    }

    /// <param name="due">As it was before the claim: what is judged is what others have done.</param>
    /// <returns>Null when it cannot be judged at all: it was settled, and said so once.</returns>
    private async Task<PreparedMessage?> PrepareAsync(
        IReadOnlyList<StoredDue> due, IReadOnlyList<StoredDue> rows, CancellationToken cancellationToken)
    {
        var message = rows[^1].Message;
        var now = clock.GetCurrentInstant();
        try
        {
            var sender = senders.Single(candidate => candidate.Channel == message.Channel && candidate.About == message.Subject.Kind);
            if (await sender.PrepareAsync(due, cancellationToken) is { } prepared)
            {
                return prepared;
            }
        }
        catch (Exception exception) when (exception is InvalidDataException
            || (now > message.Deadline && exception is not (StorageUnavailableException or OperationCanceledException)))
        {
            // What it is about cannot be read, today or tomorrow: nobody can even be called.
            LogUnreadable(logger, message.Subject.ToString(), message.Kind, exception);
            await settle.ExecuteAsync(rows, new Settlement(MessageState.Failed, now, Reason: "subject-unreadable"), cancellationToken);
            return null;
        }

        LogMissing(logger, message.Subject.ToString(), message.Kind);
        await settle.ExecuteAsync(rows, new Settlement(MessageState.Failed, now, Reason: "subject-missing"), cancellationToken);
        return null;
    }

    private async Task FinishAsync(
        IReadOnlyList<StoredDue> rows, Claim claim, Turn turn, SendResult result, Run run, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var message = rows[^1].Message;
        switch (result)
        {
            case SendResult.Sent sent:
                run.Sent();
                var awaited = sent.MayNotArrive && MessageKinds.Base(message.Kind) is not (MessageKinds.Confirmation or MessageKinds.Link);
                await settle.ExecuteAsync(
                    rows,
                    new Settlement(
                        MessageState.Sent,
                        now,
                        sent.ProviderId,
                        awaited ? MessageLog.MayNotArrive : null,
                        awaited ? Call(message, CallReasons.Unknown, Instant.Max(now, Instant.Min(now + ReportAwaited, message.Deadline - TimeToCall))) : null),
                    cancellationToken);
                break;
            case SendResult.Rejected rejected:
                LogRejected(logger, message.Subject.ToString(), message.Kind, rejected.Reason);
                await settle.ExecuteAsync(
                    rows, new Settlement(MessageState.Failed, now, Reason: rejected.Reason, Call: Call(message, CallReasons.Undelivered, now)), cancellationToken);
                break;
            case SendResult.Unavailable unavailable when turn == Turn.Repeat:
                // This try has not left, the one that died may have: the id and its first instant stay, until a try is answered or the
                // window has passed. A fresh id would be a second SMS.
                LogUnavailable(logger, message.Subject.ToString(), message.Kind, unavailable.Reason, ClaimLifetime);
                break;
            case SendResult.Unavailable unavailable:
                var pause = unavailable.RetryAfter ?? Backoff.After(claim.Attempts);
                LogUnavailable(logger, message.Subject.ToString(), message.Kind, unavailable.Reason, pause);
                if (now + pause > message.Deadline)
                {
                    await settle.ExecuteAsync(
                        rows, new Settlement(MessageState.Failed, now, Reason: unavailable.Reason, Call: Call(message, CallReasons.Undelivered, now)), cancellationToken);
                }
                else
                {
                    await dueStore.ClaimAsync(rows[^1], claim with { Attempts = claim.Attempts + 1, NotBefore = now + pause }, cancellationToken);
                }

                break;
            case SendResult.Unknown unknown:
                // The claim stays as it is: once it has died, the same id is tried again, or the hotline is told.
                LogUnavailable(logger, message.Subject.ToString(), message.Kind, unknown.Reason, ClaimLifetime);
                break;
        }
    }

    private static CallToMake Call(DueMessage message, string reason, Instant dueAt) =>
        CallToMake.Of(message.Subject, reason, MessageKinds.Base(message.Kind), dueAt, message.Version);

    private static string StreamOf(string kind) => kind switch
    {
        MessageKinds.ReminderSoon or MessageKinds.Link => kind,
        _ => MessageKinds.Base(kind) == MessageKinds.Reminder ? MessageKinds.Reminder : "news",
    };

    /// <summary>Which try of a message it is.</summary>
    private enum Turn
    {
        First,

        /// <summary>A try that died is made again, under its id.</summary>
        Repeat,

        /// <summary>A try that died may not be made again: nobody knows whether it left.</summary>
        Unknown,
    }

    /// <summary>What the messages of one run share.</summary>
    private sealed class Run(SendAllowance allowance, ProviderCircuit circuit, TimeProvider time)
    {
        private readonly long _began = time.GetTimestamp();
        private int _sent;
        private int _leftOver;

        public SendAllowance Allowance => allowance;

        public ProviderCircuit Circuit => circuit;

        public int AllSent => _sent;

        /// <summary>What came too late for this run.</summary>
        public int LeftOver => _leftOver;

        public void Sent() => Interlocked.Increment(ref _sent);

        public bool IsOver()
        {
            var over = time.GetElapsedTime(_began) >= RunLength;
            if (over)
            {
                Interlocked.Increment(ref _leftOver);
            }

            return over;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The {Channel} messages of territory {Territory} could not be dispatched.")]
    private static partial void LogTerritoryFailed(ILogger logger, string territory, Channel channel, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The {Channel} messages of {Count} territories could not be dispatched: {Territories}. The others were.")]
    private static partial void LogInTrouble(ILogger logger, Channel channel, int count, string territories);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The time of a run of {Channel} was over: {Count} messages wait for the next one.")]
    private static partial void LogOver(ILogger logger, Channel channel, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "A {Channel} message about {Subject} failed; the others go on.")]
    private static partial void LogMessageFailed(ILogger logger, string subject, Channel channel, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The {Kind} about {Subject} did not leave in time to be of use: {Reason}.")]
    private static partial void LogLate(ILogger logger, string subject, string kind, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The {Kind} about {Subject} cannot be sent: what it is about cannot be read. It is not tried again.")]
    private static partial void LogUnreadable(ILogger logger, string subject, string kind, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The {Kind} about {Subject} cannot be sent: what it is about is not there. It is not tried again.")]
    private static partial void LogMissing(ILogger logger, string subject, string kind);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was left of a lease of SMS could not be given back.")]
    private static partial void LogLeaseLost(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The {Kind} about {Subject} was refused: {Reason}.")]
    private static partial void LogRejected(ILogger logger, string subject, string kind, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The {Kind} about {Subject} has not left: {Reason}. Next try in {Pause}.")]
    private static partial void LogUnavailable(ILogger logger, string subject, string kind, string reason, Duration pause);
}
