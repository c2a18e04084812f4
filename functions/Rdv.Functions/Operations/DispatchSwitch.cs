using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Rdv.Dispatch;
using Rdv.Functions.Http;
using Rdv.Functions.Staff;
using Rdv.Territories;

namespace Rdv.Functions.Operations;

/// <param name="Sms"><c>paused</c> or <c>running</c>; absent to leave it as it is.</param>
/// <param name="Mail">The same.</param>
public sealed record DispatchBody(string? Sms, string? Mail);

/// <param name="SmsToday">SMS that left today, from all instances.</param>
public sealed record DispatchView(string Sms, string? SmsPausedAt, string Mail, string? MailPausedAt, int SmsToday, int SmsPerDay);

/// <summary>Pauses SMS or mails, for operations.</summary>
public sealed class DispatchSwitch(PauseDispatch dispatch, StaffOnly staff)
{
    private static readonly Territory Home = Territory.Parse("75");

    [Function("GetDispatch")]
    public Task<IResult> ReadAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/admin/dispatch")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.RunAsync(request, member => member is StaffMember.Admin, async _ => View(await dispatch.ReadAsync(cancellationToken)), cancellationToken);

    [Function("PutDispatch")]
    public Task<IResult> WriteAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/admin/dispatch")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.RunAsync(request, member => member is StaffMember.Admin, async _ =>
        {
            var (body, problem) = await JsonBody.ReadAsync<DispatchBody>(request, cancellationToken);
            if (body is null)
            {
                return problem!;
            }

            var errors = new FieldErrors();
            var (sms, mail) = (Paused(body.Sms, "sms", errors), Paused(body.Mail, "mail", errors));
            if (body is { Sms: null, Mail: null })
            {
                errors.Add("sms", "Dites ce qui change : sms, mail ou les deux.");
            }

            return errors.Any ? Problems.Invalid(errors) : View(await dispatch.ChangeAsync(sms, mail, cancellationToken));
        }, cancellationToken);

    private static bool? Paused(string? word, string field, FieldErrors errors)
    {
        switch (word)
        {
            case null:
                return null;
            case "paused":
                return true;
            case "running":
                return false;
            default:
                errors.Add(field, "Dites paused ou running.");
                return null;
        }
    }

    private static JsonHttpResult<DispatchView> View(DispatchStatus status) => Json.Ok(new DispatchView(
        Word(status.Sms), At(status.Sms.Since), Word(status.Mail), At(status.Mail.Since), status.SmsToday, status.SmsPerDay));

    private static string Word(ChannelSwitch channel) => channel.Paused ? "paused" : "running";

    private static string? At(Instant? instant) => instant is { } at ? Values.Format(at, Home) : null;
}
