namespace Rdv.Local.HostileTables;

/// <summary>What stands before the storage emulator.</summary>
public enum Hostility
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A table that refuses what Azure refuses, and whose pages end anywhere.</summary>
    Refuses,

    /// <summary>The same, and its answers take as long as those of Azure.</summary>
    RefusesAndTarries,
}
