using NodaTime;

namespace Rdv.Tests.Concurrency;

/// <summary>The names of what steps read and write.</summary>
internal static class Names
{
    private const int PartMinutes = 30;

    public static Name Day(string advisor, LocalDate date) => new("day", Model.DayKey(advisor, date));

    /// <summary>A time of a day, in the minutes of that day.</summary>
    public static Name Time(string advisor, LocalDate date, int from, int to)
    {
        var (first, last) = (Math.Max(0, from / PartMinutes), Math.Min(24 * 60 / PartMinutes, (to + PartMinutes - 1) / PartMinutes));
        return Day(advisor, date) with { Part = ((1UL << (last - first)) - 1) << first };
    }

    /// <summary>The time of an appointment, with the way to a home.</summary>
    public static Name Time(string advisor, LocalDateTime start, string? means)
    {
        var (from, way) = (Model.MinuteOf(start), means == Model.AtHome ? Model.Way : 0);
        return Time(advisor, start.Date, from - way, from + Model.Minutes + way);
    }

    public static Name Hours(string advisor) => new("hours", advisor);

    public static Name Rdv(string reference) => new("rdv", reference);

    public static Name Seats(string workshop) => new("seats", workshop);

    public static Name Workshop(string id) => new("workshop", id);

    public static Name Booking(string name) => new("name", name);

    public static Name Held(string key) => new("hold", key);

    public static Name Absence(string key) => new("absence", key);

    public static Name Calendars(string advisor) => new("calendars", advisor);

    /// <summary>Of everything of a kind.</summary>
    public static Name All(string kind) => new(kind, "*");

    /// <summary>A day of one advisor or of all, with the hours.</summary>
    public static IEnumerable<Name> Agenda(Model model, string? advisor, LocalDate date) =>
        Advisors(model, advisor).SelectMany(one => new[] { Day(one, date), Hours(one) });

    /// <summary>An hour of one advisor or of all, with the hours.</summary>
    public static IEnumerable<Name> Hour(Model model, string? advisor, LocalDateTime start, string? means) =>
        Advisors(model, advisor).SelectMany(one => new[] { Time(one, start, means), Hours(one) });

    /// <summary>An appointment, and the time or the seat that it takes now.</summary>
    public static IEnumerable<Name> Place(Model model, string reference) => model.Appointments.GetValueOrDefault(reference) switch
    {
        { Status: Appointments.AppointmentStatus.Booked, Workshop: { } workshop } => [Rdv(reference), Seats(workshop)],
        { Status: Appointments.AppointmentStatus.Booked } view => [Rdv(reference), Time(view.Advisor, view.Start, view.Means)],
        _ => [Rdv(reference)],
    };

    public static IEnumerable<string> Advisors(Model model, string? advisor) => advisor is null ? model.Advisors : [advisor];
}
