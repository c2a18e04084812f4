namespace Rdv.Tests;

/// <summary>The files of the repository that a test holds against the code.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    public static string Text(params ReadOnlySpan<string> parts) => File.ReadAllText(System.IO.Path.Combine([Path, .. parts])).ReplaceLineEndings("\n");

    private static string Find()
    {
        var directory = AppContext.BaseDirectory;
        while (directory is not null && !File.Exists(System.IO.Path.Combine(directory, "Rdv.sln")))
        {
            directory = System.IO.Path.GetDirectoryName(directory);
        }

        return directory ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
