using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Rdv.Functions.Staff;

namespace Rdv.Functions.Http;

/// <summary>What runs around every HTTP function, in the worker and under Rdv.Local: the limits, other sites, the function, and what went wrong in it.</summary>
/// <remarks>
/// Only the result of an invocation reaches a client. The worker waits for the invocation: middleware of ASP.NET Core that answers in front
/// of it leaves the host waiting until it breaks the connection, what is written after it is lost, and what a function throws is 500 with an
/// empty body.
/// </remarks>
public sealed partial class HttpInvocation(
    FrontDoor frontDoor, RequestLimits limits, StaffOrigin origin, Failures failures, SecurityHeaders headers, ILogger<HttpInvocation> logger)
{
    private const int RecordsALine = 200;

    /// <param name="name">The function's.</param>
    /// <param name="cancelled">The host cancels an invocation when its client has left, or when it stops itself.</param>
    /// <param name="traceParent">The trace that whoever asks has begun (W3C Trace Context).</param>
    /// <returns>What to answer. It throws nothing.</returns>
    public async Task<IResult> RunAsync(HttpContext http, string name, Func<Task<IResult>> function, CancellationToken cancelled, string? traceParent = null)
    {
        using var span = FunctionSpan.Start(name, "http", traceParent);
        span.Describe(http);
        headers.Write(http.Response);
        NameHost(http.Request);
        frontDoor.PutClient(http);
        IResult answer;
        try
        {
            answer = await limits.RefuseAsync(http.Request) ?? await origin.RefuseAsync(http.Request) ?? await function();
        }
#pragma warning disable CA1031 // Whatever a function throws is answered.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            answer = AnswerTo(exception);
        }

        if (http.Items[typeof(StaffSession)] is StaffSession staff)
        {
            LogSeen(name, http.Request.Method, staff);
        }

        await ReadToTheEndAsync(http);
        return new InvocationAnswer(answer, headers, AnswerTo);

        IResult AnswerTo(Exception exception)
        {
            if (exception is OperationCanceledException && (cancelled.IsCancellationRequested || http.RequestAborted.IsCancellationRequested))
            {
                // Nobody reads it.
                return TypedResults.StatusCode(StatusCodes.Status499ClientClosedRequest);
            }

            span.Fail(exception.GetType().Name);
            if (!Failures.IsExpected(exception))
            {
                LogFailure(logger, name, exception);
            }

            // Whatever the function had said of its own answer.
            http.Response.Headers.CacheControl = "no-store";
            return failures.AnswerTo(exception, http.Request);
        }
    }

    /// <summary>A line is no longer than what the log takes: a list of many is several.</summary>
    private void LogSeen(string name, string method, StaffSession staff)
    {
        foreach (var records in staff.Seen.All.Chunk(RecordsALine).DefaultIfEmpty([]))
        {
            LogStaff(logger, name, staff.Who, method, records.Length == 0 ? "no record of a person" : string.Join(' ', records));
        }
    }

    /// <summary>
    /// What renders pages makes an address of the request's host, and throws where that is none; HTTP allows an empty one (RFC 9112, 3.2). No link is
    /// made from it, so that any name will do.
    /// </summary>
    private static void NameHost(HttpRequest request)
    {
        try
        {
            _ = new Uri(request.GetEncodedUrl());
        }
        catch (Exception exception) when (exception is ArgumentException or UriFormatException)
        {
            request.Host = new HostString("localhost");
        }
    }

    /// <summary>
    /// The host sends all of a body to the worker before it listens. What nobody has read the server throws away by itself, but for five
    /// seconds only: then it breaks the connection, and the answer is lost. The bound is the server's own (<see cref="BodySize"/>).
    /// </summary>
    private static async ValueTask ReadToTheEndAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            return;
        }

        try
        {
            await http.Request.Body.DrainAsync(http.RequestAborted);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The client broke off, or sends more than the server takes: it is answered all the same.
        }
    }

    // Who has read and changed what: by id, by function and by record, so that it can be said who has looked at one (docs/incidents/wrong-person.md).
    [LoggerMessage(LogLevel.Information, "{Method} {Name} for {Who} of the staff: {Records}")]
    private static partial void LogStaff(ILogger logger, string name, string? who, string method, string records);

    [LoggerMessage(LogLevel.Error, "The function {Name} failed")]
    private static partial void LogFailure(ILogger logger, string name, Exception exception);
}
