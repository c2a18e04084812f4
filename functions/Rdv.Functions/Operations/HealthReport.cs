using Microsoft.AspNetCore.Http;
using Rdv.Dispatch;
using Rdv.Functions.Http;
using Rdv.Messages;

namespace Rdv.Functions.Operations;

/// <summary>
/// Whether storage answers, since when the oldest message waits, and whether people, the budget or a provider hold messages back. What is in
/// trouble is named, and the rest still answers. It costs a query for each territory and channel, and anyone may ask: it is found once for all who
/// ask within five seconds.
/// </summary>
public sealed class HealthReport(OldestDue oldestDue, PauseDispatch dispatch, TimeProvider time)
{
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    // Who asks gives up after 5 s: what has not answered by then does not answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

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
                _answer = Task.Run(() => AnswerAsync(CancellationToken.None), CancellationToken.None);
            }

            return _answer.WaitAsync(cancellationToken);
        }
    }

    private async Task<IResult> AnswerAsync(CancellationToken cancellationToken)
    {
        var reading = ReadDispatchAsync(cancellationToken);
        try
        {
            var oldest = await oldestDue.FindAsync(Patience, cancellationToken);
            var status = await reading;
            string[] inTrouble = [.. oldest.InTrouble.Select(territory => territory.Code), .. status is null ? [DispatchPart] : (string[])[]];
            var word = inTrouble.Length == 0 ? "ok" : "degraded";
            return Json.Ok(new
            {
                Status = word,
                Storage = word,
                OldestDueMinutes = (int)oldest.Age.TotalMinutes,
                Sms = status?.WordOf(Channel.Sms),
                Mail = status?.WordOf(Channel.Mail),
                InTrouble = inTrouble,
            });
        }
        catch (StorageUnavailableException)
        {
            return Json.Ok(
                new { Status = "unavailable", Storage = "unavailable", OldestDueMinutes = (int?)null, Sms = (string?)null, Mail = (string?)null, InTrouble = Array.Empty<string>() },
                StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <returns>Null when it does not answer.</returns>
    private async Task<DispatchStatus?> ReadDispatchAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            return await dispatch.ReadAsync(limit.Token);
        }
        catch (Exception exception) when (exception is StorageUnavailableException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }
}
