using System.Diagnostics;
using System.Text;

namespace Rdv.Tests.WorkerHost;

/// <summary>The published worker as a process of its own, started as the Functions host starts it.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    // The worker goes when its host goes, however that ends: the shell between them waits for either.
    private const string WhileTheHostLives = """
        exec 3<&0
        "$@" 3<&- & worker=$!
        echo $worker
        { read -r _ <&3; kill -TERM $worker; } & watch=$!
        wait $worker; status=$?
        kill $watch 2>/dev/null
        exit $status
        """;

    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly TaskCompletionSource<int> _id = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _output = new();

    private WorkerProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) =>
        {
            // The shell writes first.
            if (!int.TryParse(line.Data, out var id) || !_id.TrySetResult(id))
            {
                Append(line.Data);
            }
        };
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What the worker wrote where nobody usually reads: a start that fails says why there.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>When it was started, in ticks of <see cref="Stopwatch"/>.</summary>
    public long StartedAt { get; } = Stopwatch.GetTimestamp();

    /// <summary>What the worker has taken of the processors, without the shell.</summary>
    public async Task<TimeSpan> ProcessorTimeAsync()
    {
        using var worker = Process.GetProcessById(await _id.Task);
        return worker.TotalProcessorTime;
    }

    /// <param name="host">Where the host listens for the worker.</param>
    /// <param name="settings">With two underscores where code writes a colon, as the Functions host hands them over.</param>
    public static WorkerProcess Start(Uri host, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var (worker, request, maxMessage) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString(), int.MaxValue.ToString(provider: null));
        var start = new ProcessStartInfo(
            "/bin/sh",
            [
                "-c", WhileTheHostLives, "sh", "dotnet", PublishedWorker.Assembly,
                // The host names everything twice: for workers of before and after 2023.
                "--host", host.Host, "--port", host.Port.ToString(provider: null), "--workerId", worker, "--requestId", request, "--grpcMaxMessageLength", maxMessage,
                "--functions-uri", host.ToString(), "--functions-worker-id", worker, "--functions-request-id", request, "--functions-grpc-max-message-length", maxMessage,
            ])
        {
            WorkingDirectory = PublishedWorker.Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = PublishedWorker.Directory;
        start.Environment["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated";
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return new WorkerProcess(Process.Start(start)!);
    }

    public Task EndedAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeToEnd);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private void Append(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
