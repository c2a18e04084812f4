using NodaTime.Text;
using Rdv.Messages;
using Rdv.People;

namespace Rdv.Invites;

/// <summary>The mail that brings a workshop, its update or its cancellation to its advisor.</summary>
public sealed class WorkshopMail(RdvSettings settings, CalendarEvents events)
{
    private static readonly InstantPattern Due = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");

    /// <param name="kind"><c>invite</c>, <c>invite-update</c> or <c>invite-cancel</c>.</param>
    /// <param name="due">What was due: its instant tells one update of the seats from the next.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another kind.</exception>
    public OutgoingMail Build(string kind, WorkshopWithSeats workshop, DueMessage due, InviteTo to)
    {
        var (subject, opening) = Words(kind);
        var planned = workshop.Workshop;
        return new InviteFrame(kind, subject, opening, planned.LocalStart, planned.Minutes, planned.PlaceId, planned.Topic)
        {
            Id = $"{planned.Territory}-{planned.Id}.{planned.Version}.{kind}.{Due.Format(due.DueAt)}",
            Calendar = events.ForWorkshop(workshop, to.Directory, to.Advisor, to.Email, to.Now),
            Title = WordsOfOthers.Text(planned.Title),
            Below = planned.IsCancelled ? [] : SeatLines(workshop),
        }.ToMail(to, settings);
    }

    private static (string Subject, string Opening) Words(string kind) => kind switch
    {
        MessageKinds.Invite => ("Nouvel atelier", "Un atelier est prévu avec vous."),
        MessageKinds.InviteUpdate => ("Atelier modifié", "Un atelier avec vous a changé. Voici ce qui vaut maintenant."),
        MessageKinds.InviteCancel => ("Atelier annulé", "Cet atelier avec vous est annulé."),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No invite has this kind."),
    };

    /// <summary>How many are coming, and who: for the mail and for the event alike.</summary>
    internal static IEnumerable<string> SeatLines(WorkshopWithSeats workshop)
    {
        yield return $"Places prises : {workshop.Attendees.Count} sur {workshop.Workshop.Seats}";
        foreach (var attendee in workshop.Attendees)
        {
            yield return CalendarText.Line($"- {PersonLines.NameOf(attendee)} ({string.Join(" ; ", PersonLines.BesidesName(attendee))})");
        }
    }
}
