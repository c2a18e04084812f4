using NodaTime;
using Rdv.Calls;
using Rdv.Messages;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Dispatch;

/// <summary>What the provider says of an SMS that left.</summary>
/// <param name="Tag">What we sent with it.</param>
/// <param name="Reason">Why it did not arrive: a code.</param>
public sealed record DeliveryReport(string? Tag, string? ProviderId, bool Delivered, string? Reason);

public enum ReportOutcome
{
    Taken,

    /// <summary>It was known, or something better is: nothing changed.</summary>
    Known,

    /// <summary>No message of ours has that tag and that id.</summary>
    Foreign,
}

/// <summary>
/// Takes a delivery report: what became of the message is written to its log, and where an SMS to the citizen did not arrive, a call to
/// make in the same transaction.
/// </summary>
/// <remarks>
/// Reports come at least once and in any order, even before our own settlement. <em>Delivered</em> is the last word: a message that was
/// read on a phone cannot fail any more, so a Failed after it changes nothing, and a Delivered after a Failed takes the place of it and
/// takes the open call away. The same report again changes nothing, so a call that was made does not come back.
/// </remarks>
public sealed class TakeDeliveryReport(
    IMessageLogStore logs, ICallStore calls, Writer writer, WorthACall worthACall, IClock clock, RdvMetrics metrics)
{
    // A call that nobody answered comes back two hours later, as does one that waits for a report.
    private static readonly Duration OpenCallsAhead = Duration.FromHours(3);

    /// <exception cref="StorageUnavailableException">Storage did not answer; the report may come again.</exception>
    public async Task<ReportOutcome> ExecuteAsync(DeliveryReport report, CancellationToken cancellationToken)
    {
        if (!MessageTag.TryParse(report.Tag, out var message))
        {
            return ReportOutcome.Foreign;
        }

        var outcome = (await writer.WriteAsync(message.Subject.Territory, token => DecideAsync(message, report, token), cancellationToken)).Value;
        if (outcome == ReportOutcome.Taken)
        {
            metrics.Reported(Channel.Sms.ToTag(), MessageKinds.Base(message.Kind), report.Delivered);
        }

        return outcome;
    }

    private async Task<Decision<ReportOutcome>> DecideAsync(MessageTag message, DeliveryReport report, CancellationToken cancellationToken)
    {
        var (found, log) = await FindAsync(message, cancellationToken);
        if (!found || !IsAbout(log?.Value, message, report))
        {
            return ReportOutcome.Foreign;
        }

        if (log?.Value.Report is { } said && (said.Delivered || !report.Delivered))
        {
            return ReportOutcome.Known;
        }

        var now = clock.GetCurrentInstant();
        return new Decision<ReportOutcome>.Write(
            [
                new RowWrite.Merge(new ReportedMessage(message, new MessageReport(report.Delivered, now, report.ProviderId, report.Reason)), log?.ETag),
                .. await CallsAsync(message, log?.Value, report.Delivered, now, cancellationToken),
            ],
            ReportOutcome.Taken);
    }

    private async Task<(bool Found, Stored<MessageLog>? Log)> FindAsync(MessageTag message, CancellationToken cancellationToken)
    {
        if (await logs.FindAsync(message, cancellationToken) is { } log)
        {
            return (true, log);
        }

        // Not settled yet; or settled between the two reads.
        return await logs.IsDueAsync(message, cancellationToken) ? (true, null)
            : await logs.FindAsync(message, cancellationToken) is { } settled ? (true, settled)
            : (false, null);
    }

    /// <summary>One log can tell of several SMS, one after the other: of a link that was asked for again, only the last counts.</summary>
    private static bool IsAbout(MessageLog? known, MessageTag message, DeliveryReport report) => known switch
    {
        null => true,
        { ProviderId: { } settled } => settled == report.ProviderId,
        { State: MessageState.Due, Report: null } => known.At.ToUnixTimeSeconds() == message.DueAt.ToUnixTimeSeconds(),
        _ => true,
    };

    private async Task<IEnumerable<RowWrite>> CallsAsync(
        MessageTag message, MessageLog? known, bool delivered, Instant now, CancellationToken cancellationToken)
    {
        if (message.Recipient != Recipient.Citizen)
        {
            // Staff see it in the appointment's messages; who is called is the citizen.
            return [];
        }

        var kind = MessageKinds.Base(message.Kind);
        var mayHaveCall = known is { Report: not null } or { State: MessageState.Unknown or MessageState.Failed or MessageState.Late } or { Reason: MessageLog.MayNotArrive };
        var open = mayHaveCall || MessageKinds.IsAgain(message.Kind)
            ? (await calls.ListAsync(message.Subject.Territory, HumaneHours.NextCall(message.Subject.Territory, now + OpenCallsAhead), cancellationToken))
                .Where(call => call.Subject == message.Subject && call.Version == message.Version && call.Kind == kind)
                .ToList()
            : [];
        if (delivered)
        {
            return open.Where(call => call.Reason is CallReasons.Unknown or CallReasons.Undelivered).Select(call => new RowWrite.Delete(call));
        }

        if (known?.State is MessageState.Unknown or MessageState.Failed or MessageState.Late || open.Exists(call => call.Reason == CallReasons.Undelivered))
        {
            // Its settlement has made the call, or another sending of the same message has.
            return [];
        }

        var call = CallToMake.Of(message.Subject, CallReasons.Undelivered, kind, now, message.Version);
        return await worthACall.IsAsync(call, cancellationToken)
            // In the place of the one that waited for this very report.
            ? [.. open.Where(other => other.Reason == CallReasons.Unknown).Select(other => new RowWrite.Delete(other)), new RowWrite.Put(call)]
            : [];
    }
}
