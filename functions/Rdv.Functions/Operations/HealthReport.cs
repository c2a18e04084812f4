using Microsoft.AspNetCore.Http;
using Rdv.Directory;
using Rdv.Dispatch;
using Rdv.Functions.Http;
using Rdv.Messages;

namespace Rdv.Functions.Operations;

/// <summary>
/// Whether storage answers, since when the oldest message waits, and whether people, the budget or a provider hold messages back; what is in
/// trouble is named. It is what the loops of the channels have left behind (<see cref="LoopReport"/>), in one query, for all who ask within five
/// seconds: anyone may ask. When that query is not answered, a second one tells whether anything is.
/// </summary>
public sealed class HealthReport(PauseDispatch dispatch, IDirectoryStore directory, TimeProvider time)
{
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    // Who asks gives up after 5 s: what has not answered by then, twice, does not answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private const string DispatchPart = "dispatch";

    private readonly Lock _lock = new();
    private Task<IResult>? _answer;
    private long _at;

    public Task<IResult> GetAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_answer is null || (_answer.IsCompleted && time.GetElapsedTime(_at) >= MaxAge))
            {
                // Not cancelled with who asked first: others wait for it.
                _at = time.GetTimestamp();
                _answer = Task.Run(AnswerAsync, CancellationToken.None);
            }

            return _answer.WaitAsync(cancellationToken);
        }
    }

    private static async Task<T?> OrNullAsync<T>(Func<CancellationToken, Task<T>> ask)
        where T : class
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            return await ask(limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception exception) when (exception is StorageUnavailableException or OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<IResult> AnswerAsync()
    {
        if (await OrNullAsync(dispatch.ReadAsync) is not { } status)
        {
            return await OrNullAsync(directory.ListTerritoriesAsync) is null
                ? Json.Ok(Report.Of("unavailable", "unavailable"), StatusCodes.Status503ServiceUnavailable)
                : Json.Ok(Report.Of("degraded", "degraded") with { InTrouble = [DispatchPart] });
        }

        var loops = status.Loops;
        string[] inTrouble = [.. loops.InTrouble.Select(territory => territory.Code), .. loops.IsSilent ? [DispatchPart] : Array.Empty<string>()];
        return Json.Ok(Report.Of(inTrouble.Length == 0 ? "ok" : "degraded", loops.InTrouble.Count == 0 ? "ok" : "degraded") with
        {
            OldestDueMinutes = (int?)loops.OldestAge?.TotalMinutes,
            Sms = status.WordOf(Channel.Sms),
            Mail = status.WordOf(Channel.Mail),
            InTrouble = inTrouble,
        });
    }

    private sealed record Report(string Status, string Storage, int? OldestDueMinutes, string? Sms, string? Mail, string[] InTrouble)
    {
        /// <summary>What is not known is null.</summary>
        public static Report Of(string status, string storage) => new(status, storage, null, null, null, []);
    }
}
