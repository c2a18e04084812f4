using Microsoft.Azure.Functions.Worker;
using Rdv.Dispatch;
using Rdv.Messages;

namespace Rdv.Functions.Dispatch;

/// <summary>Every minute, each channel over its own timer, so that a provider that is down holds up nobody else.</summary>
public sealed class DispatchTimers(DispatchMessages dispatch)
{
    [Function("SendSms")]
    public Task SendSmsAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        dispatch.ExecuteAsync(Channel.Sms, cancellationToken);

    [Function("SendInvites")]
    public Task SendInvitesAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        dispatch.ExecuteAsync(Channel.Mail, cancellationToken);
}
