using NodaTime;
using Rdv.Language;
using Rdv.Messages;
using Rdv.People;
using Rdv.Territories;

namespace Rdv.Tests.Simulation;

/// <summary>What must be true of the SMS about one appointment, whatever has happened to it (docs/messages.md, design §4).</summary>
internal static class Rules
{
    // A reminder that certainly did not leave is tried again at the latest this long after.
    private static readonly Duration LongestPause = Duration.FromMinutes(45);

    /// <param name="attempts">By time, about this appointment.</param>
    /// <param name="calls">The calls to make: code and kind of message.</param>
    /// <param name="end">When the weeks ended.</param>
    public static IEnumerable<string> Broken(
        Life life, IReadOnlyList<Attempt> attempts, IReadOnlySet<(string Code, string Kind)> calls, Instant end)
    {
        var left = attempts.Where(attempt => attempt.Left && attempt.Sms.To.E164 == life.Phone).ToList();
        return attempts.Where(attempt => attempt.Left).SelectMany(attempt => OfOne(life, attempt))
            .Concat(Twice(life, left))
            .Concat(Missing(life, left, calls, end))
            .Concat(Uncalled(life, attempts, calls))
            .Select(problem => $"{problem} ({life}; {string.Join(", ", attempts.Select(attempt => $"{attempt.At} {attempt.Sms.Kind} {attempt.Result}"))})");
    }

    private static IEnumerable<string> OfOne(Life life, Attempt attempt)
    {
        var truth = life.At(attempt.At);
        var local = attempt.At.InZone(life.Territory.Zone).LocalDateTime;
        if (attempt.At >= truth.Start)
        {
            yield return $"a {attempt.Sms.Kind} left after the start";
        }

        if (truth.IsCancelled != (attempt.Sms.Kind == MessageKinds.Cancellation))
        {
            yield return $"a {attempt.Sms.Kind} left of what was not so";
        }

        if (!attempt.Sms.Text.Contains(FrenchDates.SmsTime(truth.Start.InZone(life.Territory.Zone).TimeOfDay), StringComparison.Ordinal))
        {
            yield return $"a {attempt.Sms.Kind} names another hour: {attempt.Sms.Text}";
        }

        if (!truth.IsCancelled && attempt.Sms.To.E164 == life.Phone && life.Word is { } word && !attempt.Sms.Text.Contains(word, StringComparison.Ordinal))
        {
            yield return $"a {attempt.Sms.Kind} does not say how they meet: {attempt.Sms.Text}";
        }

        if (attempt.Sms.Kind == MessageKinds.Reminder
            && (local.TimeOfDay < new LocalTime(9, 0) || local.TimeOfDay > new LocalTime(19, 0)
                || local.DayOfWeek == IsoDayOfWeek.Sunday || PublicHolidays.Contains(life.Territory, local.Date)))
        {
            yield return $"a reminder left at {local}";
        }

        if (attempt.Sms.Kind == MessageKinds.Reminder && !life.RemindedTwoHours && attempt.At - truth.Since < Duration.FromHours(4))
        {
            yield return $"a reminder left at {local} of what was told a moment ago";
        }
    }

    private static IEnumerable<string> Twice(Life life, List<Attempt> left)
    {
        if (left.Count(attempt => attempt.Sms.Kind == MessageKinds.Confirmation) > 1)
        {
            yield return "two confirmations";
        }

        if (left.Count(attempt => attempt.Sms.Kind == MessageKinds.Cancellation) > 1)
        {
            yield return "two cancellations";
        }

        if (left.Count(attempt => attempt.Sms.Kind == MessageKinds.Move) > life.Moves)
        {
            yield return "more news of moves than moves";
        }

        foreach (var reminders in left.Where(attempt => attempt.Sms.Kind == MessageKinds.Reminder).GroupBy(attempt => life.At(attempt.At)))
        {
            var times = life.RemindersOf(reminders.Key);
            if (reminders.Count() > (life.IsEnrolled || times.Ahead() is null ? 1 : 2) + (life.RemindedTwoHours ? 1 : 0))
            {
                yield return "a reminder twice";
            }
        }
    }

    private static IEnumerable<string> Missing(Life life, List<Attempt> left, IReadOnlySet<(string Code, string Kind)> calls, Instant end)
    {
        if (!PhoneNumber.FromE164(life.Phone).CanReceiveSms)
        {
            if (left.Count > 0)
            {
                yield return "an SMS to a landline";
            }

            if (!life.Last.IsCancelled && life.RemindersOf(life.Last).Call() is { } call && !Calls(MessageKinds.Reminder))
            {
                yield return $"nobody calls at {call} to remind";
            }

            if (life.Last is { IsCancelled: true, IsUnasked: true, IsToldElsewhere: false } && !Calls(MessageKinds.Cancellation))
            {
                yield return "nobody calls to say that it is cancelled";
            }

            yield break;
        }

        var news = life.Last.IsCancelled ? MessageKinds.Cancellation : life.Moves > 0 ? MessageKinds.Move : MessageKinds.Confirmation;
        if (!life.Last.IsToldElsewhere && end > life.Last.Since + LongestPause
            && !left.Exists(attempt => (attempt.Sms.Kind == news || (life.IsEnrolled && attempt.Sms.Kind == MessageKinds.Confirmation)) && attempt.At >= life.Last.Since)
            && !Calls(news))
        {
            yield return $"the {news} neither left nor is a call to make";
        }

        var times = life.RemindersOf(life.Last);
        var (ahead, eve) = life.Last.IsCancelled ? (null, null) : (times.Ahead(), times.Eve());
        if (eve is { } due
            && due + LongestPause < end
            && !left.Exists(attempt => attempt.Sms.Kind == MessageKinds.Reminder && attempt.At >= due)
            && !Calls(MessageKinds.Reminder))
        {
            yield return $"the reminder due at {due} neither left nor is a call to make";
        }

        if (!life.IsEnrolled && ahead is { } first
            && first + LongestPause < end
            && !left.Exists(attempt => attempt.Sms.Kind == MessageKinds.Reminder && attempt.At >= first && attempt.At < eve)
            && !Calls(MessageKinds.Reminder))
        {
            yield return $"the first reminder, due at {first}, neither left nor is a call to make";
        }

        bool Calls(string kind) => calls.Contains((life.Reference.Code, kind));
    }

    private static IEnumerable<string> Uncalled(Life life, IReadOnlyList<Attempt> attempts, IReadOnlySet<(string Code, string Kind)> calls) =>
        attempts
            .Where(attempt => attempt.Result is SendResult.Rejected && attempt.Sms.To.E164 == life.Phone && !calls.Contains((life.Reference.Code, attempt.Sms.Kind)))
            .Select(attempt => $"a {attempt.Sms.Kind} was refused and nobody is to call");
}
