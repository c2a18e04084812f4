using System.Net;
using System.Net.Sockets;

namespace Rdv.Tests.Infrastructure;

/// <summary>HTTP clients that follow no redirect and keep no cookie; each may have a client address of its own.</summary>
internal static class LoopbackClient
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    /// <param name="from">Any of 127.0.0.0/8, for a server on this machine; null for the usual.</param>
    public static HttpClient From(IPAddress? from)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        if (from is not null)
        {
            handler.ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    socket.Bind(new IPEndPoint(from, 0));
                    await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellationToken);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            };
        }

        return new HttpClient(handler) { Timeout = Timeout };
    }
}
