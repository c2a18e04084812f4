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
public sealed record DispatchBody(string? Sms, string? Mail)
{
    /// <returns>Whether each is to be paused; null leaves it as it is.</returns>
    public (bool? Sms, bool? Mail) Read(FieldErrors errors)
    {
        if (Sms is null && Mail is null)
        {
            errors.Add("sms", "Dites ce qui change : sms, mail ou les deux.");
        }

        return (Paused(Sms, "sms", errors), Paused(Mail, "mail", errors));
    }

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
}

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
        staff.RunAsync(request, member => member is StaffMember.Admin, _ => request.WithBodyAsync<DispatchBody>(async body =>
        {
            var errors = new FieldErrors();
            var (sms, mail) = body.Read(errors);
            return errors.Any ? Problems.Invalid(errors) : View(await dispatch.ChangeAsync(sms, mail, cancellationToken));
        }, cancellationToken), cancellationToken);

    private static JsonHttpResult<DispatchView> View(DispatchStatus status) => Json.Ok(new DispatchView(
        Word(status.Sms), At(status.Sms.Since), Word(status.Mail), At(status.Mail.Since), status.SmsToday, status.SmsPerDay));

    private static string Word(ChannelSwitch channel) => channel.Paused ? "paused" : "running";

    private static string? At(Instant? instant) => instant is { } at ? Values.Format(at, Home) : null;
}
