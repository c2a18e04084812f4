using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Rdv.Local.ServiceProcesses;

/// <summary>
/// The process that runs the services (services/supervisor.mjs). It ends when its input closes, which the system does
/// however this process ends.
/// </summary>
internal sealed class Supervisor : IAsyncDisposable
{
    // An earlier run on the same directory is waited for, and it may be saving.
    private static readonly TimeSpan ReadyTime = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(40);

    private readonly Process _launcher;
    private readonly Action<string> _notice;
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource<ServicePorts> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _pid;

    private Supervisor(Process launcher, Action<string> notice)
    {
        _launcher = launcher;
        _notice = notice;
        Ended = ReadAsync();
    }

    /// <summary>Completed when the supervisor and its services have ended.</summary>
    public Task Ended { get; }

    /// <summary>The processes: the supervisor first, then what it runs.</summary>
    public IReadOnlyList<int> ProcessIds { get; private set; } = [];

    public static async Task<(Supervisor Supervisor, ServicePorts Ports)> StartAsync(
        LocalServicesOptions options, ServicePorts wanted, CancellationToken cancellationToken)
    {
        var supervisor = new Supervisor(Launch(options, wanted), options.Notice);
        try
        {
            return (supervisor, await supervisor._ready.Task.WaitAsync(ReadyTime, cancellationToken));
        }
        catch
        {
            await supervisor.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _launcher.StandardInput.Close();
        try
        {
            await Ended.WaitAsync(StopTime);
        }
        catch (TimeoutException)
        {
            Kill();
        }

        _launcher.Dispose();
    }

    private static Process Launch(LocalServicesOptions options, ServicePorts wanted)
    {
        var directory = ServicesDirectory.Find();
        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                Path.Combine(directory, "launcher.mjs"),
                "--parent", Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
                "--table-port", wanted.Table.ToString(CultureInfo.InvariantCulture),
                "--blob-port", wanted.Blob.ToString(CultureInfo.InvariantCulture),
                "--smtp-port", wanted.Smtp.ToString(CultureInfo.InvariantCulture),
                "--mail-web-port", wanted.MailWeb.ToString(CultureInfo.InvariantCulture),
            },
        };
        if (options.DataDirectory is { } data)
        {
            start.ArgumentList.Add("--directory");
            start.ArgumentList.Add(Path.GetFullPath(data));
        }

        if (options.Mail)
        {
            start.ArgumentList.Add("--mail");
        }

        if (options.Blobs)
        {
            start.ArgumentList.Add("--blobs");
        }

        if (options.Fresh)
        {
            start.ArgumentList.Add("--fresh");
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new LocalServicesException("Node.js est introuvable : installez Node.js 20 ou plus récent.", exception);
        }
    }

    private async Task ReadAsync()
    {
        _launcher.ErrorDataReceived += (_, line) => _errors.AppendLine(line.Data);
        _launcher.BeginErrorReadLine();
        while (await _launcher.StandardOutput.ReadLineAsync() is { } line)
        {
            Take(JsonDocument.Parse(line).RootElement);
        }

        _ready.TrySetException(new LocalServicesException($"Les services locaux n'ont pas démarré. {_errors}".Trim()));
    }

    private void Take(JsonElement message)
    {
        switch (message.GetProperty("event").GetString())
        {
            case "ready":
                var pids = message.GetProperty("pids");
                _pid = pids.GetProperty("supervisor").GetInt32();
                ProcessIds = [.. pids.EnumerateObject().Select(pid => pid.Value.GetInt32())];
                _ready.TrySetResult(new ServicePorts(Port("tablePort"), Port("blobPort"), Port("smtpPort"), Port("mailWebPort")));
                break;
            case "waiting":
                _notice("Une exécution précédente enregistre encore ses données : attente de sa fin.");
                break;
            case "restarted":
                _notice(message.GetProperty("service").GetString() == "mail"
                    ? "La boîte de réception des courriels s'était arrêtée ; elle a été relancée."
                    : "L'émulateur de stockage s'était arrêté ; il a été relancé avec ses données.");
                break;
            case "failed":
                var text = message.GetProperty("message").GetString();
                if (!_ready.TrySetException(new LocalServicesException($"Les services locaux n'ont pas démarré : {text}.")))
                {
                    _notice($"Les services locaux se sont arrêtés : {text}.");
                }

                break;
        }

        int Port(string name) => message.TryGetProperty(name, out var port) ? port.GetInt32() : 0;
    }

    private void Kill()
    {
        try
        {
            // Its services see their channel close, and end as if they had been asked to.
            using var process = Process.GetProcessById(_pid);
            process.Kill();
        }
        catch (ArgumentException)
        {
            // It has just ended.
        }
    }
}
