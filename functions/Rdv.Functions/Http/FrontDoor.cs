using System.Net;
using Microsoft.AspNetCore.Http;

namespace Rdv.Functions.Http;

/// <summary>
/// Azure Front Door before the site: without this the whole country would come from its few addresses, and share the limits of one client.
/// </summary>
/// <remarks>
/// "Protocol support for HTTP headers in Azure Front Door", Microsoft Learn. The platform lets in only what comes from Front Door, and from ours
/// (infra/modules/functionApp.bicep). What does not say so is counted by the address that it comes from, and so is what cannot be read: whoever
/// writes headers of their own shares the limits of everybody who does. <c>X-Forwarded-For</c> is no help: the host replaces it by one entry, the
/// address that it sees itself.
/// </remarks>
public sealed class FrontDoor(ProxySettings settings)
{
    private const string Id = "X-Azure-FDID";

    // Who has connected to Front Door. X-Azure-ClientIP is no such thing: it may be what a caller wrote into X-Forwarded-For.
    private const string Client = "X-Azure-SocketIP";

    /// <summary>Puts the client's address in the place of Front Door's, for all that asks where a request comes from.</summary>
    public void PutClient(HttpContext http)
    {
        var headers = http.Request.Headers;
        if (settings.FrontDoorId is { } ours
            && Guid.TryParse(headers[Id], out var sent)
            && sent == ours
            && headers[Client] is [{ } client]
            && IPEndPoint.TryParse(client, out var address))
        {
            http.Connection.RemoteIpAddress = address.Address;
        }
    }
}
