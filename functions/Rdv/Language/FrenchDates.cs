using NodaTime;

namespace Rdv.Language;

/// <summary>
/// Days and hours in French: to be read on a page, to be read aloud, and in the letters of an SMS.
/// </summary>
/// <remarks>
/// Own tables rather than the fr-FR culture: its data change with the ICU of the machine, and its formats bring no-break spaces, which
/// an SMS cannot carry.
/// </remarks>
public static class FrenchDates
{
    private static readonly string[] Days = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];

    private static readonly string[] ShortDays = ["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."];

    private static readonly string[] Months =
    [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ];

    // "aout" is the spelling of 1990 (Journal officiel, 6 December 1990), and û is not in GSM-7.
    private static readonly string[] SmsMonths =
    [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "décembre",
    ];

    private static readonly string[] ShortSmsMonths =
    [
        "janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "aout", "sept.", "oct.", "nov.", "déc.",
    ];

    /// <summary><c>mardi 24 novembre</c>, <c>mardi 1er décembre</c>.</summary>
    public static string Date(LocalDate date) => $"{Day(date)} {DayOfMonth(date)} {Months[date.Month - 1]}";

    /// <summary><c>mardi 24 novembre 2026</c>.</summary>
    public static string DateWithYear(LocalDate date) => $"{Date(date)} {date.Year:0000}";

    /// <summary><c>9 h</c>, <c>9 h 30</c>, <c>14 h 05</c>.</summary>
    public static string Time(LocalTime time) => time.Minute == 0 ? $"{time.Hour} h" : $"{time.Hour} h {time.Minute:00}";

    /// <summary><c>à 9 h 30</c>.</summary>
    public static string At(LocalTime time) => "à " + Time(time);

    /// <summary><c>mardi 24 novembre à 9 h 30</c>.</summary>
    public static string DateAndTime(LocalDateTime moment) => $"{Date(moment.Date)} {At(moment.TimeOfDay)}";

    /// <summary>To be read aloud by an operator: <c>mardi vingt-quatre novembre</c>, <c>mardi premier décembre</c>.</summary>
    public static string Spoken(LocalDate date) =>
        $"{Day(date)} {(date.Day == 1 ? "premier" : FrenchNumbers.InWords(date.Day))} {Months[date.Month - 1]}";

    /// <summary>
    /// As a person says it: <c>neuf heures et demie</c>, <c>midi et quart</c>, <c>quatorze heures trente</c>.
    /// </summary>
    /// <remarks>
    /// Never "dix heures moins le quart" for 9:45: half heard on the telephone, it is the wrong hour. After noon the hours go up to 23,
    /// so that "deux heures" is never taken for the night, and their minutes are said as numbers, as they are with those hours.
    /// </remarks>
    public static string Spoken(LocalTime time)
    {
        var hour = time.Hour switch
        {
            0 => "minuit",
            12 => "midi",
            1 => "une heure",
            var other => FrenchNumbers.InWords(other, feminine: true) + " heures",
        };
        return time.Minute switch
        {
            0 => hour,
            15 when time.Hour <= 12 => hour + " et quart",
            // Midi and minuit are masculine, heure is feminine.
            30 when time.Hour is 0 or 12 => hour + " et demi",
            30 when time.Hour < 12 => hour + " et demie",
            var minute => $"{hour} {FrenchNumbers.InWords(minute, feminine: true)}",
        };
    }

    /// <summary><c>mardi vingt-quatre novembre à neuf heures</c>.</summary>
    public static string Spoken(LocalDateTime moment) => $"{Spoken(moment.Date)} à {Spoken(moment.TimeOfDay)}";

    /// <summary>In the letters of GSM-7: <c>mardi 4 aout</c>.</summary>
    public static string SmsDate(LocalDate date) => $"{Day(date)} {DayOfMonth(date)} {SmsMonths[date.Month - 1]}";

    /// <summary>In the letters of GSM-7: <c>mardi 24 nov.</c></summary>
    public static string ShortSmsDate(LocalDate date) => $"{Day(date)} {DayOfMonth(date)} {ShortSmsMonths[date.Month - 1]}";

    /// <summary>In the letters of GSM-7: <c>mar. 24 nov.</c></summary>
    public static string ShortestSmsDate(LocalDate date) =>
        $"{ShortDays[(int)date.DayOfWeek - 1]} {DayOfMonth(date)} {ShortSmsMonths[date.Month - 1]}";

    /// <summary><c>mar. 24/11</c>.</summary>
    public static string NumericSmsDate(LocalDate date) => $"{ShortDays[(int)date.DayOfWeek - 1]} {date.Day}/{date.Month:00}";

    /// <summary><c>9h</c>, <c>9h30</c>: two letters fewer than on a page.</summary>
    public static string SmsTime(LocalTime time) => time.Minute == 0 ? $"{time.Hour}h" : $"{time.Hour}h{time.Minute:00}";

    /// <summary><c>mardi</c>, <c>mardi et jeudi</c>, <c>du lundi au vendredi</c>.</summary>
    public static string Weekdays(IEnumerable<IsoDayOfWeek> days)
    {
        var distinct = days.Distinct().Order().ToList();
        var names = distinct.ConvertAll(day => Days[(int)day - 1]);
        return distinct.Count > 2 && (int)distinct[^1] - (int)distinct[0] == distinct.Count - 1 ? $"du {names[0]} au {names[^1]}"
            : names.Count < 2 ? string.Concat(names)
            : $"{string.Join(", ", names.SkipLast(1))} et {names[^1]}";
    }

    private static string Day(LocalDate date) => Days[(int)date.DayOfWeek - 1];

    private static string DayOfMonth(LocalDate date) => date.Day == 1 ? "1er" : $"{date.Day}";
}
