using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Rdv.Tests.WorkerHost.Protocol;

namespace Rdv.Tests.WorkerHost;

/// <summary>Runs functions of a worker.</summary>
/// <param name="invoke">Asks for a run on the stream, and waits for its result.</param>
/// <param name="forward">Sends a request to the worker over HTTP, under the id of its run.</param>
internal sealed class FunctionInvoker(
    Func<InvocationRequest, CancellationToken, Task<StatusResult>> invoke, Func<HttpRequest, string, CancellationToken, Task<WorkerAnswer>> forward)
{
    /// <summary>Why a request has failed; the host of Azure does not say it.</summary>
    public const string FailureHeader = "x-host-failure";

    // The worker itself gives up on a request that never meets its invocation after 15 s.
    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Answers a request once the worker has answered it over HTTP and has ended its run. When one of them fails or does not come, the
    /// client is told as by the Functions host: a 500 without a body, or a connection torn where an answer was under way.
    /// </summary>
    public async Task AnswerAsync(HostedFunction.Http function, HttpContext context)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(LongestRequest);
        var invocation = Guid.NewGuid().ToString();
        var running = InvokeAsync(function, invocation, new TypedData { Http = new RpcHttp() }, context.Request.RouteValues, limit.Token);
        var answering = forward(context.Request, invocation, limit.Token);
        await Task.WhenAll(EndOf(running), EndOf(answering));
        var succeeded = running is { IsCompletedSuccessfully: true, Result.Status: StatusResult.Types.Status.Success };
        switch (answering)
        {
            case { IsCompletedSuccessfully: true, Result: var answer } when succeeded:
                await answer.WriteAsync(context.Response, context.RequestAborted);
                break;
            case { IsCompletedSuccessfully: true, Result.Body.Length: > 0 } or { IsCanceled: true }:
                context.Abort();
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                context.Response.Headers[FailureHeader] = Ascii($"run: {Told(running)}; answer: {Told(answering)}");
                break;
        }
    }

    /// <exception cref="InvalidOperationException">The run failed.</exception>
    public async Task RunAsync(HostedFunction.Timer function, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestTimer);
        var info = JsonSerializer.Serialize(new { Schedule = new { AdjustForDST = true }, ScheduleStatus = (object?)null, IsPastDue = false });
        var result = await InvokeAsync(function, Guid.NewGuid().ToString(), new TypedData { Json = info }, [], limit.Token);
        if (result.Status != StatusResult.Types.Status.Success)
        {
            throw new InvalidOperationException($"{function.Name} failed: {result.Exception?.Message}");
        }
    }

    private Task<StatusResult> InvokeAsync(
        HostedFunction function, string invocation, TypedData input, RouteValueDictionary route, CancellationToken cancellationToken)
    {
        var request = new InvocationRequest { InvocationId = invocation, FunctionId = function.Id, TraceContext = new RpcTraceContext() };
        request.InputData.Add(new ParameterBinding { Name = function.Trigger, Data = input });
        foreach (var (name, value) in route)
        {
            if (Convert.ToString(value, CultureInfo.InvariantCulture) is { } text)
            {
                request.TriggerMetadata.Add(name, new TypedData { String = text });
            }
        }

        return invoke(request, cancellationToken);
    }

    private static Task EndOf(Task task) => task.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    private static string Told(Task task) => task switch
    {
        { Exception.InnerException: { } exception } => exception.Message,
        Task<StatusResult> { IsCompletedSuccessfully: true, Result.Exception: { } exception } => exception.Message,
        _ => task.Status.ToString(),
    };

    private static string Ascii(string text) => string.Concat(text.Select(character => char.IsBetween(character, ' ', '~') ? character : ' '));
}
