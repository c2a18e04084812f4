namespace Rdv.Tests.WorkerHost;

/// <summary>The worker as it is deployed, which the build of the tests publishes beside them (Publish.targets).</summary>
internal static class PublishedWorker
{
    public static string Directory { get; } = Path.Combine(AppContext.BaseDirectory, "worker");

    public static string Assembly { get; } = Path.Combine(Directory, "Rdv.Functions.dll");
}
