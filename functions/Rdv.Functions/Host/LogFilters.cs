using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Rdv.Functions.Host;

/// <summary>
/// Keeps addresses out of the logs: the key of a link and the token of a feed stand in them. The server writes each request's address at
/// Information, and puts it around every line of that request as a scope; the storage client writes row keys.
/// </summary>
/// <remarks>A filter works for every logger of the process: the console of one machine, and what the worker hands to the Functions host.</remarks>
internal static class LogFilters
{
    public static IServiceCollection AddLogFilters(this IServiceCollection services) => services.AddLogging(logging => logging
        .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
        // None: below it, the scope with the address is made.
        .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
        .AddFilter("System.Net.Http", LogLevel.Warning)
        .AddFilter("Azure", LogLevel.Warning));
}
