using NodaTime.Text;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Days;
using Rdv.Directory;
using Rdv.Language;
using Rdv.Messages;
using Rdv.People;

namespace Rdv.Invites;

/// <summary>An advisor's day as a mail that can be printed and taken along: plain text, by time, with whom, where, and the number to call.</summary>
public sealed class DayMail(RdvSettings settings)
{
    /// <returns>Null when the advisor has no address.</returns>
    public OutgoingMail? Build(AdvisorDay day, AgendaFound found)
    {
        if (!InviteAddress.TryParse(found.Advisor.Email, out var email))
        {
            return null;
        }

        var count = found.Lines.Count(line => line.Entry.Kind is EntryKind.Appointment or EntryKind.Workshop);
        return new OutgoingMail(
            null,
            MessageKinds.Day,
            email,
            CalendarText.Line(found.Advisor.DisplayName),
            $"Votre journée : {FrenchDates.Date(day.Date)}, {count} rendez-vous",
            Text(day, found),
            Calendar: null,
            Method: null,
            $"{day.Territory}.{LocalDatePattern.Iso.Format(day.Date)}.{day.AdvisorId}.day@{InviteAddress.Host(settings.MailFrom)}");
    }

    private string Text(AdvisorDay day, AgendaFound found) => string.Join('\n', [
        "Bonjour,",
        "",
        $"Voici votre journée du {FrenchDates.DateWithYear(day.Date)}.",
        "",
        .. found.Lines.Where(line => line.Entry.Kind != EntryKind.Hold).SelectMany(line => Lines(line, found.Directory)),
        "Ce qui change dans la journée vous arrive par une invitation.",
        $"Une question ? Appelez le {settings.HotlinePhone}.",
        ""]);

    private static IEnumerable<string> Lines(AgendaLine line, TerritoryDirectory directory)
    {
        var hours = line.Entry.CellCount == DayGrid.Cells
            ? "Toute la journée"
            : $"{FrenchDates.Time(line.Start.TimeOfDay)} - {FrenchDates.Time(line.End.TimeOfDay)}";
        var place = line.Entry.PlaceId is { } id ? directory.Places.GetValueOrDefault(id) : null;
        string?[] lines = line.Entry.Kind switch
        {
            EntryKind.Appointment =>
            [
                $"{hours} : {(line.Appointment is { } person ? PersonLines.NameOf(person) : "Rendez-vous")}",
                line.Appointment is { Means: Means.Phone } ? "    Par téléphone : vous appelez cette personne" : null,
                line.Appointment is { Means: Means.Video or Means.Home } met ? CalendarText.Line("    " + PersonLines.WhereOf(met, directory)) : null,
                .. line.Appointment is { } appointment ? Lines(appointment) : [],
                Labelled("Sujet", line.Entry.Topic is { } topic ? Topics.Find(topic)?.Label : null),
                Labelled("Lieu", place?.Line),
                Labelled("Référence", line.Appointment?.Reference.ToString()),
            ],
            EntryKind.Workshop =>
            [
                $"{hours} : atelier « {WordsOfOthers.Text(line.Entry.Seats?.Title)} », {Persons(line.Entry.Seats?.Taken ?? 0)} sur {line.Entry.Seats?.Count}",
                Labelled("Lieu", place?.Line),
                .. (line.Attendees ?? []).Select(attendee =>
                    "    - " + string.Join(", ", PersonLines.BesidesName(attendee).Prepend(PersonLines.NameOf(attendee)))),
            ],
            EntryKind.Calendar => [$"{hours} : occupé (votre agenda)"],
            _ => [$"{hours} : fermé"],
        };
        return lines.OfType<string>().Select(CalendarText.KeepIndent).Append("");
    }

    private static IEnumerable<string?> Lines(Appointment appointment) =>
    [
        Labelled("Téléphone", appointment.Citizen.Phone.ToNational()),
        Labelled("Entreprise", WordsOfOthers.Text(appointment.Citizen.Business)),
        Labelled("Pour venir", WordsOfOthers.Text(appointment.Citizen.Needs)),
        Labelled("Message", WordsOfOthers.Text(appointment.Note)),
    ];

    private static string Persons(int count) => count > 1 ? $"{count} personnes" : $"{count} personne";

    private static string? Labelled(string label, string? value) =>
        string.IsNullOrWhiteSpace(value) ? null : $"    {label} : {CalendarText.Line(value)}";
}
