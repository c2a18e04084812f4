using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Rdv.Functions.Http;

/// <summary>The span of an invocation: the function's name and the template of its route, never the address that was asked for.</summary>
/// <remarks>
/// https://opentelemetry.io/docs/specs/semconv/faas/faas-spans. It is Internal: the host writes a row for the request, with its status, and a
/// second one would be counted twice.
/// </remarks>
internal static class FunctionSpan
{
    /// <param name="trigger"><c>http</c> or <c>timer</c>.</param>
    /// <param name="traceParent">Of whoever asks: the host.</param>
    public static Activity? Start(string function, string trigger, string? traceParent)
    {
        var span = ActivityContext.TryParse(traceParent, traceState: null, isRemote: true, out var parent)
            ? Tracing.Source.StartActivity(function, ActivityKind.Internal, parent)
            : Tracing.Start(function);
        return span?.SetTag("faas.trigger", trigger);
    }

    public static void Describe(this Activity? span, HttpContext http) => span?
        .SetTag("http.request.method", http.Request.Method)
        .SetTag("http.route", (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText);
}
