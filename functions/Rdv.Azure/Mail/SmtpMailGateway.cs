using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using NodaTime;
using Rdv.Messages;

namespace Rdv.Azure.Mail;

/// <summary>Sends mail by SMTP, one at a time over one connection that stays open.</summary>
/// <remarks>
/// The socket sends small packets at once (<c>NoDelay</c>): 299 mails a second on loopback instead of 20, measured. A server drops an idle
/// connection: after <see cref="IdleBeforeNoop"/> it is asked whether it is still there, and a reused connection that fails before
/// any of the message has left is replaced once.
/// </remarks>
public sealed class SmtpMailGateway(SmtpSettings settings, IClock clock, TimeProvider time) : IMailGateway, IAsyncDisposable
{
    /// <summary>Below the 20 seconds after which the shortest-lived servers hang up.</summary>
    public static readonly TimeSpan IdleBeforeNoop = TimeSpan.FromSeconds(10);

    private const int ImplicitTlsPort = 465;

    private readonly SemaphoreSlim gate = new(1, 1);
    private SmtpClient? connection;
    private long lastUsed;

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
            await gate.WaitAsync(cancellationToken);
            try
            {
                return await SendAsync(message, cancellationToken);
            }
            finally
            {
                gate.Release();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await gate.WaitAsync();
        try
        {
            if (connection is { IsConnected: true })
            {
                using var patience = new CancellationTokenSource(settings.Patience);
                await connection.DisconnectAsync(quit: true, patience.Token);
            }
        }
        catch (Exception exception) when (SmtpResults.IsLostConnection(exception) || exception is OperationCanceledException)
        {
            // The server hung up first, or hangs.
        }
        finally
        {
            Drop();
            gate.Release();
            gate.Dispose();
        }
    }

    private async Task<SendResult> SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        var reused = await IsStillThereAsync(cancellationToken);
        while (true)
        {
            var body = new BodyWatch();
            try
            {
                connection ??= await ConnectAsync(cancellationToken);
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                patience.CancelAfter(settings.Patience);
                await connection.SendAsync(message, patience.Token, body);
                lastUsed = time.GetTimestamp();
                return new SendResult.Sent(message.MessageId);
            }
            catch (SmtpCommandException refused) when ((int)refused.StatusCode != SmtpResults.ServiceClosing)
            {
                // The connection holds; MailKit has sent RSET.
                lastUsed = time.GetTimestamp();
                return SmtpResults.Of(refused);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                Drop();
                // A server that hangs would hang again.
                if (reused && !body.Started && exception is not (OperationCanceledException or TimeoutException))
                {
                    reused = false;
                    continue;
                }

                return SmtpResults.Of(exception, body.Started);
            }
            catch (OperationCanceledException)
            {
                Drop();
                throw;
            }
        }
    }

    private async Task<bool> IsStillThereAsync(CancellationToken cancellationToken)
    {
        if (connection is not { IsConnected: true })
        {
            Drop();
            return false;
        }

        if (time.GetElapsedTime(lastUsed) < IdleBeforeNoop)
        {
            return true;
        }

        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(settings.Patience);
            await connection.NoOpAsync(patience.Token);
            return true;
        }
        catch (Exception exception) when (SmtpResults.IsLostConnection(exception) || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Drop();
            return false;
        }
    }

    private async Task<SmtpClient> ConnectAsync(CancellationToken cancellationToken)
    {
        var client = new SmtpClient { Timeout = (int)settings.Patience.TotalMilliseconds };
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(settings.Patience);
            await socket.ConnectAsync(settings.Host, settings.Port, patience.Token);
            await client.ConnectAsync(socket, settings.Host, settings.Port, Security, patience.Token);
            if (settings is { User: { } user, Password: { } password })
            {
                await client.AuthenticateAsync(user, password, patience.Token);
            }

            return client;
        }
        catch
        {
            client.Dispose();
            socket.Dispose();
            throw;
        }
    }

    private SecureSocketOptions Security => settings switch
    {
        { RequireTls: true, Port: ImplicitTlsPort } => SecureSocketOptions.SslOnConnect,
        { RequireTls: true } => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };

    private void Drop()
    {
        connection?.Dispose();
        connection = null;
    }

    /// <summary>MailKit reports progress from the first byte of the message, after the server's 354.</summary>
    private sealed class BodyWatch : ITransferProgress
    {
        public bool Started { get; private set; }

        public void Report(long bytesTransferred, long totalSize) => Started = true;

        public void Report(long bytesTransferred) => Started = true;
    }
}
