using System.Net.Sockets;
using Azure;
using NodaTime;
using Rdv.Messages;

namespace Rdv.Azure.Sms;

/// <summary>What an answer of Azure Communication Services says of an SMS. Reasons carry codes and never its words, which repeat numbers.</summary>
public static class AcsResults
{
    /// <summary>The answer for one recipient: the request itself was accepted (202), which says nothing of the recipient.</summary>
    public static SendResult Of(int status, bool successful, string? messageId) =>
        successful ? new SendResult.Sent(messageId) : OfStatus(status, retryAfter: null);

    /// <param name="exception">What the SDK threw, other than the caller's own cancellation.</param>
    public static SendResult Of(Exception exception, Instant now) => exception switch
    {
        RequestFailedException { Status: > 0 } failed => failed.Status switch
        {
            // The resource, its key or the sender is wrong, for every number alike: nothing was sent, and the number is not at fault.
            401 or 403 or 404 => new SendResult.Unavailable($"acs-{failed.Status}"),
            _ => OfStatus(failed.Status, RetryAfter(failed.GetRawResponse(), now)),
        },
        RequestFailedException { InnerException: { } inner } when NeverConnected(inner) => new SendResult.Unavailable("acs-unreachable"),
        // By its name: Azure.Core 1.62 and Azure.Identity 1.17 both declare the type.
        { } failed when failed.GetType().Name is "AuthenticationFailedException" or "CredentialUnavailableException" =>
            new SendResult.Unavailable("acs-login"),
        AggregateException many when many.InnerExceptions.Count > 0
            && many.InnerExceptions.All(one => Of(one, now) is SendResult.Unavailable) => Of(many.InnerExceptions[^1], now),
        // A timeout, or a connection lost after the request had left.
        _ => new SendResult.Unknown("acs-no-answer"),
    };

    private static SendResult OfStatus(int status, Duration? retryAfter) => status switch
    {
        429 or 503 => new SendResult.Unavailable($"acs-{status}", retryAfter),
        // 412: an id older than what the provider remembers. 408, 409 and the other 5xx: it may have gone through behind them.
        408 or 409 or 412 or >= 500 => new SendResult.Unknown($"acs-{status}"),
        >= 400 => new SendResult.Rejected($"acs-{status}"),
        _ => new SendResult.Unknown($"acs-{status}"),
    };

    private static Duration? RetryAfter(Response? response, Instant now)
    {
        if (response is null || !response.Headers.TryGetValue("Retry-After", out var value))
        {
            return null;
        }

        if (int.TryParse(value, out var seconds))
        {
            return seconds > 0 ? Duration.FromSeconds(seconds) : null;
        }

        // Or a date (RFC 9110, 10.2.3).
        return DateTimeOffset.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var date)
            && Instant.FromDateTimeOffset(date) is var at && at > now ? at - now : null;
    }

    private static bool NeverConnected(Exception exception) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError } => true,
        SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.HostUnreachable } => true,
        { InnerException: { } inner } => NeverConnected(inner),
        _ => false,
    };
}
