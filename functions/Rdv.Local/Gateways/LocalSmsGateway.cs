using System.Collections.Concurrent;
using NodaTime;
using Rdv.Dispatch;
using Rdv.Local.Dev;

namespace Rdv.Local.Gateways;

/// <summary>The phone of a demonstration. Like the real provider, it recognises a repetition by its id and does not show it twice.</summary>
public sealed class LocalSmsGateway(Outbox outbox, IClock clock) : ISmsGateway
{
    private readonly ConcurrentDictionary<Guid, byte> _seen = new();

    public Task<SendResult> SendAsync(OutgoingSms sms, CancellationToken cancellationToken)
    {
        if (_seen.TryAdd(sms.RepeatabilityId, 0))
        {
            outbox.Add(new OutboxMessage("sms", sms.To.E164, sms.Text, clock.GetCurrentInstant(), sms.Kind, sms.Reference.ToString()));
        }

        return Task.FromResult<SendResult>(new SendResult.Sent(sms.RepeatabilityId.ToString()));
    }
}
