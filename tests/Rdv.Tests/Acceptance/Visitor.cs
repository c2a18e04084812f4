using System.Net.Http.Json;
using System.Text;
using Rdv.Tests.Contract;
using Xunit;

namespace Rdv.Tests.Acceptance;

/// <summary>Someone who uses a target over HTTP. Signed in or not is said at each request.</summary>
/// <param name="patient">Comes again when told to: where everyone shares one address, they share its limits.</param>
public sealed class Visitor(Target target, HttpClient client, bool patient) : IDisposable
{
    private const int Tries = 20;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    public async Task<Reply> SendAsync(HttpMethod method, string path, Func<HttpContent>? content = null, Action<HttpRequestMessage>? with = null)
    {
        for (var left = Tries; ; left--)
        {
            var reply = await SendOnceAsync(method, path, content, with);
            if (!patient || left == 0 || reply is not { Status: 429, Response.Headers.RetryAfter.Delta: { } wait } || wait > LongestWait)
            {
                return reply;
            }

            await Task.Delay(wait, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Whatever the answer is, it is this one.</summary>
    public async Task<Reply> SendOnceAsync(HttpMethod method, string path, Func<HttpContent>? content = null, Action<HttpRequestMessage>? with = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(target.BaseUrl, path)) { Content = content?.Invoke() };
        with?.Invoke(request);
        var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return new Reply(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.MediaType,
            await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken),
            response);
    }

    public Task<Reply> GetAsync(string path, string? persona = null) => SendAsync(HttpMethod.Get, path, null, As(persona));

    public Task<Reply> PostAsync(string path, object body, string? persona = null, string? key = null) => SendAsync(
        HttpMethod.Post,
        path,
        () => JsonContent.Create(body),
        As(persona) + (request =>
        {
            if (key is not null)
            {
                request.Headers.Add("Idempotency-Key", key);
            }
        }));

    public Task<Reply> PostAsync(string path, byte[] body, string mediaType, string? persona = null) =>
        SendAsync(HttpMethod.Post, path, () => Content(body, mediaType), As(persona));

    public Task<Reply> PostCsvAsync(string path, string csv) => PostAsync(path, Encoding.UTF8.GetBytes(csv), "text/csv", "admin");

    public Task<Reply> RunTimerAsync(string name) =>
        SendAsync(HttpMethod.Post, $"/admin/functions/{name}", () => Content("{}"u8.ToArray(), "application/json"), request => target.Authorize(request.Headers));

    public static HttpContent Content(byte[] body, string mediaType)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        return content;
    }

    public void Dispose() => client.Dispose();

    private Action<HttpRequestMessage> As(string? persona) => request =>
    {
        if (persona is not null)
        {
            target.SignIn(request.Headers, persona);
        }
    };
}
