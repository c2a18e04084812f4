using System.Net;
using System.Net.Sockets;

namespace Rdv.Local;

/// <summary>Finds the address to listen on before anything starts: the product has to know its own address.</summary>
internal static class ListenUrl
{
    private const int UsualPort = 7071;
    private const int PortsTried = 100;

    /// <exception cref="LocalStartException">The port that was asked for is taken, or no port is free.</exception>
    public static Uri Choose(Uri? asked, Action<string> notice)
    {
        if (asked is { Port: 0 })
        {
            return new UriBuilder(asked) { Port = Bind(AddressOf(asked), 0)!.Value }.Uri;
        }

        if (asked is not null)
        {
            return Bind(AddressOf(asked), asked.Port) is not null
                ? asked
                : throw new LocalStartException($"L'adresse {asked} est déjà prise : arrêtez ce qui l'occupe, ou donnez-en une autre avec --urls.");
        }

        for (var port = UsualPort; port < UsualPort + PortsTried; port++)
        {
            if (Bind(IPAddress.Loopback, port) is not null)
            {
                if (port != UsualPort)
                {
                    notice($"Le port {UsualPort} est déjà pris : Rdv.Local prend le {port}.");
                }

                return new Uri($"http://127.0.0.1:{port}");
            }
        }

        throw new LocalStartException($"Aucun port libre à partir de {UsualPort} : donnez une adresse avec --urls.");
    }

    // A name other than localhost, or * and +, listens on every address.
    private static IPAddress AddressOf(Uri url) =>
        url.IsLoopback && !IPAddress.TryParse(url.Host.Trim('[', ']'), out _) ? IPAddress.Loopback
        : IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) ? address
        : IPAddress.Any;

    private static int? Bind(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port) { ExclusiveAddressUse = true };
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
