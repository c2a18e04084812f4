namespace Rdv.Local;

/// <summary>
/// Holds requests back until people and places are in: the port is taken first, so that nobody else takes it meanwhile, and whoever gets an
/// answer finds everything there.
/// </summary>
internal sealed class Readiness
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Ready() => _ready.TrySetResult();

    public Task WaitAsync(CancellationToken cancellationToken) => _ready.Task.WaitAsync(cancellationToken);
}

internal static class ReadinessExtensions
{
    public static void UseReadiness(this WebApplication app)
    {
        var readiness = app.Services.GetRequiredService<Readiness>();
        app.Use(async (context, next) =>
        {
            await readiness.WaitAsync(context.RequestAborted);
            await next(context);
        });
    }
}
