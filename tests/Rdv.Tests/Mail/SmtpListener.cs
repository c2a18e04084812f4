using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Rdv.Tests.Mail;

/// <summary>A mail server of a few commands on loopback, which can be told to fail at a step.</summary>
internal sealed class SmtpListener : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource hurry = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task accepting;
    private int connections;

    public SmtpListener()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Connections => connections;

    public ConcurrentQueue<string> Messages { get; } = [];

    public ConcurrentQueue<string> Commands { get; } = [];

    /// <summary>What to answer to a command instead of 250; null drops the connection.</summary>
    public Dictionary<string, string?> Answers { get; } = [];

    /// <summary>The commands that it takes and never answers.</summary>
    public HashSet<string> Hangs { get; } = [];

    /// <summary>The connections, from 1, that take a whole mail and say what became of it only once <see cref="Hurry"/> is called.</summary>
    public HashSet<int> Slow { get; } = [];

    /// <summary>Ends every open connection, as a server does after a while.</summary>
    public CancellationTokenSource HangUp { get; set; } = new();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var served = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                served.Add(ServeAsync(client, Interlocked.Increment(ref connections), HangUp.Token));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(served);
        }
    }

    public void Hurry() => hurry.TrySetResult();

    private async Task ServeAsync(TcpClient client, int number, CancellationToken hangUp)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, hangUp);
        using (client)
        {
            try
            {
                client.NoDelay = true;
                await using var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.Latin1);
                await SayAsync(stream, "220 listener");
                while (await reader.ReadLineAsync(both.Token) is { } line)
                {
                    var command = line.Split(' ', ':')[0].ToUpperInvariant();
                    Commands.Enqueue(command);
                    if (Hangs.Contains(command))
                    {
                        await Task.Delay(Timeout.Infinite, both.Token);
                    }

                    if (Answers.TryGetValue(command, out var answer))
                    {
                        if (answer is null)
                        {
                            return;
                        }

                        await SayAsync(stream, answer);
                        continue;
                    }

                    if (command == "DATA")
                    {
                        await SayAsync(stream, "354 go on");
                        var message = new StringBuilder();
                        while (await reader.ReadLineAsync(both.Token) is { } text && text != ".")
                        {
                            message.Append(text).Append("\r\n");
                        }

                        if (Slow.Contains(number))
                        {
                            await hurry.Task.WaitAsync(both.Token);
                        }

                        Messages.Enqueue(message.ToString());
                        if (Answers.TryGetValue(".", out var after))
                        {
                            if (after is null)
                            {
                                return;
                            }

                            await SayAsync(stream, after);
                            continue;
                        }
                    }

                    await SayAsync(stream, command == "QUIT" ? "221 bye" : "250 ok");
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException)
            {
                // The test is over, or the client went away.
            }
        }
    }

    private static async Task SayAsync(NetworkStream stream, string line) => await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"));
}
