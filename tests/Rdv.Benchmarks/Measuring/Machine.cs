using System.Runtime.InteropServices;

namespace Rdv.Benchmarks.Measuring;

internal static class Machine
{
    public static string Describe() =>
        $"{Environment.ProcessorCount} cores, {RuntimeInformation.RuntimeIdentifier}, {RuntimeInformation.FrameworkDescription}; {Load()}";

    /// <summary>What else the machine was doing: figures of a busy machine are to be read as ratios.</summary>
    public static string Load() => File.Exists("/proc/loadavg")
        ? $"load {string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3))}"
        : "load unknown";
}
