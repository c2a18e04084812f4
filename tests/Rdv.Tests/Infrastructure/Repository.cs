namespace Rdv.Tests.Infrastructure;

/// <summary>Where the repository lies, for the tests that hold its documents to the code.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Rdv.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Rdv.sln is in no folder above.");
        }

        return folder.FullName;
    }
}
