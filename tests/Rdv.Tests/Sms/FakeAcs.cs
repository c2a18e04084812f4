using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Rdv.Tests.Sms;

/// <summary>One SMS as the server understood it.</summary>
internal sealed record AcceptedSms(string MessageId, string From, string To, string Text, string? Tag, Guid RepeatabilityId, DateTimeOffset FirstSent);

/// <summary>
/// The SMS endpoint of Azure Communication Services, as far as it is documented: it checks the signature and the body of a request, and
/// recognises a repetition by its id. What it refuses, it names.
/// </summary>
/// <remarks>
/// https://learn.microsoft.com/rest/api/communication/sms/sms/send and
/// https://learn.microsoft.com/azure/communication-services/tutorials/hmac-header-tutorial
/// </remarks>
internal sealed class FakeAcs : IAsyncDisposable
{
    public const string Sender = "RDV NUM";
    private const string SignedHeaders = "x-ms-date;host;x-ms-content-sha256";

    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(64);

    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private readonly List<AcceptedSms> _accepted = [];
    private readonly List<string> _refused = [];

    private FakeAcs(WebApplication app) => _app = app;

    public Uri Endpoint { get; private set; } = null!;

    public static string AccessKey => Convert.ToBase64String(Key);

    public string ConnectionString => $"endpoint={Endpoint};accesskey={AccessKey}";

    /// <summary>What rang on a phone: a repetition does not ring again.</summary>
    public IReadOnlyList<AcceptedSms> Accepted
    {
        get
        {
            lock (_gate)
            {
                return [.. _accepted];
            }
        }
    }

    /// <summary>What was wrong with a request.</summary>
    public IReadOnlyList<string> Refused
    {
        get
        {
            lock (_gate)
            {
                return [.. _refused];
            }
        }
    }

    /// <summary>An answer in place of an SMS: a status, and how many seconds to wait.</summary>
    public (int Status, int? RetryAfter)? Next { get; set; }

    /// <summary>The status of the recipient inside a 202.</summary>
    public int RecipientStatus { get; set; } = 202;

    public static async Task<FakeAcs> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = new FakeAcs(builder.Build());
        server._app.MapPost("/sms", server.TakeAsync);
        await server._app.StartAsync();
        server.Endpoint = new Uri(server._app.Urls.Single() + "/");
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>The signature of a request, as the documentation makes it.</summary>
    public static string Sign(string pathAndQuery, string date, string host, string contentHash)
    {
        var toSign = $"POST\n{pathAndQuery}\n{date};{host};{contentHash}";
        return $"HMAC-SHA256 SignedHeaders={SignedHeaders}&Signature={Convert.ToBase64String(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(toSign)))}";
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer);
        var body = buffer.ToArray();
        if (FaultOfSignature(context.Request, body) is { } unsigned)
        {
            await RefuseAsync(context, StatusCodes.Status401Unauthorized, unsigned);
            return;
        }

        AcceptedSms sms;
        try
        {
            sms = Read(JsonDocument.Parse(body).RootElement);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, exception.Message);
            return;
        }

        if (Next is var (status, retryAfter))
        {
            if (retryAfter is { } seconds)
            {
                context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            }

            context.Response.StatusCode = status;
            return;
        }

        var sent = Accept(sms, out var repeated);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        await context.Response.WriteAsJsonAsync(new
        {
            value = new[]
            {
                new
                {
                    to = sms.To,
                    messageId = RecipientStatus == 202 ? sent.MessageId : null,
                    httpStatusCode = RecipientStatus,
                    repeatabilityResult = repeated ? "rejected" : "accepted",
                    successful = RecipientStatus == 202,
                    errorMessage = RecipientStatus == 202 ? null : "The number is not valid.",
                },
            },
        });
    }

    private static string? FaultOfSignature(HttpRequest request, byte[] body)
    {
        if (request.Query["api-version"].Count != 1)
        {
            return "no api-version";
        }

        var (date, hash) = (request.Headers["x-ms-date"].ToString(), request.Headers["x-ms-content-sha256"].ToString());
        return hash != Convert.ToBase64String(SHA256.HashData(body)) ? "the hash is not that of the body"
            : !DateTimeOffset.TryParseExact(date, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                || (SystemNow() - Instant.FromDateTimeOffset(at)) is var age && (age > Duration.FromMinutes(5) || age < Duration.FromMinutes(-5)) ? "the date is not now"
            : request.Headers.Authorization != Sign(request.Path + request.QueryString.Value, date, request.Host.Value!, hash) ? "the signature is not ours"
            : null;
    }

    // The signature of the SDK carries the time of the machine.
#pragma warning disable RS0030
    private static Instant SystemNow() => SystemClock.Instance.GetCurrentInstant();
#pragma warning restore RS0030

    private static AcceptedSms Read(JsonElement body)
    {
        var recipients = body.GetProperty("smsRecipients").EnumerateArray().ToList();
        var options = body.GetProperty("smsSendOptions");
        var to = recipients.Single().GetProperty("to").GetString()!;
        var firstSent = recipients[0].GetProperty("repeatabilityFirstSent").GetString()!;
        return !options.GetProperty("enableDeliveryReport").GetBoolean() ? throw new FormatException("no report is asked for")
            : !to.StartsWith('+') ? throw new FormatException("the number is not in E.164")
            : new AcceptedSms(
                $"Outgoing_{Guid.NewGuid():N}",
                body.GetProperty("from").GetString()!,
                to,
                body.GetProperty("message").GetString()!,
                options.TryGetProperty("tag", out var tag) ? tag.GetString() : null,
                Guid.Parse(recipients[0].GetProperty("repeatabilityRequestId").GetString()!),
                DateTimeOffset.ParseExact(firstSent, "r", CultureInfo.InvariantCulture));
    }

    private AcceptedSms Accept(AcceptedSms sms, out bool repeated)
    {
        lock (_gate)
        {
            var known = _accepted.Find(other => other.RepeatabilityId == sms.RepeatabilityId && other.FirstSent == sms.FirstSent);
            repeated = known is not null;
            if (known is null && RecipientStatus == 202)
            {
                _accepted.Add(sms);
            }

            return known ?? sms;
        }
    }

    private Task RefuseAsync(HttpContext context, int status, string why)
    {
        lock (_gate)
        {
            _refused.Add(why);
        }

        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { error = new { code = "Refused", message = why } });
    }
}
