namespace Rdv.Calendars;

/// <summary>Reads calendars where they are published.</summary>
public interface ICalendarSource
{
    /// <summary>
    /// Asks for it once, with limits of its own in time and size. It goes to public addresses only, wherever the calendar's name or its
    /// server may lead.
    /// </summary>
    /// <param name="known">What was read before: when that has not changed it is not read again. Null to read it in any case.</param>
    Task<CalendarAnswer> ReadAsync(Uri address, CalendarState? known, CancellationToken cancellationToken);
}

public abstract record CalendarAnswer
{
    private CalendarAnswer()
    {
    }

    public sealed record Read(string Text, CalendarState State) : CalendarAnswer
    {
        // It is somebody's agenda, with its titles: a record would print it.
        public override string ToString() => nameof(Read);
    }

    public sealed record NotChanged : CalendarAnswer;

    public sealed record Failed(CalendarFault Fault) : CalendarAnswer;
}
