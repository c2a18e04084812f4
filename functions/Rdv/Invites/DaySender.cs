using Rdv.Agenda;
using Rdv.Days;
using Rdv.Ids;
using Rdv.Messages;

namespace Rdv.Invites;

/// <summary>Writes and sends an advisor's day, each morning at 7:00 where they are.</summary>
public sealed class DaySender(IMailGateway gateway, DayMail mails, ReadAgenda readAgenda) : IMessageSender
{
    public Channel Channel => Channel.Mail;

    public SubjectKind About => SubjectKind.Day;

    /// <summary>One query for the day, and a point read for each person in it.</summary>
    public async Task<PreparedMessage?> PrepareAsync(IReadOnlyList<StoredDue> due, CancellationToken cancellationToken) =>
        AdvisorDay.Of(due[^1].Message) is not { } day
        || !(await readAgenda.ExecuteAsync(day.Territory, day.AdvisorId, day.Date, days: 1, cancellationToken)).Succeeded(out var found) ? null
        // All may have been cancelled since.
        : found.Lines.Any(line => line.Entry.Kind is EntryKind.Appointment or EntryKind.Workshop)
            ? new PreparedMessage(new MessageDecision.Send(MessageKinds.Day), (_, _, token) => SendAsync(day, found, token))
            : PreparedMessage.Nothing;

    private Task<SendResult> SendAsync(AdvisorDay day, AgendaFound found, CancellationToken cancellationToken) =>
        mails.Build(day, found) is { } mail
            ? gateway.SendAsync(mail, cancellationToken)
            : Task.FromResult<SendResult>(new SendResult.Rejected("no-address"));
}
