using Rdv.Directory;
using Rdv.Territories;

namespace Rdv.Agenda;

public static class AgendaDirectories
{
    /// <summary>Whether somebody who wrote to one of the months knew newer opening hours than the directory has.</summary>
    public static bool IsBehind(this TerritoryDirectory directory, IEnumerable<AgendaMonth> months) =>
        months.Any(month => directory.Advisors.TryGetValue(month.AdvisorId, out var advisor) && month.HoursVersion > advisor.HoursVersion);

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
