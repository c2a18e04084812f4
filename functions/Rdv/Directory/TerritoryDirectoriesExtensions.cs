using Rdv.Agenda;
using Rdv.Territories;

namespace Rdv.Directory;

public static class TerritoryDirectoriesExtensions
{
    /// <summary>After a change that is written: this instance shows it at once.</summary>
    public static async Task TryReloadAsync(this ITerritoryDirectories directories, Territory territory, CancellationToken cancellationToken)
    {
        try
        {
            await directories.ReloadAsync(territory, cancellationToken);
        }
        catch (StorageUnavailableException)
        {
            // It is written, which "nothing was done" would deny; a read that failed is not kept, so that the next one reads again.
        }
    }

    /// <summary>The directory that the last writer of a month knew, or a newer one.</summary>
    public static async ValueTask<TerritoryDirectory> GetAsync(
        this ITerritoryDirectories directories, Territory territory, AgendaMonth month, CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(territory, cancellationToken);

        // Read again once: a version that is still behind says nothing more.
        return directory.Advisors.TryGetValue(month.AdvisorId, out var advisor) && month.HoursVersion > advisor.HoursVersion
            ? await directories.ReloadAsync(territory, cancellationToken)
            : directory;
    }
}
