using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;
using NodaTime;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Functions.Http;
using Rdv.Invites;

namespace Rdv.Functions.Invites;

/// <summary>Calendars as files: one appointment for its citizen, all of an advisor's for a program that subscribes.</summary>
public sealed class Calendars(
    FindAppointment find, IAppointmentStore appointments, ReadFeed readFeed, CalendarEvents events, ITerritoryDirectories directories, KeyCalls keys, IClock clock)
{
    private const string ContentType = "text/calendar; charset=utf-8";

    [Function("AppointmentCalendar")]
    public Task<IResult> AppointmentAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/appointments/{reference}/calendar.ics")] HttpRequest request,
        string reference,
        CancellationToken cancellationToken) => keys.RunAsync(request, async () =>
            await find.ExecuteAsync(reference, new Access.ByKey(request.Query["key"]), cancellationToken) is { } appointment
                ? TypedResults.File(await CalendarAsync(appointment, cancellationToken), ContentType, "rendez-vous.ics")
                : null);

    [Function("AdvisorFeed")]
    public Task<IResult> FeedAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "calendars/{file}")] HttpRequest request,
        string file,
        CancellationToken cancellationToken) => keys.RunAsync(request, async () =>
            await readFeed.ExecuteAsync(file.EndsWith(".ics", StringComparison.OrdinalIgnoreCase) ? file[..^".ics".Length] : null, cancellationToken) is { } calendar
                ? Feed(Encoding.UTF8.GetBytes(calendar))
                : null, cacheControl: "private, no-cache");

    private async Task<byte[]> CalendarAsync(Appointment appointment, CancellationToken cancellationToken) => Encoding.UTF8.GetBytes(
        events.ForCitizen(await appointments.ReadEnrolmentAsync(appointment, cancellationToken), await directories.GetAsync(appointment.Territory, cancellationToken), clock.GetCurrentInstant()));

    /// <summary>It names people: only the subscriber keeps it, and asks each time whether it has changed. The result answers 304.</summary>
    private static FileContentHttpResult Feed(byte[] calendar) => TypedResults.File(
        calendar, ContentType, entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(calendar).AsSpan(0, 16))}\""));
}
