using Microsoft.Extensions.Logging;
using NodaTime;
using Rdv.Messages;

namespace Rdv.Dispatch;

/// <summary>
/// Pauses a channel and lets it run again, on every instance, across restarts. Nothing is lost meanwhile: messages stay due, and those that
/// cannot wait become calls (<see cref="DispatchMessages"/>).
/// </summary>
public sealed partial class PauseDispatch(IDispatchControlStore store, RdvSettings settings, IClock clock, ILogger<PauseDispatch> logger)
{
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<DispatchStatus> ReadAsync(CancellationToken cancellationToken) =>
        Status(await store.ReadAsync(cancellationToken));

    /// <param name="sms">Whether SMS are to be paused; null leaves them as they are.</param>
    /// <param name="mail">The same for mails.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<DispatchStatus> ChangeAsync(bool? sms, bool? mail, CancellationToken cancellationToken) => Status(await store.WriteAsync(
        await store.ReadAsync(cancellationToken),
        async control =>
        {
            var known = control.Switches;
            var wanted = known with { Sms = Change(known.Sms, sms), Mail = Change(known.Mail, mail) };
            if (wanted == known)
            {
                return control;
            }

            if (!await store.TryWriteAsync(wanted, cancellationToken))
            {
                return null;
            }

            LogChanged(logger, Word(wanted.Sms), Word(wanted.Mail));
            return control with { Switches = wanted };
        },
        cancellationToken));

    private ChannelSwitch Change(ChannelSwitch known, bool? pause) => pause switch
    {
        null => known,
        // Paused again, it has been paused since the first time.
        true => known.Paused ? known : new ChannelSwitch(clock.GetCurrentInstant()),
        false => ChannelSwitch.Running,
    };

    private DispatchStatus Status(DispatchControl control)
    {
        var now = clock.GetCurrentInstant();
        return new DispatchStatus(control.Switches.Sms, control.Switches.Mail, control.Count.At(now).InDay, settings.SmsPerDay)
        {
            SmsAway = control.Sms.IsLeftAlone(now),
            MailAway = control.Mail.IsLeftAlone(now),
            Heartbeats = control.Heartbeats,
            Loops = LoopReport.Of(control.Heartbeats, now),
        };
    }

    private static string Word(ChannelSwitch channel) => channel.Paused ? "paused" : "running";

    [LoggerMessage(Level = LogLevel.Warning, Message = "The dispatch was changed: SMS {Sms}, mail {Mail}.")]
    private static partial void LogChanged(ILogger logger, string sms, string mail);
}

/// <param name="SmsToday">SMS leased today: those that left, and at most one lease for each run under way or killed.</param>
/// <param name="SmsPerDay">The budget.</param>
public sealed record DispatchStatus(ChannelSwitch Sms, ChannelSwitch Mail, int SmsToday, int SmsPerDay)
{
    /// <summary>Whether the provider of SMS is left alone for the moment.</summary>
    public bool SmsAway { get; init; }

    /// <summary>The same of the mail server.</summary>
    public bool MailAway { get; init; }

    public required IReadOnlyDictionary<Channel, Heartbeat> Heartbeats { get; init; }

    public required LoopReport Loops { get; init; }

    /// <summary>Null while it runs; chores are never paused.</summary>
    public Instant? PausedSince(Channel channel) => channel switch
    {
        Channel.Sms => Sms.Since,
        Channel.Mail => Mail.Since,
        _ => null,
    };

    public bool BudgetSpent => SmsToday >= SmsPerDay;

    /// <summary>Four fifths of it: there is still time to raise it, or to find out what sends so much.</summary>
    public bool BudgetNearlySpent => SmsToday >= 0.8 * SmsPerDay;

    /// <summary>How a channel fares, in one word: what people have decided comes first.</summary>
    public string WordOf(Channel channel) => channel == Channel.Sms
        ? Sms.Paused ? "paused" : BudgetSpent ? "over-budget" : SmsAway ? "provider-away" : "running"
        : Mail.Paused ? "paused" : MailAway ? "provider-away" : "running";
}
