using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Dispatch;
using Rdv.Functions.Http;

namespace Rdv.Functions.Operations;

/// <summary>Whether storage answers, since when the oldest message waits, and whether people or the budget hold messages back.</summary>
public sealed class Health(OldestDue oldestDue, PauseDispatch dispatch)
{
    [Function("Health")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/health")] HttpRequest request, CancellationToken cancellationToken)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return AnswerAsync(cancellationToken);
    }

    private async Task<IResult> AnswerAsync(CancellationToken cancellationToken)
    {
        try
        {
            var age = await oldestDue.AgeAsync(cancellationToken);
            var status = await dispatch.ReadAsync(cancellationToken);
            return Json.Ok(new
            {
                Status = "ok",
                Storage = "ok",
                OldestDueMinutes = (int)age.TotalMinutes,
                Sms = status.Sms.Paused ? "paused" : status.BudgetSpent ? "over-budget" : "running",
                Mail = status.Mail.Paused ? "paused" : "running",
            });
        }
        catch (StorageUnavailableException)
        {
            return Json.Ok(
                new { Status = "unavailable", Storage = "unavailable", OldestDueMinutes = (int?)null, Sms = (string?)null, Mail = (string?)null },
                StatusCodes.Status503ServiceUnavailable);
        }
    }
}
