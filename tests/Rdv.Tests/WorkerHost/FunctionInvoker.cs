using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Rdv.Tests.WorkerHost.Protocol;

namespace Rdv.Tests.WorkerHost;

/// <summary>Runs functions of the worker.</summary>
internal sealed class FunctionInvoker(WorkerChannel channel, WorkerForwarder forwarder)
{
    // The worker itself gives up on a request that never meets its invocation after 15 s.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Answers a request once the worker has answered it over HTTP and has ended the invocation. When one of them fails or does not come,
    /// the client is told as by the host: a 500 without a body, or a connection torn where an answer was under way.
    /// </summary>
    public async Task AnswerAsync(HostedFunction.Http function, HttpContext context)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(Patience);
        var invocation = Guid.NewGuid().ToString();
        var running = InvokeAsync(function, invocation, new TypedData { Http = new RpcHttp() }, limit.Token, context.Request.RouteValues);
        var answering = forwarder.SendAsync(context.Request, invocation, limit.Token);
        await Task.WhenAll(Quietly(running), Quietly(answering));
        if (answering is { IsCompletedSuccessfully: true, Result: var answer } && Succeeded(running))
        {
            await answer.WriteAsync(context.Response, context.RequestAborted);
        }
        else if (answering is { IsCompletedSuccessfully: true, Result.Body.Length: > 0 } or { IsCanceled: true })
        {
            context.Abort();
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            context.Response.Headers["x-host-failure"] = string.Concat($"{Why(running)} {Why(answering)}".Select(character => char.IsAscii(character) && !char.IsControl(character) ? character : ' '));
        }
    }

    /// <exception cref="InvalidOperationException">The run failed.</exception>
    public async Task RunAsync(HostedFunction.Timer function, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        var info = JsonSerializer.Serialize(new { Schedule = new { AdjustForDST = true }, ScheduleStatus = (object?)null, IsPastDue = false });
        var result = await InvokeAsync(function, Guid.NewGuid().ToString(), new TypedData { Json = info }, limit.Token);
        if (result.Status != StatusResult.Types.Status.Success)
        {
            throw new InvalidOperationException($"{function.Name} failed: {result.Exception?.Message}");
        }
    }

    /// <param name="route">What the address says beside the trigger.</param>
    private async Task<StatusResult> InvokeAsync(
        HostedFunction function, string invocation, TypedData input, CancellationToken cancellationToken, RouteValueDictionary? route = null)
    {
        var request = new InvocationRequest { InvocationId = invocation, FunctionId = function.Id, TraceContext = new RpcTraceContext() };
        request.InputData.Add(new ParameterBinding { Name = function.Trigger, Data = input });
        foreach (var (name, value) in route ?? [])
        {
            if (Convert.ToString(value, CultureInfo.InvariantCulture) is { } text)
            {
                request.TriggerMetadata.Add(name, new TypedData { String = text });
            }
        }

        return (await channel.InvokeAsync(request, cancellationToken)).InvocationResponse.Result;
    }

    private static string Why(Task task) => task switch
    {
        { Exception.InnerException: { } exception } => exception.ToString(),
        Task<StatusResult> { IsCompletedSuccessfully: true, Result.Exception: { } exception } => $"{exception.Message} {exception.StackTrace}",
        _ => $"{task.Status}",
    };

    private static bool Succeeded(Task<StatusResult> run) => run is { IsCompletedSuccessfully: true, Result.Status: StatusResult.Types.Status.Success };

    private static Task Quietly(Task task) =>
        task.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
