using System.Globalization;
using NodaTime;
using Rdv.Language;

namespace Rdv.Pages.Shared;

/// <summary>Days and hours as pages write them: an hour is never broken at the end of a line.</summary>
public static class Words
{
    private const char NoBreakSpace = '\u00a0';

    private static readonly NumberFormatInfo Thousands = new() { NumberGroupSeparator = NoBreakSpace.ToString() };

    /// <summary><c>9 h 30</c>.</summary>
    public static string Time(LocalTime time) => FrenchDates.Time(time).Replace(' ', NoBreakSpace);

    /// <summary><c>de 14 h à 16 h</c>.</summary>
    public static string Hours(LocalTime from, LocalTime to) => $"de{NoBreakSpace}{Time(from)} à{NoBreakSpace}{Time(to)}";

    /// <summary><c>45 minutes</c>, <c>1 heure</c>, <c>1 heure 30</c>, <c>2 heures</c>.</summary>
    public static string Duration(int minutes) => (minutes / 60, minutes % 60) switch
    {
        (0, var rest) => $"{rest}{NoBreakSpace}minutes",
        (1, 0) => $"1{NoBreakSpace}heure",
        (var hours, 0) => $"{hours}{NoBreakSpace}heures",
        (var hours, var rest) => $"{hours}{NoBreakSpace}heure{(hours > 1 ? "s" : "")}{NoBreakSpace}{rest:00}",
    };

    /// <summary><c>50 000</c>.</summary>
    public static string Count(int count) => count.ToString("N0", Thousands);

    /// <summary><c>0 personne</c>, <c>1 personne</c>, <c>3 personnes</c>.</summary>
    public static string People(int count) => $"{count}{NoBreakSpace}personne{(count > 1 ? "s" : "")}";

    /// <summary><c>1 rendez-vous</c>.</summary>
    public static string Appointments(int count) => $"{count}{NoBreakSpace}rendez-vous";

    /// <summary><c>« Découvrir Internet »</c>.</summary>
    public static string Quoted(string title) => $"«{NoBreakSpace}{title}{NoBreakSpace}»";

    /// <summary><c>mardi 24 novembre à 9 h 30</c>.</summary>
    public static string Moment(LocalDateTime moment) => $"{FrenchDates.Date(moment.Date)} à{NoBreakSpace}{Time(moment.TimeOfDay)}";

    /// <summary><c>mardi 24 novembre 2026 à 9 h 30</c>.</summary>
    public static string MomentWithYear(LocalDateTime moment) => $"{FrenchDates.DateWithYear(moment.Date)} à{NoBreakSpace}{Time(moment.TimeOfDay)}";
}
