namespace Rdv.Tests.Infrastructure;

/// <summary>Ends a simulated process at one of its steps: there, and at every step after, nothing is done any more.</summary>
internal sealed class KillSwitch
{
    private readonly Func<int, string, bool> _ends;
    private int _steps;

    /// <param name="at">The step, from 1.</param>
    public KillSwitch(int at) => _ends = (number, _) => number >= at;

    /// <param name="at">The first step of that name, as <c>after mail</c>.</param>
    public KillSwitch(string at) => _ends = (_, step) => step == at;

    public bool Fired => Where is not null;

    /// <summary>The step at which it ended.</summary>
    public string? Where { get; private set; }

    public void Pass(string step)
    {
        if (_ends(Interlocked.Increment(ref _steps), step) || Fired)
        {
            Where ??= step;
            throw new SimulatedKillException(step);
        }
    }
}

internal sealed class SimulatedKillException(string step) : Exception($"Killed {step}.");
