using System.Collections.Concurrent;
using NodaTime;
using Rdv.Local.Dev;
using Rdv.Messages;

namespace Rdv.Local.Gateways;

/// <summary>
/// The phone of a demonstration. Like the real provider, it recognises a repetition by its id and does not show it twice, and reports to
/// <c>/api/events/sms</c> where the report makes a difference: a number that ends in 9999 never gets its SMS, and overseas, where the
/// product waits to hear of it, it does.
/// </summary>
public sealed partial class LocalSmsGateway(Outbox outbox, IClock clock, LocalAddresses addresses, ILogger<LocalSmsGateway> logger) : ISmsGateway, IDisposable
{
    private const string NeverArrives = "9999";

    private readonly ConcurrentDictionary<Guid, byte> _seen = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };

    public async Task<SendResult> SendAsync(OutgoingSms sms, CancellationToken cancellationToken)
    {
        var id = sms.RepeatabilityId.ToString();
        if (_seen.TryAdd(sms.RepeatabilityId, 0))
        {
            outbox.Add(new OutboxMessage("sms", sms.To.E164, sms.Text, clock.GetCurrentInstant(), sms.Kind, sms.Reference?.ToString()));
            if (sms.To.E164.EndsWith(NeverArrives, StringComparison.Ordinal))
            {
                await ReportAsync(sms, id, "Failed", "4010", cancellationToken);
            }
            else if (sms.To.SmsMayNotArrive)
            {
                await ReportAsync(sms, id, "Delivered", "No error.", cancellationToken);
            }
        }

        return new SendResult.Sent(id);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Before our own settlement: the order that the product finds hardest.</summary>
    private async Task ReportAsync(OutgoingSms sms, string id, string status, string details, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.PostAsJsonAsync(
                addresses.Api + "/events/sms",
                new[]
                {
                    new
                    {
                        id = Guid.NewGuid(),
                        eventType = "Microsoft.Communication.SMSDeliveryReportReceived",
                        data = new { messageId = id, to = sms.To.E164, deliveryStatus = status, deliveryStatusDetails = details, tag = sms.Tag.ToString() },
                    },
                },
                cancellationToken);
            answer.EnsureSuccessStatusCode();
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogNotReported(logger, exception.GetType().Name);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A delivery report was not taken: {Reason}")]
    private static partial void LogNotReported(ILogger logger, string reason);
}
