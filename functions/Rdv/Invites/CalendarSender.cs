using NodaTime;
using Rdv.Calendars;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Messages;

namespace Rdv.Invites;

/// <summary>Tells an advisor that their own calendar meets what is booked, or cannot be read: whatever of it is still true.</summary>
public sealed class CalendarSender(
    IMailGateway gateway, ICalendarStore store, CalendarAgenda agenda, CalendarMail mails, ITerritoryDirectories directories, IClock clock) : IMessageSender
{
    public Channel Channel => Channel.Mail;

    public SubjectKind About => SubjectKind.Calendar;

    public async Task<PreparedMessage?> PrepareAsync(IReadOnlyList<StoredDue> due, CancellationToken cancellationToken)
    {
        var message = due[^1].Message;
        if (message.Recipient.AdvisorId is not { } advisor)
        {
            return null;
        }

        var territory = message.Subject.Territory;
        if (await store.FindAsync(territory, advisor, message.Subject.Code, cancellationToken) is not { Value: var calendar })
        {
            // Its advisor has removed it meanwhile.
            return PreparedMessage.Nothing;
        }

        var shown = agenda.Show(calendar, await agenda.ReadAsync(territory, advisor, agenda.Window(territory), cancellationToken));
        var isFailing = calendar.FailingSince is { } since && clock.GetCurrentInstant() - since >= OwnCalendar.Patience;
        return isFailing || shown.Conflicts.Count > 0
            ? new PreparedMessage(new MessageDecision.Send(MessageKinds.Calendar), (_, _, token) => SendAsync(shown, isFailing, message, token))
            : PreparedMessage.Nothing;
    }

    private async Task<SendResult> SendAsync(ShownCalendar shown, bool isFailing, DueMessage message, CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(shown.Calendar.Territory, cancellationToken);
        return directory.Advisors.TryGetValue(shown.Calendar.AdvisorId, out var advisor) && mails.Build(shown, isFailing, message, advisor) is { } mail
            ? await gateway.SendAsync(mail, cancellationToken)
            : new SendResult.Rejected("no-address");
    }
}
