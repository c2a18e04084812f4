using NodaTime;

namespace Rdv.Tests.Concurrency;

/// <summary>The names of what steps read and write.</summary>
internal static class Names
{
    public static string Day(string advisor, LocalDate date) => "day " + Model.DayKey(advisor, date);

    public static string Hours(string advisor) => "hours " + advisor;

    public static string Rdv(string reference) => "rdv " + reference;

    public static string Booking(string name) => "name " + name;

    public static string Absence(string key) => "absence " + key;

    public static string Calendars(string advisor) => "calendars " + advisor;

    /// <summary>A day of one advisor or of all, with the hours.</summary>
    public static IEnumerable<string> Agenda(Model model, string? advisor, LocalDate date) =>
        Advisors(model, advisor).SelectMany(one => new[] { Day(one, date), Hours(one) });

    /// <summary>Where an appointment stands now.</summary>
    public static IEnumerable<string> Place(Model model, string reference) =>
        model.Appointments.TryGetValue(reference, out var view) ? [Rdv(reference), Day(view.Advisor, view.Start.Date)] : [Rdv(reference)];

    public static IEnumerable<string> Advisors(Model model, string? advisor) => advisor is null ? model.Advisors : [advisor];
}
