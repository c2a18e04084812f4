using Azure.Core;
using Azure.Core.Pipeline;

namespace Rdv.Azure.Tables;

/// <summary>Measures each request to storage, the client's own retries one by one. An operation is named, and never its keys.</summary>
public sealed class StorageTimes(RdvMetrics metrics, TimeProvider time) : HttpPipelinePolicy
{
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var began = time.GetTimestamp();
        try
        {
            ProcessNext(message, pipeline);
        }
        finally
        {
            Measure(message, began);
        }
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var began = time.GetTimestamp();
        try
        {
            await ProcessNextAsync(message, pipeline);
        }
        finally
        {
            Measure(message, began);
        }
    }

    private void Measure(HttpMessage message, long began)
    {
        if (metrics.MeasuresStorage)
        {
            metrics.Storage(Operation(message.Request), time.GetElapsedTime(began), message.HasResponse ? message.Response.Status : null);
        }
    }

    private static string Operation(Request request) => request.Method.Method switch
    {
        "GET" => request.Uri.Path.Contains("RowKey=", StringComparison.Ordinal) ? "get" : "query",
        "POST" when request.Uri.Path.EndsWith("/$batch", StringComparison.Ordinal) => "transaction",
        "POST" => "insert",
        "DELETE" => "delete",
        _ => "update",
    };
}
