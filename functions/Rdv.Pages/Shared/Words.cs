using NodaTime;
using Rdv.Language;

namespace Rdv.Pages.Shared;

/// <summary>Days and hours as pages write them: an hour is never broken at the end of a line.</summary>
public static class Words
{
    private const char NoBreakSpace = '\u00a0';

    /// <summary><c>9 h 30</c>.</summary>
    public static string Time(LocalTime time) => FrenchDates.Time(time).Replace(' ', NoBreakSpace);

    /// <summary><c>mardi 24 novembre à 9 h 30</c>.</summary>
    public static string Moment(LocalDateTime moment) => $"{FrenchDates.Date(moment.Date)} à{NoBreakSpace}{Time(moment.TimeOfDay)}";

    /// <summary><c>mardi 24 novembre 2026 à 9 h 30</c>.</summary>
    public static string MomentWithYear(LocalDateTime moment) => $"{FrenchDates.DateWithYear(moment.Date)} à{NoBreakSpace}{Time(moment.TimeOfDay)}";
}
