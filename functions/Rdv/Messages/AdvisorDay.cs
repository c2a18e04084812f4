using NodaTime;
using NodaTime.Text;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Messages;

/// <summary>
/// One day of one advisor, told by mail in the morning. Whatever puts something into the day makes the mail due, under the same key: a
/// day has one, and a day with nothing in it has none.
/// </summary>
public sealed record AdvisorDay(Territory Territory, AdvisorId AdvisorId, LocalDate Date)
{
    private static readonly LocalTime Morning = new(7, 0);

    // Later, the day is half over and the invites have said it all.
    private static readonly LocalTime Noon = new(12, 0);

    private static readonly LocalDatePattern CodeDate = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");

    /// <returns>Null when the morning has passed: the invite alone tells what is booked for today.</returns>
    public DueMessage? ToDue(Instant now)
    {
        var at = At(Morning);
        return at <= now
            ? null
            : new DueMessage(
                Channel.Mail, at, new Subject(Territory, Subject.DayLetter + CodeDate.Format(Date)), MessageKinds.Day, Recipient.Advisor(AdvisorId), 1, At(Noon));
    }

    /// <summary>Reads back what <see cref="ToDue"/> gave; null when the message is about something else.</summary>
    public static AdvisorDay? Of(DueMessage message) =>
        message.Subject.Kind == SubjectKind.Day
        && message.Recipient.AdvisorId is { } advisor
        && CodeDate.Parse(message.Subject.Code[1..]) is { Success: true } date
            ? new AdvisorDay(message.Subject.Territory, advisor, date.Value)
            : null;

    private Instant At(LocalTime time) => Date.At(time).InZoneLeniently(Territory.Zone).ToInstant();
}
