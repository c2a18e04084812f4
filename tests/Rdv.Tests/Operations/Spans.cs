using System.Collections.Concurrent;
using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Rdv.Functions.Host;

namespace Rdv.Tests.Operations;

/// <summary>What the worker would export of traces, as it is set up there but for where it goes. It sees what runs beside it too.</summary>
internal sealed class Spans : IDisposable
{
    private readonly Gathered _all = [];
    private readonly TracerProvider _provider;

    public Spans() => _provider = Sdk.CreateTracerProviderBuilder().AddRdv().AddInMemoryExporter(_all).SetSampler(new TraceIdRatioBasedSampler(1)).Build();

    public IReadOnlyList<Activity> All => _all.ToList();

    /// <summary>A trace that a browser, or the host, has begun.</summary>
    public static (string TraceId, string Parent) Begin()
    {
        var (trace, span) = (ActivityTraceId.CreateRandom().ToHexString(), ActivitySpanId.CreateRandom().ToHexString());
        // Not recorded by whoever began it, as the host says of its own.
        return (trace, $"00-{trace}-{span}-00");
    }

    public IReadOnlyList<Activity> Of(string traceId) => [.. All.Where(span => span.TraceId.ToHexString() == traceId)];

    /// <summary>What was done later because of a trace.</summary>
    public IReadOnlyList<Activity> CausedBy(string traceId) => [.. All.Where(span => span.Links.Any(link => link.Context.TraceId.ToHexString() == traceId))];

    /// <summary>Every word of a span that leaves.</summary>
    public static string Text(Activity span) => string.Join(
        ' ',
        [
            span.OperationName, span.DisplayName, span.StatusDescription, span.TraceStateString, span.Source.Name,
            .. span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"),
            .. span.Baggage.Select(item => $"{item.Key}={item.Value}"),
            .. span.Events.SelectMany(one => one.Tags.Select(tag => $"{tag.Key}={tag.Value}").Prepend(one.Name)),
            .. span.Links.SelectMany(link => link.Tags ?? []).Select(tag => $"{tag.Key}={tag.Value}"),
        ]);

    public void Dispose() => _provider.Dispose();

    /// <summary>The exporter adds from any thread.</summary>
    private sealed class Gathered : ICollection<Activity>
    {
        private readonly ConcurrentQueue<Activity> _spans = new();

        public int Count => _spans.Count;

        public bool IsReadOnly => false;

        public List<Activity> ToList() => [.. _spans];

        public void Add(Activity item) => _spans.Enqueue(item);

        public void Clear() => _spans.Clear();

        public bool Contains(Activity item) => _spans.Contains(item);

        public void CopyTo(Activity[] array, int arrayIndex) => _spans.CopyTo(array, arrayIndex);

        public bool Remove(Activity item) => throw new NotSupportedException();

        public IEnumerator<Activity> GetEnumerator() => _spans.GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
