using System.Collections.Concurrent;
using MimeKit;
using NodaTime;
using Rdv.Messages;

namespace Rdv.Azure.Mail;

/// <summary>
/// Sends mail by SMTP over connections that stay open, one for each mail that is on its way: a mail never waits for a connection that is slow.
/// Whoever sends says how many are at once. One after the other, mails share one connection.
/// </summary>
public sealed class SmtpMailGateway(SmtpSettings settings, IClock clock, TimeProvider time) : IMailGateway, IAsyncDisposable
{
    /// <summary>Below the 20 seconds after which the shortest-lived servers hang up.</summary>
    public static readonly TimeSpan IdleBeforeNoop = TimeSpan.FromSeconds(10);

    // The one used last is taken first: the others may grow old.
    private readonly ConcurrentStack<SmtpConnection> idle = new();
    private volatile bool disposed;

    public async Task<SendResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        MimeMessage message;
        try
        {
            message = MimeInvite.Of(mail, settings, clock.GetCurrentInstant());
        }
        catch (ParseException)
        {
            return new SendResult.Rejected("smtp-address");
        }

        using (message)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            var connection = idle.TryPop(out var open) ? open : new SmtpConnection(settings, time);
            try
            {
                return await connection.SendAsync(message, cancellationToken);
            }
            finally
            {
                idle.Push(connection);
                if (disposed)
                {
                    await CloseAsync();
                }
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        disposed = true;
        return CloseAsync();
    }

    private async ValueTask CloseAsync()
    {
        while (idle.TryPop(out var connection))
        {
            await connection.DisposeAsync();
        }
    }
}
