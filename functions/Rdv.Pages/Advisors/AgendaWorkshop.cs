using NodaTime;
using NodaTime.Text;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Days;

namespace Rdv.Pages.Advisors;

/// <summary>Someone who has a seat in a workshop.</summary>
/// <param name="Kind">In French; null while nobody has said whether the person came.</param>
/// <param name="MarkAddress">Where to post whether the person came; null before the hour, and for those who only read.</param>
public sealed record AgendaSeat(
    string Reference, string Name, string Phone, string PhoneAddress, string? Needs, string? Note, string? Kind, bool? Came, string? MarkAddress)
{
    public static AgendaSeat Of(Appointment seat, string? markAddress) => new(
        seat.Reference.ToString(),
        seat.Citizen.Name,
        seat.Citizen.Phone.ToNational(),
        seat.Citizen.Phone.Uri,
        seat.Citizen.Needs,
        seat.Note,
        KindOf(seat.Status),
        CameOf(seat.Status),
        markAddress);

    public static string? KindOf(AppointmentStatus? status) => CameOf(status) switch
    {
        true => "Venu",
        false => "Pas venu",
        null => null,
    };

    public static bool? CameOf(AppointmentStatus? status) => status switch
    {
        AppointmentStatus.Kept => true,
        AppointmentStatus.Missed => false,
        _ => null,
    };

    // A record would print every property: a log line must not carry a person.
    public override string ToString() => Reference;
}

/// <summary>What the week says of a workshop.</summary>
/// <param name="Taken">How many seats are taken, in words.</param>
/// <param name="Address">Of its own page.</param>
public sealed record AgendaWorkshop(string Taken, string Address, bool MayChange, IReadOnlyList<AgendaSeat> Seats)
{
    /// <returns>Null when the line is no workshop.</returns>
    /// <param name="now">Wall time in the territory.</param>
    public static AgendaWorkshop? Of(AgendaLine line, LocalDate week, LocalDateTime now, string query, AgendaTools? tools) =>
        line.Entry is { Kind: EntryKind.Workshop, Seats: { } seats }
            ? new AgendaWorkshop(
                TakenOf(seats.Taken, seats.Count),
                $"/advisor/ateliers/{line.Entry.Id}?du={LocalDatePattern.Iso.Format(week)}{query}",
                tools is not null,
                [.. (line.Attendees ?? [])
                    .OrderBy(seat => seat.Citizen.Name, StringComparer.CurrentCulture)
                    .Select(seat => AgendaSeat.Of(seat, line.Start <= now && line.With is null ? tools?.Address($"rendez-vous/{seat.Reference}") : null))])
            : null;

    public static string TakenOf(int taken, int count) => taken switch
    {
        0 => $"Personne n'est inscrit. {count}\u00a0place{(count > 1 ? "s" : "")}.",
        _ => $"{taken}\u00a0place{(taken > 1 ? "s" : "")} prise{(taken > 1 ? "s" : "")} sur {count}",
    };
}
