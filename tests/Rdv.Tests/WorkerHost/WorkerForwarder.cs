using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;

namespace Rdv.Tests.WorkerHost;

/// <summary>Hands a request on to the worker's own HTTP address, and reads its answer whole.</summary>
/// <param name="from">The address that the host says it sees; null for the one that it does.</param>
internal sealed class WorkerForwarder(Uri worker, Func<string>? from = null) : IAsyncDisposable
{
    // What concerns one connection only (RFC 9110, 7.6.1), and what the new request says for itself.
    private static readonly HashSet<string> NotForwarded = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Connection", "Transfer-Encoding", "TE", "Upgrade", "X-Forwarded-For", "x-ms-invocation-id",
    };

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false });

    /// <exception cref="HttpRequestException">The worker hung up, or did not take the body to its end.</exception>
    public async Task<WorkerAnswer> SendAsync(HttpRequest request, string invocation, CancellationToken cancellationToken)
    {
        var body = request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true } ? new ForwardedBody(request.Body) : null;
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(worker, request.GetEncodedPathAndQuery())) { Content = body };
        foreach (var (name, values) in request.Headers)
        {
            if (!NotForwarded.Contains(name) && !message.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                // The type of a body counts even where the body is empty.
                message.Content ??= new ByteArrayContent([]);
                message.Content.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        // One entry, the address that the host sees, whatever the client wrote.
        message.Headers.TryAddWithoutValidation("X-Forwarded-For", from?.Invoke() ?? request.HttpContext.Connection.RemoteIpAddress!.ToString());
        message.Headers.TryAddWithoutValidation("x-ms-invocation-id", invocation);
        using var response = await _client.SendAsync(message, cancellationToken);
        var answer = new WorkerAnswer(
            (int)response.StatusCode,
            [.. response.Headers.Concat(response.Content.Headers).Where(header => !NotForwarded.Contains(header.Key))],
            await response.Content.ReadAsByteArrayAsync(cancellationToken));

        // As in the host's proxy, an answer to a body that was not taken to its end is a failure.
        if (body is { Copied: { } copied })
        {
            await copied.WaitAsync(cancellationToken);
        }

        return answer;
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private sealed class ForwardedBody(Stream source) : HttpContent
    {
        /// <summary>Null until the first byte is asked for.</summary>
        public Task? Copied { get; private set; }

        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context, CancellationToken cancellationToken) =>
            Copied = CopyAsync(stream, cancellationToken);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        private async Task CopyAsync(Stream stream, CancellationToken cancellationToken)
        {
            await source.CopyToAsync(stream, cancellationToken);
            await stream.FlushAsync(cancellationToken);
        }
    }
}
