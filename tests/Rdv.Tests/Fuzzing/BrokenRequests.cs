using System.Net.Sockets;
using System.Text;

namespace Rdv.Tests.Fuzzing;

/// <summary>What is no request: lines, lengths and chunks that contradict each other, sent byte for byte.</summary>
internal static class BrokenRequests
{
    private static readonly string[] Lines =
    [
        "GET /api/topics HTTP/1.1", "GET  /api/topics HTTP/1.1", "GET /api/topics", "GET /api/topics HTTP/1.0", "GET /api/communes?q=é HTTP/1.1", "GET /api/communes?q=\u0001 HTTP/1.1", "GET //zq7.example/ HTTP/1.1",
        "GET http://zq7.example/api/topics HTTP/1.1", "GET * HTTP/1.1", "OPTIONS * HTTP/1.1", "CONNECT zq7.example:443 HTTP/1.1", "POST /api/appointments HTTP/1.1", "POST /lien HTTP/1.1", "P\0ST / HTTP/1.1", "GET /r/%00/%2e%2e/ HTTP/1.1",
        "GET /../../etc/passwd HTTP/1.1", "GET /%2e%2e/%2e%2e/ HTTP/1.1", "GET /\\..\\ HTTP/1.1", "GET / HTTP/1.1 HTTP/1.1", "",
    ];

    private static readonly string[] Headers =
    [
        "Host: x", "Host: 127.0.0.1", "Host:", "Host: zq7.example", "Host: a\r\nHost: b", "Content-Length: 5", "Content-Length: -1", "Content-Length: 5\r\nContent-Length: 6", "Content-Length: 99999999999999999999", "Transfer-Encoding: chunked",
        "Transfer-Encoding: chunked, chunked", "Transfer-Encoding: chunked\r\nContent-Length: 5", "Content-Type: application/json", "Content-Type: application/x-www-form-urlencoded", " folded: x", "X\0: y", "X: \0", "X : y", ": y", "Expect: 100-continue", "Expect: x", "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAAA",
        "Connection: close", "Connection: keep-alive, x", "X-Long: " + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ];

    private static readonly string[] Bodies = ["", "{}", "5\r\nabcde\r\n0\r\n\r\n", "zz\r\n{}\r\n0\r\n\r\n", "FFFFFFFFFF\r\nx", "1;x=y\r\na\r\n0\r\nTrailer: x\r\n\r\n", "-1\r\n\r\n", "{\"territory\":", "a=b&c", "\0\0\0\0\0"];

    public static string Draw(Random random)
    {
        var request = new StringBuilder(Strange.Of(random, Lines)).Append("\r\n");
        for (var more = random.Next(6); more > 0; more--)
        {
            request.Append(Strange.Of(random, Headers)).Append(random.Next(20) == 0 ? "\n" : "\r\n");
        }

        return request.Append("\r\n").Append(Strange.Of(random, Bodies)).ToString();
    }

    /// <returns>The line of the answer's status; null when the server hung up, which it may.</returns>
    public static async Task<string?> SendAsync(string request, int port, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, cancellationToken);
        await using var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request), cancellationToken);
            client.Client.Shutdown(SocketShutdown.Send);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            return await reader.ReadLineAsync(cancellationToken);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
