using Rdv.Directory;
using Rdv.Tests.Directory;

namespace Rdv.Tests.Reminders;

/// <summary>The published structures, imported, when the file lies beside the repository.</summary>
internal static class RealDirectory
{
    private const string Name = "shared/data/structures-conseillers-numeriques.csv";

    /// <returns>Null when the file is not there.</returns>
    public static string? Path()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.Path.Combine(folder.FullName, Name) is var path && File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }

    /// <summary>Every territory that has a place.</summary>
    public static async Task<IReadOnlyList<TerritoryDirectory>> ImportAsync(string path)
    {
        var store = new InMemoryDirectoryStore();
        await using var file = File.OpenRead(path);
        await store.ImportStructures().ExecuteAsync(file, dryRun: false, CancellationToken.None);
        return [.. (await store.ListTerritoriesAsync(CancellationToken.None)).Select(territory => store[territory.Code]).Where(directory => directory.Places.Count > 0)];
    }
}
