using NodaTime;
using NodaTime.Text;

namespace Rdv.Pages.Shared;

/// <summary>What browsers send of a day and of an hour.</summary>
public static class TimeInput
{
    // Near both ends of what NodaTime counts, an offset overflows: nothing is planned there.
    private const int FirstYear = 1900;
    private const int LastYear = 2999;

    // 09:00, and 09:00:00 when the field had seconds.
    private static readonly LocalTimePattern[] Times = [LocalTimePattern.CreateWithInvariantCulture("HH:mm"), LocalTimePattern.CreateWithInvariantCulture("HH:mm:ss")];

    /// <returns>Null when it is no day.</returns>
    public static LocalDate? Day(string? text) =>
        text is not null && LocalDatePattern.Iso.Parse(text) is { Success: true, Value: { Year: >= FirstYear and <= LastYear } day } ? day : null;

    /// <returns>Null when it is no hour.</returns>
    public static LocalTime? Time(string? text) =>
        text is null ? null : Times.Select(pattern => pattern.Parse(text)).FirstOrDefault(time => time.Success) is { } read ? read.Value : null;
}
