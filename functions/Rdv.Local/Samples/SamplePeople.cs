using NodaTime;
using NodaTime.Text;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Chores;
using Rdv.Directory;
using Rdv.Directory.Import;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.People;
using Rdv.Territories;
using Rdv.Transactions;
using Rdv.Waiting;

namespace Rdv.Local.Samples;

/// <summary>
/// A neighbour of the sample Rhône with people in it: who came, who did not, who is to come, a town with nothing free, and somebody who waits
/// there. Each appointment has the rows that its booking would have written a fortnight before, but for the messages that would have left since.
/// </summary>
internal sealed class SamplePeople(
    WriteDirectory write, IAgendaStore agenda, ITerritoryDirectories directories, Writer writer, AskToBeCalled ask, Links links, RdvSettings settings, IClock clock)
{
    private const int Weeks = 6;
    private const int Hour = 60 / DayGrid.MinutesPerCell;

    private static readonly Duration Ahead = Duration.FromDays(14);
    private static readonly Duration Before = Duration.FromHours(1);
    private static readonly Territory Isere = Territory.Parse("38");

    /// <summary>Once: started again, the data are as they were left.</summary>
    public async Task LiveAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var today = now.InZone(Isere.Zone).Date;
        var newcomers = (await directories.ReloadAsync(Isere, cancellationToken)).Advisors.Values
            .Where(advisor => advisor.Since == today && (advisor.Id == SampleAppointments.Free || advisor.Id == SampleAppointments.Full))
            .ToList();
        if (newcomers.Count == 0)
        {
            return;
        }

        var first = today.PlusWeeks(-Weeks);
        await write.ExecuteAsync(
            Isere, newcomers, (advisor, _) => Task.FromResult<RowWrite?>(new RowWrite.Put(advisor with { Since = first })), cancellationToken);
        var directory = await directories.ReloadAsync(Isere, cancellationToken);
        var lives = newcomers.SelectMany(newcomer => Live(directory, directory.Advisors[newcomer.Id], first, today, now));
        await Task.WhenAll([.. lives.Select(month => WriteAsync(month, now, cancellationToken)), WaitAsync(cancellationToken)]);
    }

    private static IEnumerable<(LocalDate Date, DayGrid Open)> OpenDays(TerritoryDirectory directory, Advisor advisor, LocalDate first, LocalDate last)
    {
        for (var date = first; date <= last; date = date.PlusDays(1))
        {
            if (directory.Rules.Open(advisor, date) is { IsEmpty: false } open)
            {
                yield return (date, open);
            }
        }
    }

    private static List<int> Starts(DayGrid open)
    {
        var starts = new List<int>();
        var fit = open.Fit(Hour);
        for (var cell = fit.Next(0); cell >= 0; cell = fit.Next(cell + Hour))
        {
            starts.Add(cell);
        }

        return starts;
    }

    private IEnumerable<Month> Live(TerritoryDirectory directory, Advisor advisor, LocalDate first, LocalDate today, Instant now)
    {
        var past = OpenDays(directory, advisor, first, today.PlusDays(-1)).ToList();
        var toCome = OpenDays(directory, advisor, today, today.PlusDays(settings.HorizonDays)).ToList();
        IEnumerable<(LocalDate Date, int Cell, AppointmentStatus Status)> taken = advisor.Id == SampleAppointments.Full
            ? past.TakeLast(2).Select(day => (day.Date, Starts(day.Open)[0], AppointmentStatus.Kept))
                .Concat(toCome.SelectMany(day => Starts(day.Open).Select(cell => (day.Date, cell, AppointmentStatus.Booked))))
            : SampleAppointments.Past.Where(one => one.DaysAgo <= past.Count).Select(one => (past[^one.DaysAgo], one.Hour, one.Status))
                .Concat(SampleAppointments.ToCome.Where(one => one.DaysAhead < toCome.Count).Select(one => (toCome[one.DaysAhead], one.Hour, AppointmentStatus.Booked)))
                .Where(one => one.Item2 < Starts(one.Item1.Open).Count)
                .Select(one => (one.Item1.Date, Starts(one.Item1.Open)[one.Item2], one.Item3));
        var appointments = taken.Select((one, number) => Appointment(advisor, one.Date, one.Cell, one.Status, number, now)).ToList();
        return past.Concat(toCome).GroupBy(day => day.Date.ToYearMonth()).Select(month => new Month(
            advisor.Id,
            month.Key,
            month.Where(day => day.Date < today).ToDictionary(day => day.Date, day => day.Open.Count * DayGrid.MinutesPerCell),
            [.. appointments.Where(appointment => appointment.LocalStart.Date.ToYearMonth() == month.Key)]));
    }

    private Appointment Appointment(Advisor advisor, LocalDate date, int cell, AppointmentStatus status, int number, Instant now)
    {
        var start = date.At(DayGrid.TimeOf(cell)).InZoneLeniently(Isere.Zone).ToInstant();
        var (name, phone) = SampleAppointments.People[number % SampleAppointments.People.Length];
        var request = RequestIdentity.Of("sample-person", $"{advisor.Id}|{LocalDatePattern.Iso.Format(date)}|{cell}", "");
        var e164 = PhoneNumber.TryParse(phone, Isere, out var parsed) ? parsed : throw new InvalidOperationException($"{phone} is no number.");
        return new Appointment
        {
            Reference = AppointmentReference.Derive(Isere, request.Nonce),
            Status = status,
            Version = status == AppointmentStatus.Cancelled ? 2 : 1,
            CitizenVersion = status == AppointmentStatus.Cancelled ? 2 : 1,
            Start = start,
            Minutes = Hour * DayGrid.MinutesPerCell,
            Topic = SampleAppointments.Topic(number),
            StructureId = advisor.StructureId,
            PlaceId = advisor.Hours.First(hours => hours.HoldsOn(date) && hours.Days.Contains((int)date.DayOfWeek)).PlaceId,
            AdvisorId = advisor.Id,
            Citizen = new Citizen(name, e164),
            BookedBy = number % 3 == 0 ? Actor.Hotline : Actor.Citizen,
            CancelledBy = status == AppointmentStatus.Cancelled ? Actor.Citizen : null,
            // Nobody has booked after this moment, and what is told at once was told before it.
            CreatedAt = Instant.Min(start - Ahead, now - Before),
            Request = request,
            LinkSecret = links.CurrentLinkSecret,
            PhoneIndex = links.IndexOf(e164),
        };
    }

    private async Task WriteAsync(Month lived, Instant now, CancellationToken cancellationToken)
    {
        var stored = await agenda.ReadMonthAsync(Isere, lived.AdvisorId, lived.Of, cancellationToken);
        var days = lived.Offered.ToDictionary(day => day.Key.Day, day => DayAgenda.Empty with { OfferedMinutes = day.Value });
        foreach (var appointment in lived.Appointments)
        {
            var date = appointment.LocalStart.Date;
            var day = days.GetValueOrDefault(date.Day, DayAgenda.Empty);
            days[date.Day] = appointment.Status == AppointmentStatus.Cancelled ? day with { Cancelled = day.Cancelled + 1 } : day.With(Entry(appointment), now);
        }

        RowWrite[] rows = [stored.Write(days, stored.HoursVersion), .. lived.Appointments.SelectMany(appointment => Rows(appointment, now)).DistinctBy(Key)];
        await writer.WriteAsync<bool>(Isere, _ => Task.FromResult<Decision<bool>>(new Decision<bool>.Write(rows, true)), cancellationToken);
    }

    /// <summary>The mail of a day, and a call to one person on one day, are one, however many appointments make them due.</summary>
    private static object Key(RowWrite row) => row.Row is Calls.CallToMake call ? call.Id : row.Row is DueMessage message && AdvisorDay.Of(message) is { } day ? day : row;

    private static AgendaEntry Entry(Appointment appointment) => new(
        EntryKind.Appointment,
        DayGrid.CellOf(appointment.LocalStart.TimeOfDay),
        Hour,
        appointment.Reference.Code,
        appointment.Topic,
        appointment.PlaceId,
        appointment.Version,
        appointment.Status switch
        {
            AppointmentStatus.Kept => EntryOutcome.Kept,
            AppointmentStatus.Missed => EntryOutcome.Missed,
            _ => EntryOutcome.None,
        });

    private IEnumerable<RowWrite> Rows(Appointment appointment, Instant now)
    {
        // Nothing leaves while the program is being looked at for the first time.
        var soon = now + Before;
        var plan = MessagePlan.ForBooking(appointment, appointment.CreatedAt);
        var isToCome = appointment.Status == AppointmentStatus.Booked && appointment.Start > now;
        List<DueMessage> messages = isToCome ? [.. plan.Messages.Where(message => message.DueAt > soon)] : [];
        yield return new RowWrite.Insert(appointment);
        yield return new RowWrite.Put(PhoneEntry.Of(appointment));
        yield return new RowWrite.Put(new ChangeLog(appointment.Reference, 1, appointment.CreatedAt, ChangeActions.Booked, appointment.BookedBy, messages));
        foreach (var message in messages)
        {
            yield return new RowWrite.Insert(message);
        }

        if (isToCome)
        {
            foreach (var call in plan.Calls.Where(call => call.DueAt > soon))
            {
                yield return new RowWrite.Put(call);
            }

            if (new AdvisorDay(Isere, appointment.AdvisorId, appointment.LocalStart.Date).ToDue(soon) is { } day)
            {
                yield return new RowWrite.Put(day);
            }
        }
        else if (appointment.Status is AppointmentStatus.Kept or AppointmentStatus.Missed)
        {
            var action = appointment.Status == AppointmentStatus.Kept ? ChangeActions.Kept : ChangeActions.Missed;
            yield return new RowWrite.Put(new ChangeLog(appointment.Reference, 1, appointment.End, action, Actor.Advisor, []));
        }
        else if (appointment.Status == AppointmentStatus.Cancelled)
        {
            yield return new RowWrite.Put(new ChangeLog(
                appointment.Reference, appointment.Version, appointment.Start - Duration.FromDays(1), ChangeActions.Cancelled, Actor.Citizen, []));
            yield return new RowWrite.Put(new Chore(
                appointment.Reference, ChoreKinds.Forget, appointment.Start + Duration.FromDays(settings.PrivacyDays), Version: 0));
        }
    }

    private async Task WaitAsync(CancellationToken cancellationToken) => await ask.ExecuteAsync(
        new CallbackRequest(
            Isere,
            SampleAppointments.Topic(0),
            SampleAppointments.Town,
            SampleAppointments.Waiting,
            Note: null,
            Actor.Citizen,
            RequestIdentity.Of("sample-waiting", SampleAppointments.Town, "")),
        cancellationToken);

    /// <param name="Offered">The minutes of each day that is past.</param>
    private sealed record Month(AdvisorId AdvisorId, YearMonth Of, Dictionary<LocalDate, int> Offered, List<Appointment> Appointments);
}
