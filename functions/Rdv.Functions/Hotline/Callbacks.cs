using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Rdv.Functions.Http;
using Rdv.Functions.Staff;
using Rdv.Hotline;
using Rdv.Territories;

namespace Rdv.Functions.Hotline;

/// <summary>What came of a call: <c>reached</c>, <c>no-answer</c> or <c>done</c>.</summary>
public sealed record CallbackBody(string? Outcome, string? Note);

/// <summary>The calls that the hotline has to make.</summary>
public sealed class Callbacks(ListCalls list, FinishCall finish, StaffOnly staff)
{
    [Function("Callbacks")]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/hotline/callbacks")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.RunAsync(request, member => member.MayUseHotline, async _ =>
        {
            var errors = new FieldErrors();
            Territory? where = null;
            if (Values.Text(request, "territory") is { } code)
            {
                if (Territory.TryParse(code, out var territory))
                {
                    where = territory;
                }
                else
                {
                    errors.Add("territory", "Ce département n'existe pas.");
                }
            }

            Instant? until = null;
            if (Values.Text(request, "until") is { } text && (until = Values.ParseInstant(text)) is null)
            {
                errors.Add("until", "Cet instant ne se lit pas. Exemple : 2026-11-24T18:00:00+01:00.");
            }

            if (errors.Any)
            {
                return Problems.Invalid(errors);
            }

            var sheets = await list.ExecuteAsync(where, until, cancellationToken);
            return Json.Ok(sheets.Select(sheet => new
            {
                Id = sheet.Id.ToString(),
                sheet.Call.Reason,
                sheet.Name,
                Phone = sheet.Phone.E164,
                DueAt = Values.Format(sheet.Call.DueAt, sheet.Id.Territory),
                Reference = sheet.Call.Subject.Reference?.ToString(),
                sheet.Sentence,
                sheet.Call.Attempts,
            }));
        }, cancellationToken);

    [Function("FinishCallback")]
    public Task<IResult> FinishAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/hotline/callbacks/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => staff.RunAsync(request, member => member.MayUseHotline, async _ =>
    {
        var (body, problem) = await JsonBody.ReadAsync<CallbackBody>(request, cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        CallOutcome? outcome = body.Outcome switch
        {
            "reached" => CallOutcome.Reached,
            "no-answer" => CallOutcome.NoAnswer,
            "done" => CallOutcome.Done,
            _ => null,
        };
        if (outcome is not { } known)
        {
            return Problems.Invalid("outcome", "Dites ce qui s'est passé : reached, no-answer ou done.");
        }

        if (!CallId.TryParse(id, out var callId))
        {
            return Problems.NotFound();
        }

        return await finish.ExecuteAsync(callId, known, body.Note, cancellationToken) switch
        {
            FinishCallOutcome.Finished { Next: var next } => Json.Ok(new
            {
                Id = next is null ? id : new CallId(callId.Territory, next.Id).ToString(),
                Open = next is not null,
                DueAt = next is null ? null : Values.Format(next.DueAt, callId.Territory),
            }),
            FinishCallOutcome.Invalid invalid => Problems.Invalid(invalid.Errors),
            FinishCallOutcome.NotFound => Problems.NotFound(),
            FinishCallOutcome.Busy => Problems.Busy(),
            _ => throw new InvalidOperationException("An outcome without an answer."),
        };
    }, cancellationToken);
}
