using System.Globalization;
using NodaTime;
using Rdv.Calendars;
using Rdv.Tests.Calendars;

namespace Rdv.Tests.Concurrency;

/// <summary>The calendars that advisors may link: each has a time of its own in it, and never changes.</summary>
internal sealed class PublishedHours : ICalendarSource
{
    private static readonly (LocalDateTime From, LocalDateTime To)[] Times =
    [
        (Client.Dates[1].At(new LocalTime(9, 0)), Client.Dates[1].At(new LocalTime(10, 0))),
        (Client.Dates[1].At(new LocalTime(10, 15)), Client.Dates[1].At(new LocalTime(11, 0))),
        (Client.Dates[0].At(new LocalTime(8, 0)), Client.Dates[0].At(new LocalTime(12, 0))),
        (Client.Dates[2].At(new LocalTime(14, 0)), Client.Dates[2].At(new LocalTime(18, 30))),
    ];

    public static int Count => Times.Length;

    /// <param name="number">From 1.</param>
    public static (LocalDateTime From, LocalDateTime To) Of(int number) => Times[number - 1];

    public static string AddressOf(int number) => $"https://calendars.example/secret-6f1d-0000/{number:00}.ics";

    /// <param name="ending">What is shown of the address.</param>
    public static int NumberOf(string ending) => int.Parse(ending[^6..^4], CultureInfo.InvariantCulture);

    public Task<CalendarAnswer> ReadAsync(Uri address, CalendarState? known, CancellationToken cancellationToken)
    {
        var (from, to) = Of(NumberOf(address.AbsolutePath));
        return Task.FromResult<CalendarAnswer>(new CalendarAnswer.Read(
            CalendarFiles.Wrap("Google", CalendarFiles.In("Europe/Paris", $"{from:uuuuMMdd'T'HHmmss}", $"{to:uuuuMMdd'T'HHmmss}")), new CalendarState("\"1\"", null)));
    }
}
