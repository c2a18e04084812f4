using System.Globalization;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;
using Rdv.Territories;

namespace Rdv.Functions.Http;

/// <summary>How days and instants are written in the contract, and how values of an address are read.</summary>
public static class Values
{
    private static readonly OffsetDateTimePattern WithOffset = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:sso<+HH:mm>");

    /// <summary>An instant with the offset of the territory's zone: <c>2026-11-24T09:00:00+01:00</c>.</summary>
    public static string Format(Instant instant, Territory territory) => WithOffset.Format(instant.InZone(territory.Zone).ToOffsetDateTime());

    public static string Format(LocalDateTime local, Territory territory) =>
        WithOffset.Format(local.InZoneLeniently(territory.Zone).ToOffsetDateTime());

    public static string Format(LocalDate date) => LocalDatePattern.Iso.Format(date);

    // Near both ends of what NodaTime counts, adding a day or an offset overflows: no appointment is there.
    private const int FirstYear = 1900;
    private const int LastYear = 2999;

    /// <summary>An instant with any offset (RFC 3339); null when the text is none.</summary>
    public static Instant? ParseInstant(string? text) =>
        text is { Length: <= 40 } && OffsetDateTimePattern.Rfc3339.Parse(text) is { Success: true, Value: { Year: >= FirstYear and <= LastYear } parsed }
            ? parsed.ToInstant()
            : null;

    /// <summary>A day of a body or of an address (ISO 8601); null when the text is none.</summary>
    public static LocalDate? ParseDay(string? text) =>
        text is { Length: 10 } && LocalDatePattern.Iso.Parse(text) is { Success: true, Value: { Year: >= FirstYear and <= LastYear } parsed } ? parsed : null;

    /// <summary>Null when missing; an error when it is no day.</summary>
    public static LocalDate? Day(HttpRequest request, string name, FieldErrors errors)
    {
        var text = request.Query[name].ToString();
        if (text.Length == 0)
        {
            return null;
        }

        if (ParseDay(text) is { } day)
        {
            return day;
        }

        errors.Add(name, "Ce jour ne se lit pas. Exemple : 2026-11-24.");
        return null;
    }

    public static int Number(HttpRequest request, string name, int otherwise, FieldErrors errors)
    {
        var text = request.Query[name].ToString();
        if (text.Length == 0)
        {
            return otherwise;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        errors.Add(name, "Ce nombre ne se lit pas.");
        return otherwise;
    }

    /// <summary>Null when missing or empty.</summary>
    public static string? Text(HttpRequest request, string name) => request.Query[name].ToString() is { Length: > 0 } text ? text : null;
}
