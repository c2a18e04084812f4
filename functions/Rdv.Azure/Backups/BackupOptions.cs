using Azure.Core;
using Azure.Storage.Blobs;

namespace Rdv.Azure.Backups;

public static class BackupOptions
{
    /// <summary>Nobody waits for an export: it is patient. Nothing of a request is logged, as with the table.</summary>
    public static BlobClientOptions Create() => new()
    {
        Retry = { Mode = RetryMode.Exponential, MaxRetries = 4, Delay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromSeconds(20), NetworkTimeout = TimeSpan.FromMinutes(3) },
        Diagnostics = { IsLoggingContentEnabled = false, IsDistributedTracingEnabled = false, IsLoggingEnabled = false },
    };
}
