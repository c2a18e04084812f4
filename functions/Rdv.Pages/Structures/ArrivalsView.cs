using NodaTime;
using Rdv.Appointments;
using Rdv.Days;
using Rdv.Language;
using Rdv.Pages.Shared;

namespace Rdv.Pages.Structures;

/// <summary>Who comes today, to be read from two metres: no number, and nothing of what it is about.</summary>
/// <param name="At">When it was read.</param>
public sealed record ArrivalsView(string Day, string At, string Again, string Home, string Closures, IReadOnlyList<ArrivalLine> Lines)
{
    public static ArrivalsView Of(ArrivalsFound found, LocalDateTime now, string query) => new(
        FrenchDates.Date(now.Date),
        Words.Time(now.TimeOfDay),
        "/structure/accueil" + query,
        "/structure" + query,
        "/structure/fermetures" + query,
        [.. found.Arrivals.Select(arrival => new ArrivalLine(
            Words.Time(arrival.Start.TimeOfDay),
            arrival.Name,
            arrival.Advisor.DisplayName,
            arrival.Place?.ShownName ?? "",
            arrival.Status switch { AppointmentStatus.Kept => "Venu", AppointmentStatus.Missed => "Pas venu", _ => null }))]);

    // The lines name persons, and a record would print them.
    public override string ToString() => $"{Lines.Count} arrivals";
}

/// <param name="Outcome">Null while nobody has said it.</param>
public sealed record ArrivalLine(string Hour, string Name, string Advisor, string Place, string? Outcome)
{
    // It names a person.
    public override string ToString() => Hour;
}
