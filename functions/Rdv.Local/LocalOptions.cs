using System.Reflection;
using Rdv.Local.HostileTables;
using Rdv.Local.ServiceProcesses;

namespace Rdv.Local;

/// <summary>How to run: what the command line says, and what tests ask for.</summary>
public sealed record LocalOptions
{
    /// <summary>The address to listen on, with port 0 for any free one; null for 7071 or the next free port.</summary>
    public Uri? Url { get; init; }

    /// <summary>null keeps everything in memory, for tests.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Empties the data directory first.</summary>
    public bool Fresh { get; init; }

    /// <summary>A file of structures to import at the start.</summary>
    public string? Import { get; init; }

    /// <summary>Whether sample people and places are there.</summary>
    public bool Demo { get; init; } = true;

    /// <summary>Whether the limits of the contract hold.</summary>
    public bool Limits { get; init; } = true;

    /// <summary>A storage emulator that runs already, in which this run has a table of its own, for tests; null starts one.</summary>
    public LocalServices? Storage { get; init; }

    /// <summary>What stands before the storage emulator; null as the environment says.</summary>
    public Hostility? Hostility { get; init; }

    /// <summary>Whether the mail catcher runs.</summary>
    public bool Mail { get; init; } = true;

    /// <summary>Whether the storage emulator and the mail catcher take their usual ports where these are free.</summary>
    public bool UsualPorts { get; init; }

    /// <summary>The types whose functions run.</summary>
    public IReadOnlyList<Type> FunctionTypes { get; init; } = Assembly.Load("Rdv.Functions").GetTypes();

    /// <summary>Settings that come before those of Rdv.Local.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>Told, in French, what happens to the run.</summary>
    public Action<string> Notice { get; init; } = static _ => { };
}
