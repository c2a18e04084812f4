using Azure.Communication.Sms;
using Azure.Core;
using NodaTime;
using Rdv.Messages;

namespace Rdv.Azure.Sms;

/// <summary>Sends SMS through Azure Communication Services. Compiled with <c>SmsPackage=true</c> only.</summary>
/// <param name="credential">Used when the settings have no connection string.</param>
public sealed class AcsSmsGateway(SmsSettings settings, TokenCredential credential, IClock clock) : ISmsGateway
{
    private readonly SmsClient _client = Create(settings, credential);

    public async Task<SendResult> SendAsync(OutgoingSms sms, CancellationToken cancellationToken)
    {
        using var scope = RepeatabilityPolicy.Scope(sms.RepeatabilityId, sms.FirstSent);
        try
        {
            var response = await _client.SendAsync(
                settings.Sender,
                sms.To.E164,
                sms.Text,
                new SmsSendOptions(enableDeliveryReport: true) { Tag = sms.Tag.ToString() },
                cancellationToken);
            return AcsResults.Of(response.Value.HttpStatusCode, response.Value.Successful, response.Value.MessageId);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return AcsResults.Of(exception, clock.GetCurrentInstant());
        }
    }

    private static SmsClient Create(SmsSettings settings, TokenCredential credential)
    {
        var options = new SmsClientOptions();
        // The dispatch loop is the retry, with the same id and inside the window in which it is recognised: a wait here, for as long as a
        // Retry-After says, would hold up every other message.
        options.Retry.MaxRetries = 0;
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(30);
        options.AddPolicy(new RepeatabilityPolicy(), HttpPipelinePosition.PerCall);
        return settings switch
        {
            { ConnectionString: { Length: > 0 } connectionString } => new SmsClient(connectionString, options),
            { Endpoint: { } endpoint } => new SmsClient(endpoint, credential, options),
            _ => throw new InvalidOperationException("Neither the endpoint nor the connection string of the SMS resource is set."),
        };
    }
}
