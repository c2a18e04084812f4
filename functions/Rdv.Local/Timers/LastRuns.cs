using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Rdv.Local.Data;

namespace Rdv.Local.Timers;

/// <summary>When each timer last ran, so that a start knows what was missed.</summary>
/// <param name="path">null keeps it in memory.</param>
internal sealed class LastRuns(string? path)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _runs = path is not null && File.Exists(path)
        ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path))!
        : [];

    public Instant? Of(string name)
    {
        lock (_lock)
        {
            return _runs.TryGetValue(name, out var text) ? InstantPattern.ExtendedIso.Parse(text).GetValueOrThrow() : null;
        }
    }

    public void Set(string name, Instant at)
    {
        lock (_lock)
        {
            _runs[name] = InstantPattern.ExtendedIso.Format(at);
            if (path is not null)
            {
                AtomicFile.Write(path, JsonSerializer.Serialize(_runs));
            }
        }
    }
}
