using NodaTime;
using NodaTime.Text;
using Rdv.Agenda;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Language;
using Rdv.Pages.Shared;

namespace Rdv.Pages.Advisors;

/// <param name="Kind">In French; null for an appointment that stands as booked.</param>
public sealed record AgendaItem(
    string Hours, string Title, string? Kind, string? Topic, string Place, string? Reference, string? Phone, string? PhoneAddress, string? Needs, string? Note, bool IsAppointment);

public sealed record AgendaDay(string Title, bool IsToday, string? Holiday, IReadOnlyList<AgendaItem> Items);

/// <summary>One advisor's week.</summary>
public sealed record AgendaView(string Advisor, string Title, IReadOnlyList<AgendaDay> Days, int Appointments, string Previous, string Next, string ThisWeek)
{
    public static AgendaView Of(AgendaOutcome.Found found, LocalDate today, string query)
    {
        var days = Enumerable.Range(0, found.Days)
            .Select(found.From.PlusDays)
            .Select(date => (Date: date, Lines: found.Lines.Where(line => line.Start.Date == date).ToList(), Holiday: Territories.PublicHolidays.NameOf(found.Directory.Territory, date)))
            // An empty weekend says nothing.
            .Where(day => day.Lines.Count > 0 || day.Date.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday))
            .Select(day => new AgendaDay(FrenchDates.Date(day.Date), day.Date == today, day.Holiday, [.. day.Lines.Select(line => ItemOf(line, found.Directory))]))
            .ToList();
        return new AgendaView(
            found.Advisor.DisplayName,
            $"Semaine du {FrenchDates.DateWithYear(found.From)}",
            days,
            found.Lines.Count(line => line.Entry.Kind == EntryKind.Appointment),
            Address(found.From.PlusDays(-found.Days), query),
            Address(found.From.PlusDays(found.Days), query),
            "/advisor" + (query.Length > 0 ? "?" + query[1..] : ""));
    }

    private static string Address(LocalDate from, string query) => $"/advisor?du={LocalDatePattern.Iso.Format(from)}{query}";

    private static AgendaItem ItemOf(AgendaLine line, TerritoryDirectory directory)
    {
        var citizen = line.Appointment?.Citizen;
        return new AgendaItem(
            $"{Words.Time(line.Start.TimeOfDay)} – {Words.Time(line.End.TimeOfDay)}",
            line.Entry.Kind switch
            {
                EntryKind.Appointment => citizen?.Name ?? "Rendez-vous",
                EntryKind.Workshop => "Atelier",
                EntryKind.Absence => "Absence",
                _ => "Heure gardée : une personne remplit le formulaire",
            },
            line.Appointment?.Status switch
            {
                AppointmentStatus.Kept => "Venu",
                AppointmentStatus.Missed => "Absent",
                _ => null,
            },
            line.Entry.Topic is null ? null : Topics.Find(line.Entry.Topic)?.Label,
            line.Entry.PlaceId is { } place ? directory.Places.GetValueOrDefault(place)?.Name ?? place.Value : "",
            line.Appointment?.Reference.ToString(),
            citizen?.Phone.ToNational(),
            citizen is null ? null : "tel:" + citizen.Phone.E164,
            citizen?.Needs,
            line.Appointment?.Note,
            line.Entry.Kind == EntryKind.Appointment);
    }
}
