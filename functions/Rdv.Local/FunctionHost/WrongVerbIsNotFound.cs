using Microsoft.AspNetCore.Http;

namespace Rdv.Local.FunctionHost;

/// <summary>A verb that no function of a route takes is 404 under the Functions host, where routing alone says 405.</summary>
internal static class WrongVerbIsNotFound
{
    // The endpoint that routing puts in the place of the ones that did not match.
    private const string RoutingAnswer = "405 HTTP Method Not Supported";

    public static IApplicationBuilder UseWrongVerbIsNotFound(this IApplicationBuilder app) =>
        app.Use((context, next) =>
        {
            if (context.GetEndpoint()?.DisplayName == RoutingAnswer)
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }

            return next(context);
        });
}
