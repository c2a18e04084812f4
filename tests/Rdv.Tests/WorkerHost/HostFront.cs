using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Rdv.Local.FunctionHost;

namespace Rdv.Tests.WorkerHost;

/// <summary>
/// The side of the host that clients see. A verb or an address of no function is 404 without a body; everything else is a run of a
/// function, whose answer over HTTP and whose result on the stream must both arrive. Function keys are not looked at.
/// </summary>
internal static class HostFront
{
    // The Functions host's own: the worker's is another matter.
    private const long MaxBody = 100 * 1024 * 1024;

    public static async Task<WebApplication> StartAsync(
        Uri url, IReadOnlyList<HostedFunction> functions, FunctionInvoker invoker, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = MaxBody;
            kestrel.Listen(IPAddress.Loopback, url.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var app = builder.Build();
        app.UseRouting();
        app.UseWrongVerbIsNotFound();
        foreach (var function in functions.OfType<HostedFunction.Http>())
        {
            app.MapMethods(function.Route, function.Methods, context => invoker.AnswerAsync(function, context)).WithName(function.Name);
        }

        app.MapPost("/admin/functions/{name}", async (string name, CancellationToken aborted) =>
        {
            if (functions.OfType<HostedFunction.Timer>().FirstOrDefault(timer => timer.Name == name) is not { } timer)
            {
                return Results.NotFound();
            }

            // The host of Azure answers before the run; a test wants its end.
            await invoker.RunAsync(timer, aborted);
            return Results.Accepted();
        });
        await app.StartAsync(cancellationToken);
        return app;
    }
}
