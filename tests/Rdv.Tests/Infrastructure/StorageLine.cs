using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Rdv.Azure.Tables;

namespace Rdv.Tests.Infrastructure;

/// <summary>What may happen to one request on its way to storage and back.</summary>
internal enum StorageFault
{
    None,

    /// <summary>Storage does it, and its answer becomes a 500.</summary>
    AnswerLost,

    /// <summary>Storage does it, and the client stops waiting.</summary>
    AnswerLate,

    /// <summary>Storage does it, and the connection breaks inside the answer.</summary>
    AnswerBroken,

    /// <summary>It never reaches storage.</summary>
    NotReached,

    /// <summary>Storage refuses it for load.</summary>
    Refused,
}

/// <param name="What"><c>point</c>, <c>range</c>, <c>transaction</c> or <c>update</c>.</param>
/// <param name="Partition">Null where it is not known: a transaction names it in its body, which is read for a fault only.</param>
internal sealed partial record StorageRequest(string What, string? Partition)
{
    public bool IsTransaction => What == "transaction";

    public static StorageRequest Of(Request request)
    {
        var path = Uri.UnescapeDataString(request.Uri.Path);
        var what = path.EndsWith("/$batch", StringComparison.Ordinal) ? "transaction"
            : request.Method != RequestMethod.Get ? "update"
            : path.Contains("RowKey=", StringComparison.Ordinal) ? "point"
            : "range";
        return new StorageRequest(what, PartitionKey().Match(Uri.UnescapeDataString(request.Uri.ToUri().PathAndQuery).Replace('+', ' ')) is { Success: true } match ? match.Groups[1].Value : null);
    }

    public override string ToString() => What;

    /// <summary>With the partition of a transaction.</summary>
    public async Task<StorageRequest> ReadAsync(Request request)
    {
        return this with { Partition = PartitionInBody().Match(Uri.UnescapeDataString(await BodyAsync(request))) is { Success: true } match ? match.Groups[1].Value : null };
    }

    public static async Task<string> BodyAsync(Request request)
    {
        using var body = new MemoryStream();
        if (request.Content is { } content)
        {
            await content.WriteToAsync(body, CancellationToken.None);
        }

        return Encoding.UTF8.GetString(body.ToArray());
    }

    [GeneratedRegex("PartitionKey(?:='|\"\\s*:\\s*\")([^'\"]*)")]
    private static partial Regex PartitionInBody();

    [GeneratedRegex("PartitionKey(?:=| eq )'([^']*)'")]
    private static partial Regex PartitionKey();
}

/// <summary>Stands between the product and storage, inside the retries of the client: counts what passes, and does harm when told to.</summary>
internal sealed class StorageLine(KillSwitch? kill = null) : HttpPipelinePolicy
{
    private readonly ConcurrentQueue<StorageRequest> _requests = new();

    public IReadOnlyList<StorageRequest> Requests => [.. _requests];

    public int Count => _requests.Count;

    /// <summary>Chooses what happens to each request.</summary>
    public Func<StorageRequest, StorageFault>? Fault { get; set; }

    /// <summary>What somebody else does while a request is on its way.</summary>
    public Func<StorageRequest, Task>? Meanwhile { get; set; }

    /// <summary>Told of each answer that reaches the product.</summary>
    public Action<StorageRequest, global::Azure.Response>? Answered { get; set; }

    /// <summary>Told of the body of each write that goes on its way; what it returns is told whether storage did it, null when nobody knows.</summary>
    public Func<string, Action<bool?>>? Sent { get; set; }

    /// <summary>Changes the body of each transaction.</summary>
    public Func<string, string>? Rewrite { get; set; }

    /// <summary>As in the product, but for the waits between its tries, which are shorter.</summary>
    public TableClientOptions ToOptions()
    {
        var options = StorageOptions.Create();
        options.Retry.Delay = TimeSpan.FromMilliseconds(4);
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(20);
        options.AddPolicy(this, HttpPipelinePosition.PerRetry);
        return options;
    }

    /// <summary>Does harm to so many transactions, then no more.</summary>
    public void FailTransactions(StorageFault fault, int times)
    {
        var left = times;
        Fault = request => request.IsTransaction && Interlocked.Decrement(ref left) >= 0 ? fault : StorageFault.None;
    }

    public void Mend() => Fault = null;

    /// <summary>What was asked of storage meanwhile, in its order.</summary>
    public async Task<string[]> DuringAsync(Func<Task> run)
    {
        var before = _requests.Count;
        await run();
        return [.. _requests.Skip(before).Select(request => request.What)];
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        // A page more of the same query: the storage decides how many there are.
        if (message.Request.Uri.Query.Contains("NextPartitionKey=", StringComparison.Ordinal) && Fault is null)
        {
            await ProcessNextAsync(message, pipeline);
            return;
        }

        var request = StorageRequest.Of(message.Request);
        _requests.Enqueue(request);
        kill?.Pass($"before {request}");
        if (Meanwhile is { } meanwhile)
        {
            await meanwhile(request);
        }

        if (Fault is not null && request.IsTransaction)
        {
            request = await request.ReadAsync(message.Request);
        }

        var fault = Fault?.Invoke(request) ?? StorageFault.None;
        switch (fault)
        {
            case StorageFault.NotReached:
                throw new global::Azure.RequestFailedException(0, "Connection refused.", new HttpRequestException("Connection refused."));
            case StorageFault.Refused:
                message.Response = new EmptyResponse(503);
                return;
        }

        if (request.IsTransaction && Rewrite is { } rewrite)
        {
            message.Request.Content = RequestContent.Create(Encoding.UTF8.GetBytes(rewrite(await StorageRequest.BodyAsync(message.Request))));
        }

        await SendAsync(message, pipeline, Sent is { } sent && message.Request.Method != RequestMethod.Get ? sent(await StorageRequest.BodyAsync(message.Request)) : null);
        kill?.Pass($"after {request}");
        switch (fault)
        {
            case StorageFault.AnswerLost:
                message.Response = new EmptyResponse(500);
                break;
            case StorageFault.AnswerLate:
                throw new TaskCanceledException("The operation was cancelled because it exceeded the configured timeout.");
            case StorageFault.AnswerBroken:
                throw new IOException("The response ended prematurely.");
        }

        Answered?.Invoke(request, message.Response);
    }

    /// <summary>Whether storage did what was written: a transaction whose conditions do not hold is answered 202 as well, with a 4xx inside.</summary>
    /// <returns>Null when nobody knows.</returns>
    public static bool? Did(global::Azure.Response response) =>
        response.Status >= 500 ? null
        : response.Status < 400 && (response.Status != 202 || !response.Content.ToString().Contains("HTTP/1.1 4", StringComparison.Ordinal));

    private static async Task SendAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline, Action<bool?>? heard)
    {
        bool? did = null;
        try
        {
            await ProcessNextAsync(message, pipeline);
            did = heard is null ? null : Did(message.Response);
        }
        finally
        {
            heard?.Invoke(did);
        }
    }

    /// <summary>Data Protection reads its keys without await: they are not what is tested here.</summary>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => ProcessNext(message, pipeline);

    private sealed class EmptyResponse(int status) : global::Azure.Response
    {
        public override int Status => status;

        public override string ReasonPhrase => "";

        public override Stream? ContentStream { get; set; }

        public override string ClientRequestId { get; set; } = "";

        public override void Dispose()
        {
        }

        protected override bool ContainsHeader(string name) => false;

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => [];

        protected override bool TryGetHeader(string name, out string value)
        {
            value = "";
            return false;
        }

        protected override bool TryGetHeaderValues(string name, out IEnumerable<string> values)
        {
            values = [];
            return false;
        }
    }
}
