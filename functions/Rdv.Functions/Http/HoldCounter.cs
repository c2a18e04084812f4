using System.Collections.Concurrent;
using NodaTime;

namespace Rdv.Functions.Http;

/// <summary>How many slots each client keeps at a time, on this instance: nobody hoards a morning.</summary>
public sealed class HoldCounter(LimitSettings settings, IClock clock)
{
    private const int MaxClients = 50_000;
    private readonly ConcurrentDictionary<string, Dictionary<string, Instant>> _holds = new();

    /// <returns>False when the client keeps as many as one may.</returns>
    public bool MayHold(string client)
    {
        if (!settings.Enabled)
        {
            return true;
        }

        var now = clock.GetCurrentInstant();
        var holds = _holds.GetValueOrDefault(client);
        if (holds is null)
        {
            return true;
        }

        lock (holds)
        {
            foreach (var expired in holds.Where(hold => hold.Value <= now).Select(hold => hold.Key).ToList())
            {
                holds.Remove(expired);
            }

            return holds.Count < settings.HoldsPerClient;
        }
    }

    public void Held(string client, string hold, Instant expires)
    {
        if (_holds.Count >= MaxClients)
        {
            _holds.Clear();
        }

        var holds = _holds.GetOrAdd(client, _ => []);
        lock (holds)
        {
            holds[hold] = expires;
        }
    }

    public void Released(string hold)
    {
        foreach (var holds in _holds.Values)
        {
            lock (holds)
            {
                holds.Remove(hold);
            }
        }
    }
}
