namespace Rdv.Tests.WorkerHost;

/// <summary>The worker as it is deployed, which the build of the tests publishes beside them (Publish.targets).</summary>
internal static class PublishedWorker
{
    // bin/{configuration}/{framework}/, of the tests too where the benchmarks run.
    private static readonly string Project = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../.."));

    public static string Directory { get; } =
        Path.Combine(Project, "../Rdv.Tests", Path.GetRelativePath(Project, AppContext.BaseDirectory), "worker") is var shared && System.IO.Directory.Exists(shared)
            ? Path.GetFullPath(shared)
            : Path.Combine(AppContext.BaseDirectory, "worker");

    public static string Assembly { get; } = Path.Combine(Directory, "Rdv.Functions.dll");
}
