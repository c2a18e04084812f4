using NodaTime;
using NodaTime.Text;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Chores;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.People;
using Rdv.Transactions;

namespace Rdv.Local.Samples;

/// <summary>
/// The appointments of sample people: kept, missed, cancelled, not marked yet, and to come, until nothing is free in one town. Their rows are those
/// of a booking by the hotline, without its messages, calls and mails: nobody is told of what nobody has done.
/// </summary>
internal sealed class SamplePeople(Links links, RdvSettings settings, IClock clock)
{
    private const int Hour = 60 / DayGrid.MinutesPerCell;

    // Still full when the clock of everything has gone forward.
    private const int FullBeyondHorizon = 28;

    private static readonly AdvisorId Lucie = new("lucie-specimen");
    private static readonly AdvisorId Marc = new("marc-prototype");
    private static readonly Duration Ahead = Duration.FromDays(10);

    // Days are those on which the advisor receives, counted from today, which is 0; hours those of that day, the first is 0.
    private static readonly (AdvisorId Advisor, int Day, int Hour, string Name, string Phone, string Topic, AppointmentStatus Status)[] Wanted =
    [
        (Lucie, -17, 1, "Odette Fictive", "06 39 98 38 10", "premiers-pas", AppointmentStatus.Kept),
        (Lucie, -14, 0, "René Imaginaire", "06 39 98 38 11", "courriels", AppointmentStatus.Kept),
        (Lucie, -11, 2, "Simone Inventée", "06 39 98 38 12", "demarches", AppointmentStatus.Missed),
        (Lucie, -9, 1, "Lucien Factice", "06 39 98 38 13", "smartphone", AppointmentStatus.Kept),
        (Lucie, -7, 0, "Odette Fictive", "06 39 98 38 10", "courriels", AppointmentStatus.Missed),
        (Lucie, -5, 1, "Yvette Anonyme", "01 99 00 38 14", "demarches", AppointmentStatus.Kept),
        (Lucie, -4, 0, "Marcel Supposé", "06 39 98 38 15", "internet", AppointmentStatus.Cancelled),
        (Lucie, -3, 2, "Simone Inventée", "06 39 98 38 12", "demarches", AppointmentStatus.Kept),
        (Lucie, -2, 0, "Lucien Factice", "06 39 98 38 13", "smartphone", AppointmentStatus.Kept),
        (Lucie, -1, 0, "René Imaginaire", "06 39 98 38 11", "courriels", AppointmentStatus.Booked),
        (Lucie, -1, 2, "Fatima Virtuelle", "06 39 98 38 16", "premiers-pas", AppointmentStatus.Booked),
        (Lucie, 0, 1, "Yvette Anonyme", "01 99 00 38 14", "demarches", AppointmentStatus.Booked),
        (Lucie, 0, 5, "Marcel Supposé", "06 39 98 38 15", "internet", AppointmentStatus.Booked),
        (Lucie, 2, 1, "Simone Inventée", "06 39 98 38 12", "demarches", AppointmentStatus.Booked),
        (Lucie, 4, 0, "Odette Fictive", "06 39 98 38 10", "courriels", AppointmentStatus.Booked),
        (Lucie, 6, 2, "Fatima Virtuelle", "06 39 98 38 16", "smartphone", AppointmentStatus.Booked),
        (Marc, -3, 0, "Gilbert Théorique", "06 39 98 38 20", "premiers-pas", AppointmentStatus.Kept),
        (Marc, -2, 1, "Paulette Virtuelle", "06 39 98 38 21", "demarches", AppointmentStatus.Missed),
        (Marc, -1, 0, "Gilbert Théorique", "06 39 98 38 20", "premiers-pas", AppointmentStatus.Kept),
    ];

    private static readonly string[] Names =
        ["Gilbert Théorique", "Paulette Virtuelle", "Amina Supposée", "Roger Fictif", "Denise Factice", "Karim Inventé", "Huguette Imaginaire"];

    /// <summary>Those with one advisor; most advisors have none.</summary>
    public IEnumerable<Appointment> Of(TerritoryDirectory directory, Advisor advisor, LocalDate today)
    {
        foreach (var (_, day, hour, name, phone, topic, status) in Wanted.Where(one => one.Advisor == advisor.Id))
        {
            if (OpenDay(directory, advisor, today, day) is { } date && Starts(directory, advisor, date) is { Count: > 0 } starts)
            {
                yield return Compose(directory, advisor, date, starts[Math.Min(hour, starts.Count - 1)], name, phone, topic, status);
            }
        }

        var days = advisor.Id == Marc ? settings.HorizonDays + FullBeyondHorizon : -1;
        var all = Enumerable.Range(0, days + 1).Select(today.PlusDays).SelectMany(date => Starts(directory, advisor, date).Select(cell => (date, cell)));
        foreach (var (number, (date, cell)) in all.Index())
        {
            var who = number % Names.Length;
            yield return Compose(directory, advisor, date, cell, Names[who], $"06 39 98 38 {20 + who}", "demarches", AppointmentStatus.Booked);
        }
    }

    /// <summary>The day with an appointment, in place of what takes its time.</summary>
    public DayAgenda Into(DayAgenda day, Appointment appointment)
    {
        if (appointment.Status == AppointmentStatus.Cancelled)
        {
            return day with { Cancelled = day.Cancelled + 1 };
        }

        var cell = DayGrid.CellOf(appointment.LocalStart.TimeOfDay);
        var outcome = appointment.Status switch
        {
            AppointmentStatus.Kept => EntryOutcome.Kept,
            AppointmentStatus.Missed => EntryOutcome.Missed,
            _ => EntryOutcome.None,
        };
        return (day with { Entries = day.Entries.RemoveAll(entry => !(entry.Grid & DayGrid.Range(cell, cell + Hour)).IsEmpty) }).With(
            new AgendaEntry(EntryKind.Appointment, cell, Hour, appointment.Reference.Code, appointment.Topic, appointment.PlaceId, appointment.Version, outcome),
            clock.GetCurrentInstant());
    }

    /// <summary>All that stands beside the day, so that it is moved, cancelled, exported and forgotten as any other.</summary>
    public IEnumerable<RowWrite> Rows(Appointment appointment)
    {
        yield return new RowWrite.Put(appointment);
        yield return new RowWrite.Put(PhoneEntry.Of(appointment));
        yield return Change(version: 1, appointment.CreatedAt, ChangeActions.Booked, appointment.BookedBy);
        switch (appointment.Status)
        {
            case AppointmentStatus.Kept:
                yield return Change(appointment.Version, appointment.End, ChangeActions.Kept, Actor.Advisor);
                break;
            case AppointmentStatus.Missed:
                yield return Change(appointment.Version, appointment.End, ChangeActions.Missed, Actor.Advisor);
                break;
            case AppointmentStatus.Cancelled:
                yield return Change(appointment.Version, appointment.CreatedAt + (Ahead / 2), ChangeActions.Cancelled, Actor.Hotline);
                yield return new RowWrite.Put(
                    new Chore(appointment.Reference, ChoreKinds.Forget, appointment.Start + Duration.FromDays(settings.PrivacyDays), Version: 0));
                break;
        }

        RowWrite Change(int version, Instant at, string action, Actor by) =>
            new RowWrite.Put(new ChangeLog(appointment.Reference, version, at, action, by, []));
    }

    private Appointment Compose(
        TerritoryDirectory directory, Advisor advisor, LocalDate date, int cell, string name, string phone, string topic, AppointmentStatus status)
    {
        var territory = directory.Territory;
        var start = date.At(DayGrid.TimeOf(cell)).InZoneLeniently(territory.Zone).ToInstant();
        var isCancelled = status == AppointmentStatus.Cancelled;
        var request = RequestIdentity.Of("sample-person", $"{advisor.Id}|{LocalDatePattern.Iso.Format(date)}|{cell}", "");
        var number = PhoneNumber.TryParse(phone, territory, out var parsed) ? parsed : throw new InvalidOperationException("A sample number is none.");
        return new Appointment
        {
            Reference = AppointmentReference.Derive(territory, request.Nonce),
            Status = status,
            Version = isCancelled ? 2 : 1,
            CitizenVersion = isCancelled ? 2 : 1,
            CancelledBy = isCancelled ? Actor.Hotline : null,
            Start = start,
            Minutes = Hour * DayGrid.MinutesPerCell,
            Topic = topic,
            StructureId = advisor.StructureId,
            PlaceId = advisor.Hours.First(hours => hours.HoldsOn(date) && hours.Days.Contains((int)date.DayOfWeek)).PlaceId,
            AdvisorId = advisor.Id,
            Citizen = new Citizen(name, number),
            BookedBy = Actor.Hotline,
            CreatedAt = Instant.Min(start, clock.GetCurrentInstant()) - Ahead,
            Request = request,
            LinkSecret = links.CurrentLinkSecret,
            PhoneIndex = links.IndexOf(number),
        };
    }

    private static LocalDate? OpenDay(TerritoryDirectory directory, Advisor advisor, LocalDate today, int number)
    {
        if (number == 0)
        {
            return today;
        }

        var step = Math.Sign(number);
        var date = today;
        for (var left = Math.Abs(number); left > 0;)
        {
            date = date.PlusDays(step);
            if (Period.DaysBetween(today, date) is < -60 or > 60)
            {
                return null;
            }

            left -= directory.Rules.Open(advisor, date).IsEmpty ? 0 : 1;
        }

        return date;
    }

    private static List<int> Starts(TerritoryDirectory directory, Advisor advisor, LocalDate date)
    {
        var starts = new List<int>();
        var fit = directory.Rules.Open(advisor, date).Fit(Hour);
        for (var cell = fit.Next(0); cell >= 0; cell = fit.Next(cell + Hour))
        {
            starts.Add(cell);
        }

        return starts;
    }
}
