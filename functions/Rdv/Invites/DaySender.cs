using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Dispatch;

namespace Rdv.Invites;

/// <summary>Writes and sends an advisor's day, each morning at 7:00 where they are.</summary>
public sealed class DaySender(IMailGateway gateway, DayMail mails, ReadAgenda readAgenda) : IMessageSender
{
    public Channel Channel => Channel.Mail;

    public SubjectKind About => SubjectKind.Day;

    /// <summary>One query for the day, and a point read for each person in it.</summary>
    public async Task<IPreparedMessage?> PrepareAsync(IReadOnlyList<StoredDue> due, CancellationToken cancellationToken)
    {
        if (AdvisorDay.Of(due[^1].Message) is not { } day)
        {
            return null;
        }

        var agenda = await readAgenda.ExecuteAsync(day.Territory, day.AdvisorId, day.Date, days: 1, cancellationToken);
        return agenda.Succeeded(out var found) ? new Prepared(gateway, mails, day, found) : null;
    }

    private sealed record Prepared(IMailGateway Gateway, DayMail Mails, AdvisorDay Day, AgendaFound Found) : IPreparedMessage
    {
        // All may have been cancelled since.
        public MessageDecision Decision => Found.Lines.Any(line => line.Entry.Kind is EntryKind.Appointment or EntryKind.Workshop)
            ? new MessageDecision.Send(MessageKinds.Day)
            : new MessageDecision.Drop();

        public Task<SendResult> SendAsync(Claim claim, CancellationToken cancellationToken) => Mails.Build(Day, Found) is { } mail
            ? Gateway.SendAsync(mail, cancellationToken)
            : Task.FromResult<SendResult>(new SendResult.Rejected("no-address"));
    }
}
