using Rdv.Appointments;
using Rdv.Messages;

namespace Rdv.Invites;

/// <summary>The mail that brings an invite, its update or its cancellation to an advisor.</summary>
public sealed class InviteMail(RdvSettings settings, CalendarEvents events)
{
    /// <param name="kind"><c>invite</c>, <c>invite-update</c> or <c>invite-cancel</c>. A cancellation of an appointment that still holds takes it
    /// out of the calendar of this advisor, who lost it to another one.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another kind.</exception>
    /// <exception cref="ArgumentException">An invite or an update of an appointment that is cancelled.</exception>
    public OutgoingMail Build(string kind, Appointment appointment, InviteTo to)
    {
        var (subject, opening) = Words(kind);
        if (kind != MessageKinds.InviteCancel && appointment.Status == AppointmentStatus.Cancelled)
        {
            throw new ArgumentException("The appointment is cancelled.", nameof(appointment));
        }

        return new InviteFrame(kind, subject, opening, appointment.LocalStart, appointment.Minutes, appointment.PlaceId, appointment.Topic)
        {
            Reference = appointment.Reference,
            Id = $"{appointment.Reference}.{appointment.Version}.{kind}.{to.Advisor.Id}",
            Calendar = kind == MessageKinds.InviteCancel
                ? events.Withdrawal(appointment, to.Directory, to.Advisor, to.Email, to.Now)
                : events.Invite(appointment, to.Directory, to.Advisor, to.Email, to.Now),
            Where = PersonLines.WhereOf(appointment, to.Directory),
            More = PersonLines.Of(appointment),
        }.ToMail(to, settings);
    }

    private static (string Subject, string Opening) Words(string kind) => kind switch
    {
        MessageKinds.Invite => ("Nouveau rendez-vous", "Un rendez-vous est réservé avec vous."),
        MessageKinds.InviteUpdate => ("Rendez-vous modifié", "Un rendez-vous avec vous a changé. Voici ce qui vaut maintenant."),
        MessageKinds.InviteCancel => ("Rendez-vous annulé", "Ce rendez-vous avec vous est annulé."),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No invite has this kind."),
    };
}
