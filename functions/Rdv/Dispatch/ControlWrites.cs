namespace Rdv.Dispatch;

/// <summary>The loop that changes one of the rows that all instances share: they are in no territory, and so in no transaction of one.</summary>
/// <remarks>A lost answer is not looked for: a switch that is set again is set, and a lease that is counted twice is one lease too many.</remarks>
internal static class ControlWrites
{
    private const int MaxAttempts = 8;

    /// <param name="known">As it was read last.</param>
    /// <param name="tryWrite">What is stored now; null when somebody was faster.</param>
    /// <exception cref="ContendedException">Others were faster at every attempt.</exception>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public static async Task<DispatchControl> WriteAsync(
        this IDispatchControlStore store, DispatchControl known, Func<DispatchControl, Task<DispatchControl?>> tryWrite, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            if (await tryWrite(known) is { } written)
            {
                return written;
            }

            await Task.Delay(Random.Shared.Next(1, (10 * attempt) + 1), cancellationToken);
            known = await store.ReadAsync(cancellationToken);
        }

        throw new ContendedException("What all instances share was changed by others at every attempt.");
    }
}
