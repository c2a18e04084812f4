using Microsoft.Extensions.Logging;
using NodaTime;
using Rdv.Messages;

namespace Rdv.Dispatch;

/// <summary>Why nothing leaves for the moment.</summary>
/// <param name="Reason">A code, for the log of what became calls because of it.</param>
/// <param name="Until">When it ends; null when nobody knows.</param>
public sealed record Hold(string Reason, Instant? Until)
{
    public const string Paused = "paused";
    public const string ProviderAway = "provider-away";
    public const string MinuteLimit = "minute-limit";
    public const string DailyBudget = "daily-budget";
    public const string Contended = "contended";
}

/// <summary>
/// What one run may send. The limits of the provider and of the budget hold for all instances together: a run leases so many SMS at a time
/// from a shared count, by its ETag, and gives back what it has not used. That is one write for every hundred SMS and one at the end,
/// never one for each. A run that is killed loses its lease of the minute, and of the day.
/// </summary>
public sealed partial class SendAllowance : IDisposable
{
    /// <summary>SMS in one lease. A pause reaches a run that is under way at its next lease.</summary>
    public const int Lease = 100;

    // A provider that is wrong about itself is asked again after this at the latest.
    private static readonly Duration LongestWait = Duration.FromHours(1);

    private readonly SemaphoreSlim _gate = new(1);
    private readonly Channel _channel;
    private readonly IDispatchControlStore _store;
    private readonly RdvSettings _settings;
    private readonly IClock _clock;
    private readonly ILogger _logger;
    private DispatchControl _control;
    private int _left;

    private SendAllowance(Channel channel, DispatchControl control, IDispatchControlStore store, RdvSettings settings, IClock clock, ILogger logger)
    {
        (_channel, _control, _store, _settings, _clock, _logger) = (channel, control, store, settings, clock, logger);
        Held = HoldOf(control);
    }

    /// <summary>Null while messages may leave.</summary>
    public Hold? Held { get; private set; }

    /// <summary>As it was when the run began.</summary>
    public Heartbeat? Heartbeat => _control.Heartbeats.GetValueOrDefault(_channel);

    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public static async Task<SendAllowance> OpenAsync(
        Channel channel, IDispatchControlStore store, RdvSettings settings, IClock clock, ILogger logger, CancellationToken cancellationToken) =>
        new(channel, await store.ReadAsync(cancellationToken), store, settings, clock, logger);

    /// <returns>Whether one more message may leave; when not, <see cref="Held"/> says why.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<bool> TryTakeAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (Held is null && _channel == Channel.Sms && _left == 0)
            {
                await LeaseAsync(cancellationToken);
            }

            if (Held is not null)
            {
                return false;
            }

            _left -= _channel == Channel.Sms ? 1 : 0;
            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>One that was taken was not needed.</summary>
    public async Task GiveBackAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        _left += _channel == Channel.Sms ? 1 : 0;
        _gate.Release();
    }

    /// <summary>Whether the provider was left alone until now: one message finds out whether it works again.</summary>
    public bool IsProviderOnTrial => _control.Provider(_channel).NotBefore is not null;

    /// <summary>The provider is left alone for so long (an hour at most): no run of any instance sends until then.</summary>
    public async Task LeaveProviderAloneAsync(Duration pause, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var until = _clock.GetCurrentInstant() + Duration.Min(pause, LongestWait);
            if (Held is { Reason: Hold.ProviderAway, Until: { } known } && known >= until)
            {
                return;
            }

            Held = new Hold(Hold.ProviderAway, until);
            await ProviderAsync(state => state.NotBefore > until ? state : state with { NotBefore = until }, cancellationToken);
        }
        catch (ContendedException)
        {
            // This run holds; the others hear it from the provider themselves.
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The provider that was on trial works again.</summary>
    public async Task ProviderWorksAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var now = _clock.GetCurrentInstant();
            await ProviderAsync(state => state.IsLeftAlone(now) ? state : state with { NotBefore = null }, cancellationToken);
        }
        catch (ContendedException)
        {
            // Others have found out something newer.
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Gives back what was leased and not used.</summary>
    /// <exception cref="ContendedException">Others were faster at every attempt: the rest of the lease is lost.</exception>
    /// <exception cref="StorageUnavailableException">Storage did not answer: the same.</exception>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        if (_left > 0)
        {
            var (left, minute, day) = (_left, _control.Count.Minute, _control.Count.Day);
            _left = 0;
            await CountAsync(
                count => count with
                {
                    InMinute = Math.Max(0, count.InMinute - (count.Minute == minute ? left : 0)),
                    InDay = Math.Max(0, count.InDay - (count.Day == day ? left : 0)),
                },
                cancellationToken);
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task LeaseAsync(CancellationToken cancellationToken)
    {
        try
        {
            _control = await _store.WriteAsync(_control, control => TryLeaseAsync(control, cancellationToken), cancellationToken);
        }
        catch (ContendedException)
        {
            Held = new Hold(Hold.Contended, SmsCount.MinuteOf(_clock.GetCurrentInstant()) + Duration.FromMinutes(1));
        }
    }

    private async Task<DispatchControl?> TryLeaseAsync(DispatchControl control, CancellationToken cancellationToken)
    {
        Held = HoldOf(control);
        if (Held is not null)
        {
            return control;
        }

        var count = control.Count.At(_clock.GetCurrentInstant());
        var lease = Math.Min(Lease, Math.Min(_settings.SmsPerMinute - count.InMinute, _settings.SmsPerDay - count.InDay));
        if (await _store.TryWriteAsync(count with { InMinute = count.InMinute + lease, InDay = count.InDay + lease }, cancellationToken) is not { } written)
        {
            return null;
        }

        _left = lease;
        return control with { Count = written };
    }

    private async Task CountAsync(Func<SmsCount, SmsCount> change, CancellationToken cancellationToken) => _control = await _store.WriteAsync(
        _control,
        async control => await _store.TryWriteAsync(change(control.Count.At(_clock.GetCurrentInstant())), cancellationToken) is { } written
            ? control with { Count = written }
            : null,
        cancellationToken);

    private async Task ProviderAsync(Func<ProviderState, ProviderState> change, CancellationToken cancellationToken) => _control = await _store.WriteAsync(
        _control,
        async control => change(control.Provider(_channel)) is var changed && changed == control.Provider(_channel) ? control
            : await _store.TryWriteAsync(_channel, changed, cancellationToken) is { } written ? control.With(_channel, written)
            : null,
        cancellationToken);

    private Hold? HoldOf(DispatchControl control) =>
        control.Switches.Of(_channel).Paused ? new Hold(Hold.Paused, null)
        : control.Provider(_channel) is { NotBefore: { } notBefore } provider && provider.IsLeftAlone(_clock.GetCurrentInstant()) ? new Hold(Hold.ProviderAway, notBefore)
        : _channel == Channel.Sms ? HoldOf(control.Count, _clock.GetCurrentInstant())
        : null;

    private Hold? HoldOf(SmsCount stored, Instant now)
    {
        var count = stored.At(now);
        if (count.InDay >= _settings.SmsPerDay)
        {
            if (Held?.Reason != Hold.DailyBudget)
            {
                LogBudgetSpent(_logger, _settings.SmsPerDay);
            }

            return new Hold(Hold.DailyBudget, SmsCount.Zone.AtStartOfDay(count.Day.PlusDays(1)).ToInstant());
        }

        return count.InMinute >= _settings.SmsPerMinute ? new Hold(Hold.MinuteLimit, count.Minute + Duration.FromMinutes(1)) : null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The budget of {PerDay} SMS a day is spent: no SMS leaves before tomorrow, and what cannot wait becomes a call.")]
    private static partial void LogBudgetSpent(ILogger logger, int perDay);
}
