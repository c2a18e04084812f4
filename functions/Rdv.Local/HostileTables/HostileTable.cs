using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Rdv.Local.HostileTables;

/// <summary>
/// Stands between the product and the storage emulator, and refuses what Azure refuses and the emulator takes: loads, sizes, transactions over two
/// partitions. Its pages end anywhere, and its answers take their time.
/// </summary>
/// <remarks>
/// https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model,
/// https://learn.microsoft.com/azure/storage/tables/scalability-targets,
/// https://learn.microsoft.com/rest/api/storageservices/query-timeout-and-pagination
/// </remarks>
public sealed class HostileTable : IAsyncDisposable
{
    // Of the request; the rest belongs to this connection and not to the next one.
    private static readonly string[] OfOneConnection = ["Host", "Connection", "Content-Length", "Transfer-Encoding", "Expect"];

    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly HttpClient _emulator = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly Throttle _throttle = new(TimeProvider.System);
    private readonly Uri _to;
    private readonly bool _isSlow;
    private readonly WebApplication _app;
    private int _refused;

    private HostileTable(Uri emulator, Hostility hostility)
    {
        _to = emulator;
        _isSlow = hostility == Hostility.RefusesAndTarries;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>In the place of the emulator's endpoint.</summary>
    public Uri Endpoint { get; private set; } = null!;

    /// <summary>How many requests were refused for their load.</summary>
    public int Refused => _refused;

    /// <param name="emulator">The table endpoint of the emulator.</param>
    public static async Task<HostileTable> StartAsync(Uri emulator, Hostility hostility)
    {
        var table = new HostileTable(emulator, hostility);
        await table._app.StartAsync();
        table.Endpoint = new Uri(new Uri(table._app.Urls.Single()), emulator.AbsolutePath);
        return table;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _emulator.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var request = TableRequest.Read(http.Request.Method, http.Request.Path, http.Request.QueryString.Value ?? "", body.ToArray());
        if (TableLimits.Refuse(request) is var (status, code))
        {
            await RefuseAsync(http, status, code);
            return;
        }

        if (!_throttle.Allows(request))
        {
            Interlocked.Increment(ref _refused);
            http.Response.Headers.RetryAfter = "1";
            await RefuseAsync(http, StatusCodes.Status503ServiceUnavailable, "ServerBusy");
            return;
        }

        if (_isSlow)
        {
            // 2 to 10 ms, now and then 200.
            await Task.Delay(Random.Shared.Next(100) == 0 ? 200 : Random.Shared.Next(2, 11), http.RequestAborted);
        }

        if (Pages.IsEmptyFirst(request))
        {
            http.Response.ContentType = "application/json;odata=minimalmetadata;streaming=true;charset=utf-8";
            Pages.GoOn(http.Response.Headers);
            await http.Response.WriteAsync("""{"value":[]}""", http.RequestAborted);
            return;
        }

        await ForwardAsync(http, request);
    }

    private async Task ForwardAsync(HttpContext http, TableRequest request)
    {
        // As it came, letter by letter: the path is signed.
        var path = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        var address = new Uri(_to.GetLeftPart(UriPartial.Authority) + path + Pages.Shorten(request), AsItIs);
        using var message = new HttpRequestMessage(new HttpMethod(http.Request.Method), address);
        if (request.Body.Length > 0)
        {
            message.Content = new ByteArrayContent(request.Body);
        }

        foreach (var (name, value) in http.Request.Headers)
        {
            if (!OfOneConnection.Contains(name, StringComparer.OrdinalIgnoreCase) && !message.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)value))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)value);
            }
        }

        using var answer = await _emulator.SendAsync(message, http.RequestAborted);
        var body = await answer.Content.ReadAsByteArrayAsync(http.RequestAborted);
        _throttle.Charge(request, TableRequest.CountRows(body));
        http.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (!OfOneConnection.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                http.Response.Headers[name] = values.ToArray();
            }
        }

        if (body.Length > 0)
        {
            http.Response.ContentLength = body.Length;
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
        }
    }

    private static Task RefuseAsync(HttpContext http, int status, string code)
    {
        http.Response.StatusCode = status;
        http.Response.Headers["x-ms-error-code"] = code;
        http.Response.ContentType = "application/json;odata=minimalmetadata;charset=utf-8";
        return http.Response.WriteAsync(JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["odata.error"] = new { code, message = new { lang = CultureInfo.InvariantCulture.Name, value = $"The hostile table refuses: {code}." } },
        }));
    }
}
