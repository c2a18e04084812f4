using NodaTime;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Messages;
using Rdv.Tests.Infrastructure;
using Shouldly;

namespace Rdv.Tests.Concurrency;

/// <summary>When the timers run after all is over, on two instances at once, each person is told what is true, once.</summary>
internal static class Messages
{
    public static async Task ShouldReachEveryoneOnceAsync(World world, Product product)
    {
        var appointments = await Consistency.ShouldHoldAsync(world, product);
        await using var other = world.Start();
        await DispatchAsync(product, other);

        // Reminders leave in the morning.
        for (var day = world.Clock.GetCurrentInstant().InZone(world.Territory.Zone).Date.PlusDays(1); day <= new LocalDate(2026, 12, 3); day = day.PlusDays(1))
        {
            world.Clock.Reset(day.At(new LocalTime(11, 30)).InZoneStrictly(world.Territory.Zone).ToInstant());
            await DispatchAsync(product, other);
        }

        var log = await world.RowsAsync("log|");
        foreach (var appointment in appointments)
        {
            var reference = appointment.Reference;
            var why = $"{appointment}: " + string.Join(", ", log
                .Where(row => row.RowKey.StartsWith($"log|{reference.Code}|message|", StringComparison.Ordinal))
                .Select(row => $"{row.RowKey.Split('|', 4)[3]} {row.GetString("State")} {row.GetString("Reason")} {row.GetDateTimeOffset("At"):u}"));
            string[] told = [.. world.Sms.Delivered.Where(sms => sms.Reference == reference).Select(sms => sms.Kind)];
            string[] mails = [.. world.Mail.Received.Where(mail => mail.Reference == reference).Select(mail => $"{mail.Kind} {mail.To}")];
            if (appointment.Enrolment is { } enrolment)
            {
                // Of a course one is told with the first session: of all that is left of it, or of none.
                var isLeft = appointments.Any(other => other.Enrolment == enrolment && other.Status == AppointmentStatus.Booked);
                string[] news = appointment.TellsOfBooking && isLeft ? [MessageKinds.Confirmation]
                    : appointment.Status == AppointmentStatus.Cancelled ? [MessageKinds.Cancellation] : [];
                told.ShouldBe(appointment.Status == AppointmentStatus.Booked ? [.. news, MessageKinds.Reminder] : news, why);
            }
            else if (appointment.Status == AppointmentStatus.Booked)
            {
                told[0].ShouldBe(appointment.CitizenVersion == 1 ? MessageKinds.Confirmation : MessageKinds.Move, appointment.ToString());
                // One, or two for what was told four days ahead.
                told.Skip(1).Count(kind => kind == MessageKinds.Reminder).ShouldBeInRange(1, 2, why);
                told.Length.ShouldBeLessThanOrEqualTo(3, appointment.ToString());
                // A seat has no invite of its own: the workshop has.
                mails.ShouldBe(
                    appointment.Seat is null ? [$"{MessageKinds.Invite} {Directories.MailOf(appointment.AdvisorId.Value)}"] : [], appointment.ToString());
            }
            else
            {
                told.ShouldBe([MessageKinds.Cancellation], appointment.ToString());
                mails.ShouldBeEmpty(appointment.ToString());
            }
        }

        await Consistency.ShouldHoldAsync(world, product);
    }

    private static Task DispatchAsync(params Product[] instances) =>
        Task.WhenAll(instances.SelectMany(instance => new Task[] { instance.SendSmsAsync(), instance.SendInvitesAsync() }));
}
