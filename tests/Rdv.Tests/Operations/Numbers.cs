using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Rdv.Tests.Operations;

/// <summary>What the worker would export of metrics: each measurement with its tags.</summary>
/// <param name="of">Of one product only; null for all that run.</param>
internal sealed class Numbers : IDisposable
{
    private readonly ConcurrentQueue<(Instrument Instrument, double Value, string Tags)> _measured = new();
    private readonly MeterListener _listener = new();

    public Numbers(IMeterFactory? of = null)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == RdvMetrics.MeterName && (of is null || instrument.Meter.Scope == of))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
    }

    public IReadOnlyList<string> Lines => [.. _measured.Select(one => $"{one.Instrument.Name} {one.Tags}")];

    /// <summary>The sum of what a counter has counted under these tags, in the order in which they are given.</summary>
    public double Sum(string name, string tags) => _measured.Where(one => one.Instrument.Name == name && one.Tags == tags).Sum(one => one.Value);

    public IReadOnlyList<double> Values(string name, string tags) => [.. _measured.Where(one => one.Instrument.Name == name && one.Tags == tags).Select(one => one.Value)];

    public IReadOnlySet<string> TagsOf(string name) => _measured.Where(one => one.Instrument.Name == name).Select(one => one.Tags).ToHashSet();

    public void Dispose() => _listener.Dispose();

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var words = new List<string>();
        foreach (var (key, word) in tags)
        {
            words.Add($"{key}={word}");
        }

        _measured.Enqueue((instrument, value, string.Join(' ', words)));
    }
}
