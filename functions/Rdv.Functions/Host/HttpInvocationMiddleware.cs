using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Rdv.Functions.Http;

namespace Rdv.Functions.Host;

/// <summary>Runs <see cref="HttpInvocation"/> around the HTTP functions of the worker.</summary>
/// <remarks>
/// Registered after the ASP.NET Core integration, whose own middleware then stands around it: that one waits for the request, and writes
/// the result of the invocation whether or not the function has been called.
/// </remarks>
public sealed class HttpInvocationMiddleware(HttpInvocation invocation) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            await RunTimerAsync(context, next);
            return;
        }

        var answer = await invocation.RunAsync(http, context.FunctionDefinition.Name, CallAsync, context.CancellationToken, context.TraceContext?.TraceParent);
        context.GetInvocationResult().Value = answer;

        async Task<IResult> CallAsync()
        {
            await next(context);
            return context.GetInvocationResult().Value as IResult ?? throw new InvalidOperationException("The function answered no IResult.");
        }
    }

    private static async Task RunTimerAsync(FunctionContext context, FunctionExecutionDelegate next)
    {
        using var span = FunctionSpan.Start(context.FunctionDefinition.Name, "timer", context.TraceContext?.TraceParent);
        try
        {
            await next(context);
        }
        catch (Exception exception)
        {
            span.Fail(exception.GetType().Name);
            throw;
        }
    }
}
