using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using Rdv.Calls;
using Rdv.Directory;
using Rdv.Functions.Http;
using Rdv.Functions.Staff;

namespace Rdv.Functions.Hotline;

/// <summary>What came of a call: <c>reached</c>, <c>no-answer</c> or <c>done</c>.</summary>
public sealed record CallbackBody(string? Outcome, string? Note)
{
    public CallOutcome? ToOutcome() => Outcome switch
    {
        "reached" => CallOutcome.Reached,
        "no-answer" => CallOutcome.NoAnswer,
        "done" => CallOutcome.Done,
        _ => null,
    };
}

/// <summary>The calls that the hotline has to make.</summary>
public sealed class Callbacks(ListCalls list, FinishCall finish, StaffOnly staff)
{
    [Function("Callbacks")]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/hotline/callbacks")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.RunAsync(request, member => member.MayUseHotline, async _ =>
        {
            var errors = new FieldErrors();
            var (where, until) = (Fields.Territory(request, errors), Fields.Instant(request, "until", errors));
            return errors.Any ? Problems.Invalid(errors) : View(request, await list.ExecuteAsync(where, until, cancellationToken));
        }, cancellationToken);

    [Function("FinishCallback")]
    public Task<IResult> FinishAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/hotline/callbacks/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => staff.RunAsync(request, member => member.MayUseHotline, _ => request.WithBodyAsync<CallbackBody>(
            async body => body.ToOutcome() is not { } outcome
                ? Problems.Invalid("outcome", "Dites ce qui s'est passé : reached, no-answer ou done.")
                : CallId.TryParse(id, out var call)
                    ? (await finish.ExecuteAsync(call, outcome, body.Note, cancellationToken)).ToHttp(finished => Json.Ok(View(call, finished)))
                    : Problems.NotFound(),
            cancellationToken), cancellationToken);

    /// <summary>The calls that could be read; a header names the territories whose calls could not.</summary>
    private static JsonHttpResult<IEnumerable<object>> View(HttpRequest request, CallsFound found)
    {
        InTrouble.Tell(request, found.InTrouble);
        return Json.Ok(found.Sheets.Select(View));
    }

    private static object View(CallSheet sheet) => new
    {
        Id = sheet.Id.ToString(),
        sheet.Call.Reason,
        sheet.Name,
        Phone = sheet.Phone.E164,
        sheet.Phone.Extension,
        DueAt = Values.Format(sheet.Call.DueAt, sheet.Id.Territory),
        Reference = sheet.Call.Subject.Reference?.ToString(),
        sheet.Sentence,
        sheet.Call.Attempts,
    };

    private static object View(CallId call, FinishedCall finished) => new
    {
        Id = finished.Next is { } again ? new CallId(call.Territory, again.Id).ToString() : call.ToString(),
        Open = finished.Next is not null,
        DueAt = finished.Next is { } next ? Values.Format(next.DueAt, call.Territory) : null,
    };
}
