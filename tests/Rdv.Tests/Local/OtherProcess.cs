using System.Diagnostics;
using System.Globalization;

namespace Rdv.Tests.Local;

internal static class OtherProcess
{
    public static bool Runs(int pid)
    {
        try
        {
            // Empty for a process that has ended and was not reaped.
            return File.ReadAllText($"/proc/{pid}/cmdline").Length > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public static void Signal(string signal, params IEnumerable<int> pids)
    {
        // A process that has just ended is no failure.
        using var kill = Process.Start(
            new ProcessStartInfo("/bin/sh", ["-c", $"kill -{signal} {string.Join(' ', pids.Select(pid => pid.ToString(CultureInfo.InvariantCulture)))}"])
            {
                RedirectStandardError = true,
            })!;
        kill.WaitForExit();
    }

    public static Task EndAsync(IEnumerable<int> pids) =>
        Eventually.IsTrueAsync(() => !pids.Any(Runs), "the processes ended");
}
