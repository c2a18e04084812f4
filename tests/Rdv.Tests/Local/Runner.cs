using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Rdv.Local.ServiceProcesses;
using Shouldly;

namespace Rdv.Tests.Local;

/// <summary>Rdv.Local as a process of its own.</summary>
internal sealed class Runner : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly string _directory;
    private JsonElement _run;

    private Runner(Process process, string directory)
    {
        _process = process;
        _directory = directory;
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Pid => _process.Id;

    public int ExitCode => _process.ExitCode;

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

    public int[] ServicePids => [.. _run.GetProperty("servicePids").EnumerateArray().Select(pid => pid.GetInt32())];

    public Uri Site => new(_run.GetProperty("site").GetString()!);

    public TableClient Table => TableNamed("samples");

    public int TablePort => new Uri(_run.GetProperty("tables").GetString()!).Port;

    public TableClient TableNamed(string name) => new(
        LocalServices.ConnectionStringOf(new Uri(_run.GetProperty("tables").GetString()!)),
        name,
        new TableClientOptions { Retry = { MaxRetries = 0 } });

    public static Runner Launch(string directory, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Rdv.Local.dll"), "--data", directory, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new Runner(Process.Start(start)!, directory);
    }

    public static async Task<Runner> StartAsync(string directory, params IEnumerable<string> arguments)
    {
        var runner = Launch(directory, arguments);
        await runner.IsReadyAsync();
        return runner;
    }

    public async Task IsReadyAsync()
    {
        await Eventually.IsTrueAsync(() => Output.Contains("Rdv est prêt") || _process.HasExited, "the runner is ready");
        _process.HasExited.ShouldBeFalse(Output);
        _run = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_directory, "run.json"))).RootElement.Clone();
    }

    public async Task EndAsync()
    {
        await Eventually.IsTrueAsync(() => _process.HasExited, "the runner ended");
        await _process.WaitForExitAsync(); // the rest of its output
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await EndAsync();
        if (_run.ValueKind == JsonValueKind.Object)
        {
            await OtherProcess.EndAsync(ServicePids);
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
