using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Dispatch;
using Rdv.Functions.Http;
using Rdv.Messages;

namespace Rdv.Functions.Operations;

/// <summary>
/// Whether storage answers, since when the oldest message waits, and whether people, the budget or a provider hold messages back. What is in
/// trouble is named, and the rest still answers.
/// </summary>
public sealed class Health(OldestDue oldestDue, PauseDispatch dispatch)
{
    // Who asks gives up after 5 s: what has not answered by then does not answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private const string DispatchPart = "dispatch";

    [Function("Health")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/health")] HttpRequest request, CancellationToken cancellationToken)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return AnswerAsync(cancellationToken);
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
