namespace Rdv.Tests.Local;

internal static class Eventually
{
    // Generous: it bounds a test that would never end, and measures nothing.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    public static async Task IsTrueAsync(Func<bool> condition, string what)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!condition())
        {
            if (limit.IsCancellationRequested)
            {
                throw new TimeoutException($"It never happened: {what}");
            }

            await Task.Delay(50, CancellationToken.None);
        }
    }
}
