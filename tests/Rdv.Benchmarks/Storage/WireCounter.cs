using System.Text;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Rdv.Benchmarks.Storage;

/// <summary>What went over the wire: requests, entities in either direction, bytes of the bodies.</summary>
internal readonly record struct Wire(int Requests, int Entities, long SentBytes, long ReceivedBytes)
{
    public static Wire operator +(Wire a, Wire b) =>
        new(a.Requests + b.Requests, a.Entities + b.Entities, a.SentBytes + b.SentBytes, a.ReceivedBytes + b.ReceivedBytes);

    public static Wire Add(Wire left, Wire right) => left + right;

    public override string ToString() => $"{Requests} requests, {Entities} entities, {SentBytes} bytes sent, {ReceivedBytes} bytes received";
}

/// <summary>Counts each request of a client while it is asked to; does nothing otherwise.</summary>
internal sealed class WireCounter : HttpPipelinePolicy
{
    private readonly Lock _gate = new();
    private bool _counting;
    private Wire _total;

    public async Task<Wire> CountAsync(Func<Task> action)
    {
        _total = default;
        _counting = true;
        await action();
        _counting = false;
        return _total;
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => ProcessNext(message, pipeline);

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        if (_counting)
        {
            var wire = await ReadAsync(message);
            lock (_gate)
            {
                _total += wire;
            }
        }
    }

    private static async Task<Wire> ReadAsync(HttpMessage message)
    {
        var sent = new MemoryStream();
        if (message.Request.Content is { } content)
        {
            await content.WriteToAsync(sent, CancellationToken.None);
        }

        var received = message.Response.ContentStream is MemoryStream { Length: > 0 } body ? body.ToArray() : [];
        return new Wire(1, message.Request.Method == RequestMethod.Get ? EntitiesIn(message.Response.Status, received) : EntitiesIn(sent.ToArray()), sent.Length, received.Length);
    }

    private static int EntitiesIn(int status, byte[] answer)
    {
        if (status != 200)
        {
            return 0;
        }

        using var json = JsonDocument.Parse(answer);
        return json.RootElement.TryGetProperty("value", out var rows) ? rows.GetArrayLength() : 1;
    }

    // One part a row in a transaction; a single write otherwise.
    private static int EntitiesIn(byte[] request) => Math.Max(1, Encoding.UTF8.GetString(request).Split("Content-Type: application/http").Length - 1);
}
