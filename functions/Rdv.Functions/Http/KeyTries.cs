using System.Collections.Concurrent;
using System.Diagnostics;

namespace Rdv.Functions.Http;

/// <summary>
/// Bounds the wrong keys and unknown references of each client, on this instance: a key is 65 bits, and guesses on a few instances at once
/// are as hopeless as on one (docs/adr/0009).
/// </summary>
/// <remarks>
/// A try is taken before the key is looked at, so that no more of them run at once than may still be wrong; a right one gives it back.
/// Others wait for those under way: people behind one address, whose keys are right, are not refused for coming together.
/// </remarks>
public sealed class KeyTries(int perMinute)
{
    private const int MaxClients = 50_000;
    private const int MaxWaits = 100;
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<string, Client> _clients = new();

    /// <returns>Null when the client has tried too many wrong ones.</returns>
    public async ValueTask<Try?> BeginAsync(string address, CancellationToken cancellationToken)
    {
        if (_clients.Count >= MaxClients)
        {
            _clients.Clear();
        }

        var client = _clients.GetOrAdd(address, _ => new Client(perMinute));
        for (var waits = 0; waits < MaxWaits; waits++)
        {
            switch (client.TryBegin())
            {
                case true:
                    return new Try(client);
                case null:
                    return null;
            }

            await Task.Delay(Wait, cancellationToken);
        }

        return null;
    }

    /// <summary>One try of a key. It counts once it was found wrong.</summary>
    public sealed class Try : IDisposable
    {
        private readonly Client? _client;
        private bool _isWrong;

        internal Try(Client? client) => _client = client;

        /// <summary>Where nothing is limited.</summary>
        internal static Try Unlimited => new(null);

        public void Wrong() => _isWrong = true;

        public void Dispose() => _client?.End(_isWrong);
    }

    internal sealed class Client(int perMinute)
    {
        private readonly Lock _lock = new();
        private double _left = perMinute;
        private long _at = Stopwatch.GetTimestamp();
        private int _underWay;

        /// <returns>False while others have to end first; null when no wrong try is left.</returns>
        public bool? TryBegin()
        {
            lock (_lock)
            {
                var now = Stopwatch.GetTimestamp();
                _left = Math.Min(perMinute, _left + (Stopwatch.GetElapsedTime(_at, now).TotalMinutes * perMinute));
                _at = now;
                if (_left < 1)
                {
                    return null;
                }

                if (_left - _underWay < 1)
                {
                    return false;
                }

                _underWay++;
                return true;
            }
        }

        public void End(bool isWrong)
        {
            lock (_lock)
            {
                _underWay--;
                _left -= isWrong ? 1 : 0;
            }
        }
    }
}
