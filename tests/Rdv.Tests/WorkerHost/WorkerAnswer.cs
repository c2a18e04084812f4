using Microsoft.AspNetCore.Http;

namespace Rdv.Tests.WorkerHost;

/// <summary>What the worker answered over HTTP.</summary>
internal sealed record WorkerAnswer(int Status, IReadOnlyList<KeyValuePair<string, IEnumerable<string>>> Headers, byte[] Body)
{
    public async Task WriteAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.StatusCode = Status;
        foreach (var (name, values) in Headers)
        {
            response.Headers[name] = values.ToArray();
        }

        if (Body.Length > 0)
        {
            await response.Body.WriteAsync(Body, cancellationToken);
        }
    }
}
