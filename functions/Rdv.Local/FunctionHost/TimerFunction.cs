using System.Reflection;

namespace Rdv.Local.FunctionHost;

/// <param name="Schedule">NCRONTAB, or <c>%Setting%</c> that holds it.</param>
/// <param name="UseMonitor">Whether an occurrence missed while nothing ran is caught up at the start.</param>
internal sealed record TimerFunction(string Name, MethodInfo Method, string Schedule, bool UseMonitor, bool RunOnStartup);
