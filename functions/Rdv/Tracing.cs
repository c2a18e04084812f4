using System.Diagnostics;

namespace Rdv;

/// <summary>
/// The spans of the product (OpenTelemetry traces, W3C Trace Context). Their names and tags are words of ours: no path, no person, no key, no text
/// of an exception. Where nobody listens there are none, and they cost nothing.
/// </summary>
public static class Tracing
{
    /// <summary>Name of the source, for whoever exports.</summary>
    public const string SourceName = "Rdv";

    /// <summary>What came of it, in one word.</summary>
    public const string Outcome = "rdv.outcome";

    public static ActivitySource Source { get; } = new(SourceName);

    /// <summary>The <c>traceparent</c> of the span that is under way, to be stored with what will be done later because of it; null where none is exported.</summary>
    public static string? Cause => Activity.Current is { Recorded: true, IdFormat: ActivityIdFormat.W3C } current && current.Source.Name == SourceName ? current.Id : null;

    /// <param name="cause">What made it necessary, as <see cref="Cause"/> was then: the span is linked to it, since it is done in a run of its own.</param>
    /// <returns>Null when nobody listens.</returns>
    public static Activity? Start(string name, ActivityKind kind = ActivityKind.Internal, string? cause = null) =>
        ActivityContext.TryParse(cause, traceState: null, isRemote: true, out var caused)
            ? Source.StartActivity(kind, parentContext: default, links: [new ActivityLink(caused)], name: name)
            : Source.StartActivity(name, kind);

    /// <param name="type">A code, or the type of an exception; never its text, which may repeat what somebody typed.</param>
    public static void Fail(this Activity? span, string type) => span?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", type);
}
