using NodaTime;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Calls;
using Rdv.Chores;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Booking;

/// <summary>Tells those who have an advisor's link for a meeting by video that it is another one now. Who has not been told any yet gets it in time.</summary>
public sealed class TellVideoLink(IAppointmentStore appointments, IAgendaStore agenda, IChoreStore chores, Writer writer, IClock clock) : IChoreHandler
{
    // No message of the day before leaves sooner, whatever holidays lie between.
    private const int DaysAhead = 7;

    public string Kind => ChoreKinds.VideoLink;

    public async Task<bool> RunAsync(Chore chore, CancellationToken cancellationToken)
    {
        var territory = chore.Subject.Territory;
        var advisor = new AdvisorId(chore.Read<VideoLinkChore>().Advisor);
        var today = clock.GetCurrentInstant().InZone(territory.Zone).Date;
        var months = await agenda.ReadDaysAsync(territory, advisor, today, today.PlusDays(DaysAhead), cancellationToken);
        foreach (var reference in months
            .SelectMany(month => month.Days.Values)
            .SelectMany(day => day.Entries)
            .Select(entry => entry.ReferenceIn(territory))
            .OfType<AppointmentReference>())
        {
            await writer.WriteAsync(territory, token => TellAsync(reference, chore.DueAt - Chore.InHand, token), cancellationToken);
        }

        await writer.WriteAsync<bool>(
            territory,
            async token => await chores.IsPendingAsync(chore, token) ? new Decision<bool>.Write([new RowWrite.Delete(chore)], true) : true,
            cancellationToken);
        return true;
    }

    private async Task<Decision<bool>> TellAsync(AppointmentReference reference, Instant changedAt, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        if (await appointments.ReadAsync(reference, cancellationToken) is not { Value: { Means: Means.Video, Status: AppointmentStatus.Booked } appointment }
            || appointment.Start <= now
            || now < VideoRoom.TellsFrom(appointment)
            || ReminderTimes.Of(appointment, appointment.CreatedAt).Eve() > now)
        {
            return false;
        }

        var history = await appointments.ReadHistoryAsync(reference, cancellationToken);
        if (history.Messages.Any(message => message.Kind == MessageKinds.Link && message.At >= changedAt))
        {
            // An earlier run has done it.
            return false;
        }

        var at = HumaneHours.Next(reference.Territory, now) is var humane && humane < appointment.Start ? humane : now;
        var rows = new List<RowWrite>();
        if (appointment.Citizen.Phone.CanReceiveSms)
        {
            Tell(Recipient.Citizen);
        }
        else if (HumaneHours.NextCall(reference.Territory, now) is var call && call < appointment.Start)
        {
            rows.Add(new RowWrite.Put(CallToMake.Of(reference, CallReasons.Landline, MessageKinds.Reminder, call, appointment.Version)));
        }

        if (appointment.Helper is { Phone.CanReceiveSms: true } helper && helper.Phone != appointment.Citizen.Phone)
        {
            Tell(Recipient.Helper);
        }

        return rows.Count > 0 ? new Decision<bool>.Write(rows, true) : false;

        void Tell(Recipient recipient)
        {
            rows.Add(new RowWrite.Put(new DueMessage(Channel.Sms, at, reference, MessageKinds.Link, recipient, appointment.Version, appointment.Start)));
            rows.Add(new RowWrite.Put(new MessageLog(reference, Channel.Sms, MessageKinds.Link, recipient, appointment.Version, now, MessageState.Due)));
        }
    }
}
