using System.Collections.Concurrent;
using System.Globalization;
using Rdv.Messages;

namespace Rdv.Benchmarks.Storage;

/// <summary>Takes every SMS, after a while, and sends none; what it took, it knows.</summary>
internal sealed class SilentSmsGateway(TimeSpan latency) : ISmsGateway
{
    private readonly ConcurrentDictionary<string, int> _taken = new();
    private int _sent;

    /// <summary>How many it was asked for more than once.</summary>
    public int Twice => _taken.Values.Count(times => times > 1);

    /// <summary>What it has taken, by territory.</summary>
    public IReadOnlyDictionary<string, int> ByTerritory() => _taken.Keys.CountBy(reference => reference.Split('-')[0]).ToDictionary();

    public async Task<SendResult> SendAsync(OutgoingSms sms, CancellationToken cancellationToken)
    {
        if (latency > TimeSpan.Zero)
        {
            await Task.Delay(latency, cancellationToken);
        }

        _taken.AddOrUpdate($"{sms.Reference} {sms.Kind}", 1, (_, times) => times + 1);
        return new SendResult.Sent(Interlocked.Increment(ref _sent).ToString("D8", CultureInfo.InvariantCulture));
    }
}
