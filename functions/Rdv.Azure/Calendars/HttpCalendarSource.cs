using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Rdv.Calendars;

namespace Rdv.Azure.Calendars;

/// <summary>Reads calendars over https.</summary>
/// <remarks>
/// An address comes from whoever signs in, and this machine can reach what they cannot. So a name is resolved once, every address that it has
/// must be public, and the connection goes to one that was looked at; the same for each address that a server sends us on to. Nothing of
/// ours goes along: no cookie, no credential, no trace.
/// </remarks>
public sealed class HttpCalendarSource : ICalendarSource, IDisposable
{
    /// <summary>Of a calendar, unpacked: ten thousand events.</summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    private const int MaxRedirects = 5;
    private const int MaxHeadersKilobytes = 32;

    private readonly CalendarNetwork _network;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;

    public HttpCalendarSource(CalendarNetwork network, TimeProvider time)
    {
        (_network, _time) = (network, time);
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            Credentials = null,
            ActivityHeadersPropagator = null,
            AutomaticDecompression = DecompressionMethods.All,
            MaxResponseHeadersLength = MaxHeadersKilobytes,

            // Each reading looks at the address again.
            PooledConnectionLifetime = TimeSpan.Zero,
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = network.Trust },
            ConnectCallback = ConnectAsync,
        })
        {
            // The patience is for all of it, redirects and body too.
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public async Task<CalendarAnswer> ReadAsync(Uri address, CalendarState? known, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_network.Patience, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            for (var redirects = 0; redirects <= MaxRedirects; redirects++)
            {
                if (CalendarAddress.AsHttps(address) is not { } https)
                {
                    return new CalendarAnswer.Failed(CalendarFault.NotHttps);
                }

                if (!_network.AllowsPort(https.Port) || https.UserInfo.Length > 0)
                {
                    return new CalendarAnswer.Failed(CalendarFault.PrivateAddress);
                }

                using var request = RequestOf(https, known);
                using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
                if (response.StatusCode is HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
                    && response.Headers.Location is { } location)
                {
                    address = location.IsAbsoluteUri ? location : new Uri(https, location);
                    continue;
                }

                return await AnswerAsync(response, known, both.Token);
            }

            return new CalendarAnswer.Failed(CalendarFault.NoAnswer);
        }
        catch (HttpRequestException exception) when (FindRefusal(exception))
        {
            return new CalendarAnswer.Failed(CalendarFault.PrivateAddress);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidDataException or SocketException or UriFormatException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new CalendarAnswer.Failed(CalendarFault.NoAnswer);
        }
    }

    public void Dispose() => _client.Dispose();

    private static HttpRequestMessage RequestOf(Uri address, CalendarState? known)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/calendar"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*", 0.1));
        request.Headers.TryAddWithoutValidation("User-Agent", "Rdv");
        if (known?.ETag is { } tag)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        }

        if (known?.LastModified is { } date)
        {
            request.Headers.TryAddWithoutValidation("If-Modified-Since", date);
        }

        return request;
    }

    private static async Task<CalendarAnswer> AnswerAsync(HttpResponseMessage response, CalendarState? known, CancellationToken cancellationToken)
    {
        switch (response.StatusCode)
        {
            case HttpStatusCode.NotModified when known is not null:
                return new CalendarAnswer.NotChanged();
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.ProxyAuthenticationRequired:
                return new CalendarAnswer.Failed(CalendarFault.NeedsLogin);
            case HttpStatusCode.NotFound or HttpStatusCode.Gone:
                return new CalendarAnswer.Failed(CalendarFault.NotFound);
            case not HttpStatusCode.OK:
                return new CalendarAnswer.Failed(CalendarFault.NoAnswer);
        }

        if (await BodyAsync(response, cancellationToken) is not { } text)
        {
            return new CalendarAnswer.Failed(CalendarFault.TooLarge);
        }

        var begin = text.AsSpan().TrimStart('\uFEFF').TrimStart();
        return begin.StartsWith("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase) ? new CalendarAnswer.Read(text, StateOf(response))
            : new CalendarAnswer.Failed(begin.StartsWith("<", StringComparison.Ordinal) ? CalendarFault.WebPage : CalendarFault.NotACalendar);
    }

    /// <returns>Null when it is too long, unpacked.</returns>
    private static async Task<string?> BodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (body.Length + read > MaxBytes)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length);
    }

    /// <summary>What is too long to keep is not kept: the next reading is a whole one.</summary>
    private static CalendarState StateOf(HttpResponseMessage response)
    {
        return new CalendarState(Find(response.Headers, "ETag"), Find(response.Content.Headers, "Last-Modified"));

        static string? Find(HttpHeaders headers, string name) =>
            headers.NonValidated.TryGetValues(name, out var values) && values.ToString() is { Length: > 0 and <= 200 } value ? value : null;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        if (!Array.TrueForAll(addresses, address => _network.Allows(address)))
        {
            throw new NotPublicException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool FindRefusal(Exception? exception) => exception is not null && (exception is NotPublicException || FindRefusal(exception.InnerException));

    private sealed class NotPublicException() : IOException("The address is not public.");
}
