using System.Diagnostics;
using System.Diagnostics.Metrics;
using NodaTime;

namespace Rdv;

/// <summary>What the product counts and measures about itself: docs/operations.md lists it, "Metrics". Tags are words of ours, of which there are few.</summary>
/// <remarks>https://opentelemetry.io/docs/specs/semconv/general/metrics</remarks>
public sealed class RdvMetrics
{
    /// <summary>Name of the meter, for whoever exports.</summary>
    public const string MeterName = "Rdv";

    private readonly Counter<long> _bookings;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _settled;
    private readonly Counter<long> _reported;
    private readonly Gauge<double> _backlog;
    private readonly Counter<long> _conflicts;
    private readonly Histogram<double> _storage;

    public RdvMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        _bookings = meter.CreateCounter<long>("rdv.bookings", "{booking}", "Bookings that were asked for, by door, and what came of them.");
        _refusals = meter.CreateCounter<long>("rdv.refusals", "{refusal}", "What was asked and refused when it was to be written.");
        _settled = meter.CreateCounter<long>("rdv.messages.settled", "{message}", "Messages that came to their end here.");
        _reported = meter.CreateCounter<long>("rdv.messages.reported", "{message}", "Messages of which the provider has said what became of them.");
        _backlog = meter.CreateGauge<double>("rdv.backlog.age", "s", "Age of the oldest thing due that a run has passed over; 0 when there is none.");
        _conflicts = meter.CreateCounter<long>("rdv.transaction.conflicts", "{conflict}", "Transactions in which somebody else was faster: they are tried again.");
        _storage = meter.CreateHistogram(
            "db.client.operation.duration",
            "s",
            "Time of one request to storage, each try for itself.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10] });
    }

    /// <param name="door"><c>web</c>, <c>hotline</c> or <c>advisor</c>.</param>
    public void Booking(string door, string outcome) => _bookings.Add(1, new("rdv.door", door), new(Tracing.Outcome, outcome));

    public void Refused(Refusal refusal)
    {
        if (_refusals.Enabled)
        {
            _refusals.Add(1, new KeyValuePair<string, object?>("rdv.refusal", refusal.Code));
        }
    }

    public void Settled(string channel, string kind, string outcome) =>
        _settled.Add(1, new("rdv.channel", channel), new("rdv.message.kind", kind), new(Tracing.Outcome, outcome));

    public void Reported(string channel, string kind, bool delivered) =>
        _reported.Add(1, new("rdv.channel", channel), new("rdv.message.kind", kind), new(Tracing.Outcome, delivered ? "delivered" : "failed"));

    public void Backlog(string channel, Duration age) => _backlog.Record(age.TotalSeconds, new KeyValuePair<string, object?>("rdv.channel", channel));

    /// <param name="status">Of the condition that did not hold: 404, 409 or 412.</param>
    public void Conflict(int status) => _conflicts.Add(1, new KeyValuePair<string, object?>("db.response.status_code", status));

    public bool MeasuresStorage => _storage.Enabled;

    /// <param name="status">Null when there was no answer.</param>
    public void Storage(string operation, TimeSpan took, int? status)
    {
        var tags = new TagList { { "db.system.name", "azure.tables" }, { "db.operation.name", operation } };
        if (status is { } code)
        {
            tags.Add("db.response.status_code", code);
        }
        else
        {
            tags.Add("error.type", "no-answer");
        }

        _storage.Record(took.TotalSeconds, tags);
    }
}
