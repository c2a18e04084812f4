using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;
using NodaTime;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Functions.Http;
using Rdv.Invites;

namespace Rdv.Functions.Invites;

/// <summary>Calendars as files: one appointment for its citizen, all of an advisor's for a program that subscribes.</summary>
public sealed class Calendars(
    FindAppointment find, ReadFeed readFeed, CalendarEvents events, ITerritoryDirectories directories, Limits limits, IClock clock)
{
    private const string ContentType = "text/calendar; charset=utf-8";

    [Function("AppointmentCalendar")]
    public Task<IResult> AppointmentAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/appointments/{reference}/calendar.ics")] HttpRequest request,
        string reference,
        CancellationToken cancellationToken) => Answer.OrProblem(async () =>
    {
        using var attempt = await limits.TryKeyAsync(request);
        if (attempt is null)
        {
            return Problems.TooMany();
        }

        if (await find.ExecuteAsync(reference, new Access.ByKey(request.Query["key"]), cancellationToken) is not { } appointment)
        {
            attempt.Wrong();
            return Problems.NotFound();
        }

        request.HttpContext.Response.Headers.CacheControl = "no-store";
        var directory = await directories.GetAsync(appointment.Territory, cancellationToken);
        return TypedResults.File(
            Encoding.UTF8.GetBytes(events.ForCitizen(appointment, directory, clock.GetCurrentInstant())), ContentType, "rendez-vous.ics");
    });

    [Function("AdvisorFeed")]
    public Task<IResult> FeedAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "calendars/{file}")] HttpRequest request,
        string file,
        CancellationToken cancellationToken) => Answer.OrProblem(async () =>
    {
        using var attempt = await limits.TryKeyAsync(request);
        if (attempt is null)
        {
            return Problems.TooMany();
        }

        var token = file.EndsWith(".ics", StringComparison.OrdinalIgnoreCase) ? file[..^".ics".Length] : null;
        if (await readFeed.ExecuteAsync(token, cancellationToken) is not { } calendar)
        {
            attempt.Wrong();
            return Problems.NotFound();
        }

        // It names people: only the subscriber keeps it, and asks each time whether it has changed. The results below answer 304.
        var bytes = Encoding.UTF8.GetBytes(calendar);
        request.HttpContext.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.File(
            bytes, ContentType, entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16))}\""));
    });
}
