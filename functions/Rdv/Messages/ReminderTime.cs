using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Rdv.Territories;

namespace Rdv.Messages;

/// <summary>
/// When reminders leave: in the morning, where the citizen lives, never on a Sunday or a public holiday, and never for what has just been
/// booked or moved. Two for what is booked four days ahead or more, one for the rest (docs/adr/0010).
/// </summary>
/// <param name="person">Whose they are, as an opaque text: the same for all that one number has booked, so that they fall due together.</param>
/// <param name="told">When the citizen was told of this start: booked, or moved.</param>
public sealed class ReminderTime(Territory territory, Instant start, Instant told, string person)
{
    /// <summary>Booked so many days ahead or more, it has two reminders.</summary>
    public const int DaysForTwo = 4;

    private const int DaysAhead = 3;

    // Long enough that the country's reminders of a day stay under what the provider takes in a minute, and still a morning.
    private static readonly Duration Morning = Duration.FromMinutes(150);

    private static readonly LocalTime AfternoonStart = new(14, 0);
    private static readonly LocalTime EveningStart = new(17, 0);
    private static readonly Duration Evening = Duration.FromMinutes(90);

    // Sooner, it says what the person has just heard.
    private static readonly Duration News = Duration.FromHours(4);

    // On the day itself: time to get ready, or to cancel.
    private static readonly Duration OnTheDay = Duration.FromHours(2);
    private static readonly Duration FirstHalfHour = Duration.FromMinutes(30);

    private LocalDate Day => start.InZone(territory.Zone).Date;

    private DateTimeZone Zone => territory.Zone;

    /// <summary>
    /// The reminder that everyone gets, on the last day before on which a telephone may ring: a Saturday for a Monday. What was booked too late
    /// for its morning is reminded in its evening, or on the morning of the day itself; null when even that is too late.
    /// </summary>
    public Instant? Eve()
    {
        var eve = LastBefore(Day, HumaneHours.AreOn);
        return First([At(eve, HumaneHours.Opening, Morning), At(eve, EveningStart, Evening), .. OnTheDayItself(HumaneHours.AreOn)]);
    }

    /// <summary>
    /// The first of two, three days before, on a day on which the hotline answers whoever wants to cancel: earlier rather than later. Null for
    /// what is booked less than four days ahead, or when the other would be on the same day.
    /// </summary>
    public Instant? Ahead()
    {
        if (Period.DaysBetween(told.InZone(Zone).Date, Day) < DaysForTwo)
        {
            return null;
        }

        var wanted = Day.PlusDays(-DaysAhead);
        var eve = LastBefore(Day, HumaneHours.AreOn);
        return First(
        [
            .. new[] { LastBefore(wanted.PlusDays(1), HumaneHours.IsWorkingDay), wanted, wanted.PlusDays(1) }
                .Where(date => date < eve && HumaneHours.AreOn(territory, date))
                .Select(date => At(date, HumaneHours.Opening, Morning)),
        ]);
    }

    /// <summary>In place of both where no SMS can go: a call, on the last working day before, when the hotline answers; or on the day itself.</summary>
    public Instant? Call()
    {
        var before = LastBefore(Day, HumaneHours.IsWorkingDay);
        return First([At(before, HumaneHours.Opening, Morning), At(before, AfternoonStart, Morning), .. OnTheDayItself(HumaneHours.IsWorkingDay)]);
    }

    /// <summary>Two hours before, for those who asked; not before 9:00, and null when that leaves under an hour or has passed.</summary>
    public Instant? TwoHoursBefore()
    {
        var opening = Day.At(HumaneHours.Opening).InZoneLeniently(Zone).ToInstant();
        var at = Instant.Max(start - Duration.FromHours(2), opening);
        return at > told && start - at >= Duration.FromHours(1) && HumaneHours.AreOn(territory, Day) ? at : null;
    }

    private IEnumerable<Instant> OnTheDayItself(Func<Territory, LocalDate, bool> isOn) =>
        isOn(territory, Day) && At(Day, HumaneHours.Opening, FirstHalfHour) is var at && start - at >= OnTheDay ? [at] : [];

    private Instant? First(IEnumerable<Instant> candidates) =>
        candidates.Where(at => at - told >= News && at < start).Select(at => (Instant?)at).FirstOrDefault();

    private LocalDate LastBefore(LocalDate day, Func<Territory, LocalDate, bool> isOn)
    {
        do
        {
            day = day.PlusDays(-1);
        }
        while (!isOn(territory, day));
        return day;
    }

    /// <summary>Each person at a second of their own, always the same.</summary>
    private Instant At(LocalDate date, LocalTime from, Duration spread)
    {
        var drawn = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(person)));
        return date.At(from).InZoneLeniently(Zone).ToInstant() + Duration.FromSeconds(drawn % (long)spread.TotalSeconds);
    }
}
