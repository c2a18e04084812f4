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

/// <summary>How many SMS all instances together have leased, in a minute and in a day, and until when the provider wants none.</summary>
/// <param name="Minute">The minute of the clock that <paramref name="InMinute"/> counts.</param>
/// <param name="Day">The day in Paris that <paramref name="InDay"/> counts.</param>
/// <param name="NotBefore">What the provider's last Retry-After said.</param>
/// <param name="ETag">Null when none was ever leased.</param>
public sealed record SmsCount(Instant Minute, int InMinute, LocalDate Day, int InDay, Instant? NotBefore, string? ETag)
{
    /// <summary>Days are counted where those who pay are.</summary>
    public static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/Paris"];

    public static readonly SmsCount None = new(Instant.MinValue, 0, LocalDate.MinIsoValue, 0, null, null);

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
            NotBefore = NotBefore > now ? NotBefore : null,
        };
    }
}

/// <summary>What a run of the dispatch reads first.</summary>
public sealed record DispatchControl(DispatchSwitches Switches, SmsCount Count);

/// <summary>What all instances know of sending: the switches, and what has been leased.</summary>
/// <remarks>Every member throws <see cref="StorageUnavailableException"/> when storage does not answer.</remarks>
public interface IDispatchControlStore
{
    /// <summary>One range query of two rows.</summary>
    Task<DispatchControl> ReadAsync(CancellationToken cancellationToken);

    /// <returns>False when somebody has changed them since they were read.</returns>
    Task<bool> TryWriteAsync(DispatchSwitches switches, CancellationToken cancellationToken);

    /// <returns>The count as it is stored now; null when somebody has changed it since it was read.</returns>
    Task<SmsCount?> TryWriteAsync(SmsCount count, CancellationToken cancellationToken);
}
