using NodaTime;
using Rdv.Agenda;
using Rdv.Calendars;
using Rdv.Directory;
using Rdv.Language;
using Rdv.Messages;
using Rdv.People;

namespace Rdv.Invites;

/// <summary>The mail about an advisor's own calendar. Nothing of what is in that calendar is in it, nor its address.</summary>
public sealed class CalendarMail(RdvSettings settings)
{
    /// <returns>Null when the advisor has no address.</returns>
    public OutgoingMail? Build(ShownCalendar shown, bool isFailing, DueMessage due, Advisor advisor) =>
        InviteAddress.TryParse(advisor.Email, out var email)
            ? new OutgoingMail(
                null,
                MessageKinds.Calendar,
                email,
                CalendarText.Line(advisor.DisplayName),
                shown.Conflicts.Count > 0 ? "Votre agenda : occupé à l'heure d'un rendez-vous" : "Votre agenda ne se lit plus",
                Text(shown, isFailing),
                Calendar: null,
                Method: null,
                $"{shown.Calendar.Territory}-{shown.Calendar.Id}.{due.Version}.calendar@{InviteAddress.Host(settings.MailFrom)}")
            : null;

    private string Text(ShownCalendar shown, bool isFailing) => string.Join('\n', [
        "Bonjour,",
        "",
        .. isFailing ? Failing(shown.Calendar) : [],
        .. shown.Conflicts.Count > 0 ? Conflicts(shown) : [],
        $"Vos agendas reliés : {settings.SiteBaseUrl}/advisor",
        $"Une question ? Appelez le {settings.HotlinePhone}.",
        ""]);

    private static IEnumerable<string> Failing(OwnCalendar calendar)
    {
        var since = calendar.FailingSince!.Value.InZone(calendar.Territory.Zone).LocalDateTime;
        return
        [
            $"Nous ne lisons plus votre agenda chez {calendar.Host} depuis {FrenchDates.DateAndTime(since)}.",
            calendar.Fault is { } fault ? CalendarFaults.SentenceOf(fault) : "",
            "Vos heures restent comme nous les avons lues en dernier. Ce que vous ajoutez maintenant dans cet agenda ne bloque aucune heure.",
            "",
        ];
    }

    private static IEnumerable<string> Conflicts(ShownCalendar shown) =>
    [
        $"Votre agenda chez {shown.Calendar.Host} vous dit occupé à l'heure de ce qui est déjà pris :",
        .. shown.Conflicts.Select(conflict => $"- {FrenchDates.DateAndTime(conflict.Start)} : {NameOf(conflict, shown)}"),
        "Rien n'est annulé. Déplacez ou annulez vous-même, ou recevez la personne comme prévu.",
        "",
    ];

    private static string NameOf(CalendarConflict conflict, ShownCalendar shown) => conflict.Entry.Kind == EntryKind.Workshop
        ? $"atelier « {CalendarText.Line(WordsOfOthers.Text(conflict.Entry.Seats?.Title))} »"
        : $"rendez-vous {conflict.Entry.ReferenceIn(shown.Calendar.Territory)}";
}
