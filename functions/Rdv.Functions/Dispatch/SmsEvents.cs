using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Rdv.Dispatch;
using Rdv.Functions.Http;

namespace Rdv.Functions.Dispatch;

/// <summary>Takes the delivery reports of SMS from Event Grid: at least once, in any order, with others beside them.</summary>
public sealed partial class SmsEvents(TakeDeliveryReport take, ILogger<SmsEvents> logger)
{
    // What Event Grid hands over at once at most.
    private const int MaxBytes = 1024 * 1024;

    private const string ReportReceived = "Microsoft.Communication.SMSDeliveryReportReceived";
    private const string Validation = "Microsoft.EventGrid.SubscriptionValidationEvent";

    [Function("SmsEvents")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/events/sms")] HttpRequest request, CancellationToken cancellationToken) =>
        await JsonBody.ReadBytesAsync(request, MaxBytes, cancellationToken) is not { } bytes
            ? Problems.Invalid("body", "La demande est trop longue.")
            : EventGridEvent.ParseAll(bytes) is not { } events
                ? Problems.Invalid("body", "Ceci n'est pas un événement d'Event Grid.")
                : events.FirstOrDefault(item => Is(item, Validation)) is { } validation
                    ? Validate(validation)
                    : await TakeAsync([.. events.Where(item => Is(item, ReportReceived))], cancellationToken);

    /// <summary>How a webhook of CloudEvents says that it wants the events (HTTP 1.1 Web Hooks for Event Delivery, 4.1).</summary>
    [Function("SmsEventsHandshake")]
    public static IResult Handshake([HttpTrigger(AuthorizationLevel.Function, "options", Route = "api/events/sms")] HttpRequest request)
    {
        var origin = request.Headers["WebHook-Request-Origin"].ToString();
        if (!Origin().IsMatch(origin))
        {
            return Problems.Invalid("WebHook-Request-Origin", "Il manque l'origine.");
        }

        request.HttpContext.Response.Headers["WebHook-Allowed-Origin"] = origin;
        request.HttpContext.Response.Headers["WebHook-Allowed-Rate"] = "*";
        return TypedResults.Ok();
    }

    private static IResult Validate(EventGridEvent validation) => validation.Text("validationCode") is { Length: > 0 } code
        ? Json.Ok(new { ValidationResponse = code })
        : Problems.Invalid("validationCode", "Il manque le code.");

    /// <summary>One that storage refuses brings the whole batch back, which then finds the others known.</summary>
    private async Task<IResult> TakeAsync(IReadOnlyList<EventGridEvent> reports, CancellationToken cancellationToken)
    {
        var (known, foreign) = (0, 0);
        foreach (var report in reports)
        {
            var outcome = Delivered(report.Text("deliveryStatus")) is { } delivered
                ? await take.ExecuteAsync(
                    new DeliveryReport(
                        report.Text("tag"),
                        report.Text("messageId") is { Length: > 0 and <= MaxId } id ? id : null,
                        delivered,
                        delivered ? null : Reason(report.Text("deliveryStatusDetails"))),
                    cancellationToken)
                : ReportOutcome.Foreign;
            known += outcome == ReportOutcome.Known ? 1 : 0;
            foreign += outcome == ReportOutcome.Foreign ? 1 : 0;
        }

        if (foreign > 0)
        {
            LogForeign(logger, foreign, reports.Count);
        }

        LogTaken(logger, reports.Count - known - foreign, known);
        return TypedResults.Ok();
    }

    private const int MaxId = 200;

    private static bool Is(EventGridEvent item, string type) => string.Equals(item.Type, type, StringComparison.OrdinalIgnoreCase);

    private static bool? Delivered(string? status) => status?.ToUpperInvariant() switch
    {
        "DELIVERED" => true,
        "FAILED" => false,
        _ => null,
    };

    /// <summary>The code of four digits that the provider gives, without its words: they may repeat a number.</summary>
    private static string Reason(string? details) => details is not null && Code().Match(details) is { Success: true, Value: var code } ? $"report-{code}" : "report-failed";

    [GeneratedRegex(@"(?<![\w+])[1-9][0-9]{3}(?![\w])")]
    private static partial Regex Code();

    [GeneratedRegex(@"^[A-Za-z0-9.:/\-\[\]]{1,255}$")]
    private static partial Regex Origin();

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Foreign} of {Count} delivery reports are about no message of ours, or say nothing that is known.")]
    private static partial void LogForeign(ILogger logger, int foreign, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "Delivery reports: {Taken} taken, {Known} known before.")]
    private static partial void LogTaken(ILogger logger, int taken, int known);
}
