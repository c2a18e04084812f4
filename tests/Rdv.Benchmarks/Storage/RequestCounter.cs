using Azure.Core;
using Azure.Core.Pipeline;

namespace Rdv.Benchmarks.Storage;

/// <summary>How many requests have gone to storage, and nothing else: it costs next to nothing.</summary>
internal sealed class RequestCounter : HttpPipelineSynchronousPolicy
{
    private int _requests;

    public int Requests => _requests;

    public override void OnSendingRequest(HttpMessage message) => Interlocked.Increment(ref _requests);
}
