using Rdv.Local.HostileTables;

namespace Rdv.Local.ServiceProcesses;

public sealed record LocalServicesOptions
{
    /// <summary>Where tables and mails are kept; null keeps everything in memory and leaves nothing behind.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Whether the mail catcher runs too; without it the storage emulator is ready in a second.</summary>
    public bool Mail { get; init; } = true;

    /// <summary>Whether the storage emulator serves blobs too, which backups are kept in.</summary>
    public bool Blobs { get; init; }

    /// <summary>Empties the tables and the mails first, once no earlier run uses the directory any more.</summary>
    public bool Fresh { get; init; }

    /// <summary>Takes 10002, 1025 and 1080 where they are free; otherwise the system chooses.</summary>
    public bool UsualPorts { get; init; }

    /// <summary>
    /// Whether a table as hostile as that of Azure stands before the emulator (<see cref="HostileTable"/>). For a whole run of the tests,
    /// <c>RDV_HOSTILE_TABLE</c> says so: <c>1</c>, or <c>slow</c>.
    /// </summary>
    public Hostility Hostility { get; init; } = Environment.GetEnvironmentVariable("RDV_HOSTILE_TABLE") switch
    {
        "1" => Hostility.Refuses,
        "slow" => Hostility.RefusesAndTarries,
        _ => Hostility.None,
    };

    /// <summary>Told, in French, when something happens to a service.</summary>
    public Action<string> Notice { get; init; } = static _ => { };
}
