using Rdv.Messages;
using Rdv.Tests.Infrastructure;

namespace Rdv.Tests.Concurrency;

/// <summary>
/// The providers of SMS and mail, as one instance reaches them: mostly they do what they are asked, sometimes they cannot be reached, and
/// sometimes nobody knows. It may die before what it sends and after.
/// </summary>
internal sealed class Providers(World world, KillSwitch kill, Random random) : ISmsGateway, IMailGateway
{
    private readonly Lock _gate = new();

    public Task<SendResult> SendAsync(OutgoingSms sms, CancellationToken cancellationToken) => SendAsync("sms", () => world.Sms.Send(sms));

    public Task<SendResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken) => SendAsync("mail", () => world.Mail.Send(mail));

    private async Task<SendResult> SendAsync(string what, Func<SendResult> send)
    {
        int luck;
        lock (_gate)
        {
            luck = random.Next(100);
        }

        kill.Pass($"before {what}");
        await Task.Yield();
        if (luck < 6)
        {
            // Rarely the whole provider, which is left alone then.
            return new SendResult.Unavailable("refused", OneRecipient: luck > 0);
        }

        var sent = send();
        kill.Pass($"after {what}");
        return luck < 9 ? new SendResult.Unknown("timeout") : sent;
    }
}
