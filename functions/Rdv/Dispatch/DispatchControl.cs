using NodaTime;
using Rdv.Messages;

namespace Rdv.Dispatch;

/// <summary>Whether a channel sends; people of operations pause it.</summary>
/// <param name="Since">When it was paused; null while it runs.</param>
public sealed record ChannelSwitch(Instant? Since)
{
    public static ChannelSwitch Running { get; } = new((Instant?)null);

    public bool Paused => Since is not null;
}

/// <summary>The switches of both channels, as they are stored.</summary>
/// <param name="ETag">Null when nobody has paused anything yet.</param>
public sealed record DispatchSwitches(ChannelSwitch Sms, ChannelSwitch Mail, string? ETag)
{
    public ChannelSwitch Of(Channel channel) => channel == Channel.Sms ? Sms : Mail;
}

/// <summary>Until when a provider is left alone: it said when to come back, or it did not answer.</summary>
/// <param name="NotBefore">Null while it works. Once it is past, one message finds out whether it works again.</param>
/// <param name="ETag">Null when it has always worked.</param>
public sealed record ProviderState(Instant? NotBefore, string? ETag)
{
    public static ProviderState Working { get; } = new(null, (string?)null);

    public bool IsLeftAlone(Instant now) => NotBefore > now;
}

/// <summary>How many SMS all instances together have leased, in a minute and in a day.</summary>
/// <param name="Minute">The minute of the clock that <paramref name="InMinute"/> counts.</param>
/// <param name="Day">The day in Paris that <paramref name="InDay"/> counts.</param>
/// <param name="ETag">Null when none was ever leased.</param>
public sealed record SmsCount(Instant Minute, int InMinute, LocalDate Day, int InDay, string? ETag)
{
    /// <summary>Days are counted where those who pay are.</summary>
    public static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/Paris"];

    public static readonly SmsCount None = new(Instant.MinValue, 0, LocalDate.MinIsoValue, 0, null);

    public static Instant MinuteOf(Instant instant) => Instant.FromUnixTimeSeconds(instant.ToUnixTimeSeconds() / 60 * 60);

    /// <summary>The counts as they stand at that instant: those of a minute or of a day that is over are zero.</summary>
    public SmsCount At(Instant now)
    {
        var (minute, day) = (MinuteOf(now), now.InZone(Zone).Date);
        return this with
        {
            Minute = minute,
            InMinute = minute == Minute ? InMinute : 0,
            Day = day,
            InDay = day == Day ? InDay : 0,
        };
    }
}

/// <summary>What a run of the dispatch reads first.</summary>
public sealed record DispatchControl(DispatchSwitches Switches, SmsCount Count, ProviderState Sms, ProviderState Mail)
{
    /// <summary>By channel; of one whose loop has never run there is none.</summary>
    public IReadOnlyDictionary<Channel, Heartbeat> Heartbeats { get; init; } = new Dictionary<Channel, Heartbeat>();

    public ProviderState Provider(Channel channel) => channel == Channel.Sms ? Sms : Mail;

    public DispatchControl With(Channel channel, ProviderState provider) => channel == Channel.Sms ? this with { Sms = provider } : this with { Mail = provider };
}

/// <summary>What all instances know of sending: the switches, the providers, and what has been leased.</summary>
/// <remarks>Every member throws <see cref="StorageUnavailableException"/> when storage does not answer.</remarks>
public interface IDispatchControlStore
{
    /// <summary>One range query of seven rows at most.</summary>
    Task<DispatchControl> ReadAsync(CancellationToken cancellationToken);

    /// <returns>False when somebody has changed them since they were read.</returns>
    Task<bool> TryWriteAsync(DispatchSwitches switches, CancellationToken cancellationToken);

    /// <returns>The count as it is stored now; null when somebody has changed it since it was read.</returns>
    Task<SmsCount?> TryWriteAsync(SmsCount count, CancellationToken cancellationToken);

    /// <returns>The state as it is stored now; null when somebody has changed it since it was read.</returns>
    Task<ProviderState?> TryWriteAsync(Channel channel, ProviderState provider, CancellationToken cancellationToken);

    /// <summary>Written over what is there: of two runs at once either has looked.</summary>
    Task WriteAsync(Channel channel, Heartbeat heartbeat, CancellationToken cancellationToken);
}
