using NodaTime;
using Rdv.Directory;
using Rdv.Language;

namespace Rdv.Pages.Shared;

/// <summary>What every page says of the service.</summary>
public sealed record Site(string HotlinePhone, string Hours, string Cost)
{
    /// <summary>Of the service. "Rendez-vous numérique" would read as an appointment online.</summary>
    public const string Name = "Conseiller numérique";

    /// <summary>When somebody answers next, in words; null while somebody answers now, or when nobody knows.</summary>
    public string? Opens { get; init; }

    /// <summary>The same service, as it is now.</summary>
    public Site At(HotlineHours hours, Instant now) => hours.NextOpening(now) is { } next
        ? this with { Opens = $"{DayOf(next.Date, HotlineHours.DayOf(now))} à{NoBreakSpace}{Words.Time(next.TimeOfDay)}" }
        : this;

    private static string DayOf(LocalDate day, LocalDate today) => Period.DaysBetween(today, day) switch
    {
        0 => "aujourd'hui",
        1 => "demain",
        < 7 => FrenchDates.Weekdays([day.DayOfWeek]),
        _ => FrenchDates.Date(day),
    };

    private const char NoBreakSpace = '\u00a0';

    /// <summary>The number on one line, however narrow the screen.</summary>
    public string Phone => HotlinePhone.Replace(' ', NoBreakSpace);

    public string PhoneAddress => "tel:" + string.Concat(HotlinePhone.Where(character => char.IsAsciiDigit(character) || character == '+'));
}
