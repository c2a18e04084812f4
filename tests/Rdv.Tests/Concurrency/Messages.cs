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
        var store = product.Get<IAgendaStore>();
        var appointments = await Consistency.ShouldHoldAsync(world.Table, world.Territory, store, product.Get<IAppointmentStore>());
        await using var other = world.Start();
        await DispatchAsync(product, other);

        // Reminders leave on the working day before, at ten.
        foreach (var day in new LocalDate[] { new(2026, 11, 26), new(2026, 11, 27), new(2026, 11, 30), new(2026, 12, 3) })
        {
            world.Clock.Reset(day.At(new LocalTime(10, 5)).InZoneStrictly(world.Territory.Zone).ToInstant());
            await DispatchAsync(product, other);
        }

        foreach (var appointment in appointments)
        {
            var reference = appointment.Reference;
            string[] told = [.. world.Sms.Delivered.Where(sms => sms.Reference == reference).Select(sms => sms.Kind)];
            string[] mails = [.. world.Mail.Received.Where(mail => mail.Reference == reference).Select(mail => $"{mail.Kind} {mail.To}")];
            if (appointment.Status == AppointmentStatus.Booked)
            {
                told.ShouldBe([appointment.CitizenVersion == 1 ? MessageKinds.Confirmation : MessageKinds.Move, MessageKinds.Reminder], appointment.ToString());
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
