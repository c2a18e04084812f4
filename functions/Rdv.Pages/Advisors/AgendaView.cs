using NodaTime;
using NodaTime.Text;
using Rdv.Agenda;
using Rdv.Days;
using Rdv.Directory;
using Rdv.Language;
using Rdv.Pages.Shared;

namespace Rdv.Pages.Advisors;

/// <param name="Kind">In French; null for an appointment that stands as booked.</param>
/// <param name="IsMeeting">People come: an appointment or a workshop.</param>
/// <param name="Came">Null while nobody has said whether the person came.</param>
/// <param name="MarkAddress">Where to post whether the person came; null before the hour, and for those who only read.</param>
/// <param name="ReopenAddress">Where to post that an absence is taken back; null for those who may not.</param>
public sealed record AgendaItem(
    string Hours,
    string Title,
    string? Kind,
    string? Topic,
    string Place,
    string? Reference,
    string? Phone,
    string? PhoneAddress,
    string? Needs,
    string? Note,
    bool IsMeeting,
    bool? Came = null,
    string? MarkAddress = null,
    string? ReopenAddress = null,
    bool SeveralDays = false)
{
    public AgendaWorkshop? Workshop { get; init; }

    // A record would print every property: a log line must not carry a person.
    public override string ToString() => Reference ?? Hours;
}

public sealed record AgendaDay(string Title, bool IsToday, string? Holiday, IReadOnlyList<AgendaItem> Items);

/// <summary>One advisor's week.</summary>
/// <param name="Tools">What the advisor can do; null for those who only read.</param>
/// <param name="Notice">What came of the form before.</param>
public sealed record AgendaView(
    string Advisor, string Title, IReadOnlyList<AgendaDay> Days, int Appointments, int Ateliers, string Previous, string Next, string ThisWeek, AgendaTools? Tools, string? Notice)
{
    /// <summary>Of how many appointments of the last days it is not said who came.</summary>
    public int Unmarked { get; init; }

    /// <summary>Where it is said.</summary>
    public string Came { get; init; } = "";

    /// <summary>Days that are over, below those that count.</summary>
    public IReadOnlyList<AgendaDay> Over { get; init; } = [];

    /// <summary>False when invites do not arrive.</summary>
    public bool GetsMail { get; init; }

    /// <summary>Where it is said why an hour of the week is not offered.</summary>
    public string Why { get; init; } = "";

    /// <param name="now">Wall time in the territory.</param>
    /// <param name="query">What names the advisor in the address, for those whose agenda it is not.</param>
    public static AgendaView Of(AgendaFound found, LocalDateTime now, string query, AgendaTools? tools = null, string? notice = null)
    {
        var days = Enumerable.Range(0, found.Days)
            .Select(found.From.PlusDays)
            .Select(date => (Date: date, Lines: found.Lines.Where(line => line.Start.Date == date).ToList(), Holiday: Territories.PublicHolidays.NameOf(found.Directory.Territory, date)))
            // An empty weekend says nothing.
            .Where(day => day.Lines.Count > 0 || day.Date.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday))
            .Select(day => (IsOver: found.From <= now.Date && now.Date < found.From.PlusDays(found.Days) && day.Date < now.Date, Day: new AgendaDay(
                FrenchDates.Date(day.Date), day.Date == now.Date, day.Holiday, [.. day.Lines.Select(line => ItemOf(line, found, now, query, tools))])))
            .ToList();
        return new AgendaView(
            found.Advisor.DisplayName,
            $"Semaine du {FrenchDates.DateWithYear(found.From)}",
            [.. days.Where(day => !day.IsOver).Select(day => day.Day)],
            found.Lines.Count(line => line.Entry.Kind == EntryKind.Appointment),
            found.Lines.Count(line => line.Entry.Kind == EntryKind.Workshop),
            Address(found.From.PlusDays(-found.Days), query),
            Address(found.From.PlusDays(found.Days), query),
            "/advisor" + (query.Length > 0 ? "?" + query[1..] : ""),
            tools,
            notice)
        {
            Over = [.. days.Where(day => day.IsOver).Select(day => day.Day)],
            Came = "/advisor/venus" + (query.Length > 0 ? "?" + query[1..] : ""),
            GetsMail = found.Advisor.GetsMail,
            Why = WhyView.Address(found.From, query),
        };
    }

    private static string Address(LocalDate from, string query) => $"/advisor?du={LocalDatePattern.Iso.Format(from)}{query}";

    private static string WhereOf(AgendaLine line, TerritoryDirectory directory) => line switch
    {
        { Appointment.Means: Means.Phone } => "Par téléphone\u00a0: vous appelez",
        { Appointment.Means: Means.Video } => "En vidéo\u00a0: sur votre lien",
        { Appointment: { Means: Means.Home, Home: var home } } => home is null ? "À domicile" : $"À domicile\u00a0: {home.Street}, {Communes.Find(home.Insee)?.Name}",
        { Entry.PlaceId: { } place } => directory.Places.GetValueOrDefault(place)?.ShownName ?? place.Value,
        _ => "",
    };

    private static AgendaItem ItemOf(AgendaLine line, AgendaFound found, LocalDateTime now, string query, AgendaTools? tools)
    {
        var directory = found.Directory;
        var citizen = line.Appointment?.Citizen;
        return new AgendaItem(
            line.Entry.CellCount == DayGrid.Cells ? "Toute la journée" : $"{Words.Time(line.Start.TimeOfDay)} – {Words.Time(line.End.TimeOfDay)}",
            line.Entry.Kind switch
            {
                EntryKind.Appointment => citizen?.Name ?? "Rendez-vous",
                EntryKind.Workshop => line.Entry.Seats is { Session: { } session } of ? $"Cours\u00a0: {of.Title}, {WorkshopView.SessionOf(session)}"
                    : line.Entry.Seats is { } seats ? $"Atelier\u00a0: {seats.Title}" : "Atelier",
                EntryKind.Absence => line.Absence?.Reason is { } reason ? $"Absence\u00a0: {reason}" : "Absence",
                EntryKind.Calendar => tools is null ? "Occupé (son agenda)" : "Occupé (votre agenda)",
                _ => "Heure gardée : une personne remplit le formulaire",
            },
            AgendaSeat.KindOf(line.Appointment?.Status),
            line.Entry.Topic is null ? null : Topics.Find(line.Entry.Topic)?.Label,
            WhereOf(line, directory),
            line.Appointment?.Reference.ToString(),
            citizen?.Phone.ToNational(),
            citizen is null ? null : citizen.Phone.Uri,
            citizen?.Needs,
            line.Appointment?.Note,
            line.Entry.Kind is EntryKind.Appointment or EntryKind.Workshop,
            AgendaSeat.CameOf(line.Appointment?.Status),
            line.Appointment is { } appointment && line.Start <= now ? tools?.Address($"rendez-vous/{appointment.Reference}") : null,
            line.Absence is { } absence && absence.To > now ? tools?.Address("absences/" + absence.Id) : null,
            line.Absence is { } whole && whole.From.Date != whole.To.PlusNanoseconds(-1).Date)
        {
            Workshop = AgendaWorkshop.Of(line, found.From, now, query, tools),
        };
    }
}
