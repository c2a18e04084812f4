using Microsoft.Extensions.Configuration;
using NCrontab;
using NodaTime;

namespace Rdv.Local.Timers;

/// <summary>An NCRONTAB expression, in UTC, with or without its field of seconds.</summary>
internal sealed class TimerSchedule
{
    private readonly CrontabSchedule _crontab;

    private TimerSchedule(CrontabSchedule crontab) => _crontab = crontab;

    /// <param name="expression">The expression itself, or <c>%Name%</c> of the setting that holds it.</param>
    /// <exception cref="InvalidOperationException">A missing setting, or not an expression.</exception>
    public static TimerSchedule Parse(string expression, IConfiguration configuration)
    {
        if (expression is ['%', .. var name, '%'])
        {
            expression = configuration[name] ?? throw new InvalidOperationException($"The setting {name} holds the schedule of a timer and is missing.");
        }

        var fields = expression.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        return CrontabSchedule.TryParse(expression, new CrontabSchedule.ParseOptions { IncludingSeconds = fields == 6 }) is { } crontab
            ? new TimerSchedule(crontab)
            : throw new InvalidOperationException($"{expression} is not a schedule of five or six fields.");
    }

    /// <summary>The first occurrence after the instant.</summary>
    public Instant NextAfter(Instant instant)
    {
        var next = _crontab.GetNextOccurrence(instant.ToDateTimeUtc());
        return Instant.FromDateTimeUtc(DateTime.SpecifyKind(next, DateTimeKind.Utc));
    }
}
