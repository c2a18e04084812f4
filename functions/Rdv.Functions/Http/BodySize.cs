using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Rdv.Functions.Http;

/// <summary>
/// How long a body may be for the server: as long as the Functions host lets through, so that what is too long for a function is answered by
/// the function. The server's own limit, 30 MB unless told, ends in 500 behind the host, and so does one that a function sets for itself.
/// </summary>
public static class BodySize
{
    private const long OfTheHost = 100 * 1024 * 1024;

    public static IServiceCollection AddBodySize(this IServiceCollection services) =>
        services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = OfTheHost);
}
