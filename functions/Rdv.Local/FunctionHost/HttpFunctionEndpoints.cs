using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Logging;
using Rdv.Functions.Http;

namespace Rdv.Local.FunctionHost;

/// <summary>Puts HTTP functions on Kestrel as the Functions host does, with what the worker runs around them.</summary>
internal static partial class HttpFunctionEndpoints
{
    public static void MapFunctions(this IEndpointRouteBuilder endpoints, IEnumerable<HttpFunction> functions)
    {
        var logger = endpoints.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger("Rdv.Local.Functions");
        foreach (var function in functions)
        {
            // Compiled when it is first asked for: all of them at the start are a second of a small machine.
            var invoke = new Lazy<RequestDelegate>(() => RequestDelegateFor(function, endpoints.ServiceProvider));
            Map(endpoints, function, context => RunAsync(context, function.Name, invoke.Value, logger)).WithName(function.Name);
        }
    }

    private static IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints, HttpFunction function, RequestDelegate run) =>
        function.Methods.Count == 0
            ? endpoints.Map(function.Route, run)
            : endpoints.MapMethods(function.Route, function.Methods.Select(method => method.ToUpperInvariant()), run);

    private static RequestDelegate RequestDelegateFor(HttpFunction function, IServiceProvider services)
    {
        var invocation = services.GetRequiredService<HttpInvocation>();
        var endpoint = new RouteEndpointBuilder(requestDelegate: null, RoutePatternFactory.Parse(function.Route), order: 0);
        endpoint.FilterFactories.Add((_, next) => async call => await invocation.RunAsync(
            call.HttpContext,
            function.Name,
            async () => (IResult)(await next(call))!,
            call.HttpContext.RequestAborted,
            call.HttpContext.Request.Headers.TraceParent));
        var options = new RequestDelegateFactoryOptions { ServiceProvider = services, EndpointBuilder = endpoint };
        if (function.Method.IsStatic)
        {
            return RequestDelegateFactory.Create(function.Method, targetFactory: null, options).RequestDelegate;
        }

        var create = ActivatorUtilities.CreateFactory(function.Method.DeclaringType!, []);
        return RequestDelegateFactory.Create(function.Method, context => create(context.RequestServices, []), options).RequestDelegate;
    }

    /// <summary>What escapes an invocation is 500 with an empty body.</summary>
    private static async Task RunAsync(HttpContext context, string name, RequestDelegate invoke, ILogger logger)
    {
        try
        {
            await invoke(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has left.
        }
#pragma warning disable CA1031 // Any failure of a function is the same answer.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFailure(logger, name, exception);
            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    [LoggerMessage(LogLevel.Error, "The function {Name} broke off")]
    private static partial void LogFailure(ILogger logger, string name, Exception exception);
}
