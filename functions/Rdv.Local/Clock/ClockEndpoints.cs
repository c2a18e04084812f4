using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;
using Rdv.Local.Dev;

namespace Rdv.Local.Clock;

internal static class ClockEndpoints
{
    private const int MaxBodyBytes = 64 * 1024;

    // Beyond it, adding to an instant overflows somewhere.
    private static readonly Instant Last = Instant.FromUtc(2100, 1, 1, 0, 0);

    public static void MapClock(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/dev/clock", (MovableClock clock) => TypedResults.Ok(Now(clock)));
        endpoints.MapPost("/dev/clock", PostAsync);
    }

    private static async Task<IResult> PostAsync(HttpRequest request, MovableClock clock, ClockMover mover, CancellationToken cancellationToken)
    {
        if (await ReadNowAsync(request, cancellationToken) is not { } now || now > Last)
        {
            return DevProblems.Invalid("now", "Indiquez un instant avec son décalage, par exemple 2026-11-24T10:00:00+01:00.");
        }

        return await mover.TryMoveToAsync(now)
            ? TypedResults.Ok(Now(clock))
            : DevProblems.Invalid("now", "L'horloge ne peut qu'avancer : cet instant est déjà passé.");
    }

    private static async Task<Instant?> ReadNowAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxBodyBytes)
        {
            return null;
        }

        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, default, cancellationToken);
            return body.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("now", out var now)
                && now.ValueKind == JsonValueKind.String
                && OffsetDateTimePattern.ExtendedIso.Parse(now.GetString()!) is { Success: true, Value: var at }
                    ? at.ToInstant()
                    : null;
        }
        // A lone surrogate in a string is an InvalidOperationException.
        catch (Exception exception) when (exception is JsonException or BadHttpRequestException or InvalidOperationException)
        {
            return null;
        }
    }

    private static ClockBody Now(MovableClock clock) => new(InstantPattern.ExtendedIso.Format(clock.GetCurrentInstant()));

    private sealed record ClockBody(string Now);
}
