using NodaTime;
using NodaTime.Text;
using Rdv.Directory;
using Rdv.Dispatch;
using Rdv.Language;
using Rdv.Workshops;

namespace Rdv.Invites;

/// <summary>The mail that brings a workshop, its update or its cancellation to its advisor.</summary>
public sealed class WorkshopMail(RdvSettings settings, CalendarEvents events)
{
    private static readonly InstantPattern Due = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");

    /// <param name="kind"><c>invite</c>, <c>invite-update</c> or <c>invite-cancel</c>.</param>
    /// <param name="due">What was due: its instant tells one update of the seats from the next.</param>
    /// <param name="now">Becomes DTSTAMP.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another kind.</exception>
    public InviteMailOutcome Build(
        string kind, WorkshopWithSeats workshop, DueMessage due, TerritoryDirectory directory, Advisor advisor, Instant now)
    {
        var (subject, opening) = Words(kind);
        if (!InviteAddress.TryParse(advisor.Email, out var email))
        {
            return new InviteMailOutcome.NoAddress();
        }

        if (string.Equals(email, settings.MailFrom, StringComparison.OrdinalIgnoreCase))
        {
            return new InviteMailOutcome.RecipientIsOrganizer();
        }

        var planned = workshop.Workshop;
        return new InviteMailOutcome.Built(new OutgoingMail(
            null,
            kind,
            email,
            CalendarText.Line(advisor.DisplayName),
            $"{subject} : {FrenchDates.DateAndTime(planned.LocalStart)}",
            Text(opening, workshop, directory),
            events.ForWorkshop(workshop, directory, advisor, email, now),
            kind == MessageKinds.InviteCancel ? CalendarEvents.Cancel : CalendarEvents.Request,
            $"{planned.Territory}-{planned.Id}.{planned.Version}.{kind}.{Due.Format(due.DueAt)}@{InviteAddress.Host(settings.MailFrom)}"));
    }

    private static (string Subject, string Opening) Words(string kind) => kind switch
    {
        MessageKinds.Invite => ("Nouvel atelier", "Un atelier est prévu avec vous."),
        MessageKinds.InviteUpdate => ("Atelier modifié", "Un atelier avec vous a changé. Voici ce qui vaut maintenant."),
        MessageKinds.InviteCancel => ("Atelier annulé", "Cet atelier avec vous est annulé."),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No invite has this kind."),
    };

    private string Text(string opening, WorkshopWithSeats workshop, TerritoryDirectory directory)
    {
        var planned = workshop.Workshop;
        var local = planned.LocalStart;
        var place = directory.Places.GetValueOrDefault(planned.PlaceId);
        var lines = new[]
        {
            ("Atelier", planned.Title),
            ("Quand", $"{FrenchDates.DateWithYear(local.Date)} {FrenchDates.At(local.TimeOfDay)}, {planned.Minutes} minutes"),
            ("Où", string.Join(", ", new[] { place?.Name, place?.Address, $"{place?.Postcode} {place?.Commune}".Trim() }
                .Where(part => !string.IsNullOrWhiteSpace(part)))),
            ("Sujet", Topics.Find(planned.Topic)?.Label),
        };
        return string.Join('\n', [
            "Bonjour,",
            "",
            opening,
            "",
            .. lines.Where(line => !string.IsNullOrWhiteSpace(line.Item2)).Select(line => $"{line.Item1} : {CalendarText.Clean(line.Item2)}"),
            .. planned.IsCancelled ? [] : SeatLines(workshop),
            "",
            "Votre agenda se met à jour avec la pièce jointe. Vous n'avez pas à répondre à ce message.",
            $"Une question ? Appelez le {settings.HotlinePhone}.",
            ""]);
    }

    /// <summary>How many are coming, and who: for the mail and for the event alike.</summary>
    internal static IEnumerable<string> SeatLines(WorkshopWithSeats workshop)
    {
        yield return $"Places prises : {workshop.Attendees.Count} sur {workshop.Workshop.Seats}";
        foreach (var attendee in workshop.Attendees)
        {
            var more = new[] { attendee.Citizen.Phone.ToNational(), attendee.Citizen.Needs, attendee.Note }.Where(part => !string.IsNullOrWhiteSpace(part));
            yield return CalendarText.Line($"- {attendee.Citizen.Name} ({string.Join(" ; ", more)})");
        }
    }
}
