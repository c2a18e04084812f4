using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Dispatch;
using Rdv.Functions.Http;

namespace Rdv.Functions.Operations;

/// <summary>Whether storage answers, since when the oldest message waits, and whether people or the budget hold messages back.</summary>
public sealed class Health(OldestDue oldestDue, PauseDispatch dispatch)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(4);

    [Function("Health")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/health")] HttpRequest request, CancellationToken cancellationToken)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return AnswerAsync(cancellationToken);
    }

    private async Task<IResult> AnswerAsync(CancellationToken cancellationToken)
    {
        // Who asks gives up soon: storage that has not answered by then does not answer.
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        try
        {
            var age = await oldestDue.AgeAsync(deadline.Token);
            var status = await dispatch.ReadAsync(deadline.Token);
            return Json.Ok(new
            {
                Status = "ok",
                Storage = "ok",
                OldestDueMinutes = (int)age.TotalMinutes,
                Sms = status.Sms.Paused ? "paused" : status.BudgetSpent ? "over-budget" : "running",
                Mail = status.Mail.Paused ? "paused" : "running",
            });
        }
        catch (Exception exception) when (exception is StorageUnavailableException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Json.Ok(
                new { Status = "unavailable", Storage = "unavailable", OldestDueMinutes = (int?)null, Sms = (string?)null, Mail = (string?)null },
                StatusCodes.Status503ServiceUnavailable);
        }
    }
}
