using Microsoft.Extensions.Logging;
using NodaTime;
using Rdv.Messages;

namespace Rdv.Dispatch;

/// <summary>
/// The circuit breaker between a run and a provider (M. Nygard, Release It!, 2007). A provider that fails several times in a row, or hangs,
/// is left alone for a while by every instance; then one message finds out whether it works again.
/// </summary>
/// <remarks>
/// What has been claimed meanwhile is told that it has not left, and waits. The state of the circuit is in storage
/// (<see cref="ProviderState"/>): each timer may run in a process of its own, and a hanging provider would cost each of their runs the same
/// wait again.
/// </remarks>
internal sealed partial class ProviderCircuit : IDisposable
{
    /// <summary>Twice the pause between two runs.</summary>
    public static readonly Duration OpenFor = Duration.FromMinutes(2);

    private const int FailuresInARow = 3;

    // What a provider that answers in 350 ms needs for nine times what it takes in a minute.
    private const int SmsAtOnce = 32;

    // Each has a connection to itself. At 2 seconds a mail, 400 leave in a run: the days of 4,000 advisors take 10 runs, and 160 over one connection.
    private const int MailsAtOnce = 16;

    private static readonly TimeSpan Hanging = TimeSpan.FromSeconds(8);

    private readonly SemaphoreSlim _lane;
    private readonly Lock _gate = new();
    private readonly SendAllowance _allowance;
    private readonly Channel _channel;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly int _atOnce;
    private bool _onTrial;
    private bool _open;
    private int _failures;
    private long _lastAnswer;

    public ProviderCircuit(SendAllowance allowance, Channel channel, TimeProvider time, ILogger logger)
    {
        (_allowance, _channel, _time, _logger) = (allowance, channel, time, logger);
        _atOnce = AtOnce(channel);
        _onTrial = allowance.IsProviderOnTrial;
        _lane = new SemaphoreSlim(_onTrial ? 1 : _atOnce, _atOnce);
        _lastAnswer = time.GetTimestamp();
    }

    /// <summary>How many messages a provider is handed at once.</summary>
    public static int AtOnce(Channel channel) => channel == Channel.Sms ? SmsAtOnce : MailsAtOnce;

    /// <summary>Hands one message to the provider, unless the circuit has opened since it was claimed.</summary>
    public async Task<SendResult> SendAsync(Func<Task<SendResult>> send, CancellationToken cancellationToken)
    {
        await _lane.WaitAsync(cancellationToken);
        try
        {
            if (_open)
            {
                return new SendResult.Unavailable(Hold.ProviderAway);
            }

            var began = _time.GetTimestamp();
            var result = await send();
            await NoteAsync(result, began, cancellationToken);
            return result;
        }
        finally
        {
            _lane.Release();
        }
    }

    public void Dispose() => _lane.Dispose();

    private async Task NoteAsync(SendResult result, long began, CancellationToken cancellationToken)
    {
        try
        {
            if (Answered(result))
            {
                if (Close())
                {
                    await _allowance.ProviderWorksAsync(cancellationToken);
                }
            }
            else if (Open(result, began) is { } pause)
            {
                LogLeftAlone(_logger, _channel, ReasonOf(result), (int)Math.Ceiling(pause.TotalMinutes));
                await _allowance.LeaveProviderAloneAsync(pause, cancellationToken);
            }
        }
        catch (StorageUnavailableException)
        {
            // This run knows; what became of the message is written first of all.
        }
    }

    private static bool Answered(SendResult result) => result is SendResult.Sent or SendResult.Rejected or SendResult.Unavailable { OneRecipient: true };

    private static string ReasonOf(SendResult result) => result switch
    {
        SendResult.Unavailable unavailable => unavailable.Reason,
        SendResult.Unknown unknown => unknown.Reason,
        _ => "",
    };

    /// <returns>Whether the provider was on trial: it works again.</returns>
    private bool Close()
    {
        lock (_gate)
        {
            (_failures, _lastAnswer) = (0, _time.GetTimestamp());
            if (!_onTrial || _open)
            {
                return false;
            }

            _onTrial = false;
            if (_atOnce > 1)
            {
                _lane.Release(_atOnce - 1);
            }

            return true;
        }
    }

    /// <returns>For how long the provider is to be left alone; null when one failure says nothing yet, or another has said it.</returns>
    private Duration? Open(SendResult result, long began)
    {
        var retryAfter = (result as SendResult.Unavailable)?.RetryAfter;
        lock (_gate)
        {
            _failures++;
            // One that hangs while others get through says nothing of the provider.
            var hangs = _time.GetElapsedTime(began) >= Hanging && _lastAnswer <= began;
            if (retryAfter is null && (_open || (!_onTrial && !hangs && _failures < FailuresInARow)))
            {
                return null;
            }

            _open = true;
            return retryAfter ?? OpenFor;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The provider of {Channel} is left alone for {Minutes} minutes: {Reason}.")]
    private static partial void LogLeftAlone(ILogger logger, Channel channel, string reason, int minutes);
}
