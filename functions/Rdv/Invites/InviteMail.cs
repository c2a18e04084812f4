using NodaTime;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Dispatch;
using Rdv.Language;

namespace Rdv.Invites;

public abstract record InviteMailOutcome
{
    private InviteMailOutcome()
    {
    }

    public sealed record Built(OutgoingMail Mail) : InviteMailOutcome;

    /// <summary>The advisor has no address, or one that mail cannot be sent to.</summary>
    public sealed record NoAddress : InviteMailOutcome;

    /// <summary>The advisor's address is the sender's own: Outlook throws away an invite whose organizer is its recipient.</summary>
    public sealed record RecipientIsOrganizer : InviteMailOutcome;
}

/// <summary>The mail that brings an invite, its update or its cancellation to an advisor.</summary>
public sealed class InviteMail(RdvSettings settings, CalendarEvents events)
{
    /// <param name="kind"><c>invite</c>, <c>invite-update</c> or <c>invite-cancel</c>. A cancellation of an appointment that still holds takes it
    /// out of the calendar of this advisor, who lost it to another one.</param>
    /// <param name="now">Becomes DTSTAMP.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another kind.</exception>
    /// <exception cref="ArgumentException">An invite or an update of an appointment that is cancelled.</exception>
    public InviteMailOutcome Build(string kind, Appointment appointment, TerritoryDirectory directory, Advisor advisor, Instant now)
    {
        var (subject, opening) = Words(kind);
        if (kind != MessageKinds.InviteCancel && appointment.Status == AppointmentStatus.Cancelled)
        {
            throw new ArgumentException("The appointment is cancelled.", nameof(appointment));
        }

        if (!InviteAddress.TryParse(advisor.Email, out var email))
        {
            return new InviteMailOutcome.NoAddress();
        }

        if (string.Equals(email, settings.MailFrom, StringComparison.OrdinalIgnoreCase))
        {
            return new InviteMailOutcome.RecipientIsOrganizer();
        }

        var local = appointment.LocalStart;
        return new InviteMailOutcome.Built(new OutgoingMail(
            appointment.Reference,
            kind,
            email,
            CalendarText.Line(advisor.DisplayName),
            $"{subject} : {FrenchDates.DateAndTime(local)}",
            Text(opening, appointment, directory, local),
            kind == MessageKinds.InviteCancel
                ? events.Withdrawal(appointment, directory, advisor, email, now)
                : events.Invite(appointment, directory, advisor, email, now),
            kind == MessageKinds.InviteCancel ? CalendarEvents.Cancel : CalendarEvents.Request,
            // The same for every try of the same message: a mail that leaves twice is recognised by its readers.
            $"{appointment.Reference}.{appointment.Version}.{kind}.{advisor.Id}@{InviteAddress.Host(settings.MailFrom)}"));
    }

    private static (string Subject, string Opening) Words(string kind) => kind switch
    {
        MessageKinds.Invite => ("Nouveau rendez-vous", "Un rendez-vous est réservé avec vous."),
        MessageKinds.InviteUpdate => ("Rendez-vous modifié", "Un rendez-vous avec vous a changé. Voici ce qui vaut maintenant."),
        MessageKinds.InviteCancel => ("Rendez-vous annulé", "Ce rendez-vous avec vous est annulé."),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No invite has this kind."),
    };

    private string Text(string opening, Appointment appointment, TerritoryDirectory directory, LocalDateTime local)
    {
        var place = directory.Places.GetValueOrDefault(appointment.PlaceId);
        var lines = new[]
        {
            ("Quand", $"{FrenchDates.DateWithYear(local.Date)} {FrenchDates.At(local.TimeOfDay)}, {appointment.Minutes} minutes"),
            ("Où", string.Join(", ", new[] { place?.Name, place?.Address, $"{place?.Postcode} {place?.Commune}".Trim() }
                .Where(part => !string.IsNullOrWhiteSpace(part)))),
            ("Sujet", Topics.Find(appointment.Topic)?.Label),
            ("Personne", appointment.Citizen.Name),
            ("Téléphone", appointment.Citizen.Phone.ToNational()),
            ("Entreprise", appointment.Citizen.Business),
            ("Besoins", appointment.Citizen.Needs),
            ("Note", appointment.Note),
            ("Référence", appointment.Reference.ToString()),
        };
        return string.Join('\n', [
            "Bonjour,",
            "",
            opening,
            "",
            .. lines.Where(line => !string.IsNullOrWhiteSpace(line.Item2)).Select(line => $"{line.Item1} : {CalendarText.Clean(line.Item2)}"),
            "",
            "Votre agenda se met à jour avec la pièce jointe. Vous n'avez pas à répondre à ce message.",
            $"Une question ? Appelez le {settings.HotlinePhone}.",
            ""]);
    }
}
