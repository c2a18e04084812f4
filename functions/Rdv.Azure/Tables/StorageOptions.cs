using Azure.Core;
using Azure.Data.Tables;

namespace Rdv.Azure.Tables;

public static class StorageOptions
{
    /// <summary>
    /// Short waits: a person is waiting behind most calls, none of which waits longer than 15 s for its answer, and the writer reads again by
    /// itself. Three tries that hang end after 13 s.
    /// </summary>
    public static TableClientOptions Create() => new()
    {
        Retry =
        {
            Mode = RetryMode.Exponential,
            MaxRetries = 2,
            Delay = TimeSpan.FromMilliseconds(100),
            MaxDelay = TimeSpan.FromSeconds(2),
            NetworkTimeout = TimeSpan.FromSeconds(4),
        },
        Diagnostics = { IsLoggingContentEnabled = false, IsDistributedTracingEnabled = false, IsLoggingEnabled = false },
    };
}
