using NodaTime;
using NodaTime.Text;
using Rdv.Absences;
using Rdv.Directory;
using Rdv.Language;
using Rdv.Pages.Shared;
using Rdv.Territories;

namespace Rdv.Pages.Structures;

/// <param name="Id">By which it is taken back.</param>
public sealed record ClosureLine(string Id, string When, string? Reason);

/// <param name="Date">As a form sends it.</param>
public sealed record HolidayLine(string Date, string Name, bool IsWorked);

/// <summary>When a structure is closed, and on which public holidays it works.</summary>
/// <param name="Query">What names the structure in an address; begins with <c>?</c>, or is empty.</param>
public sealed record ClosuresView(string Structure, string Query, string Nonce, IReadOnlyList<ClosureLine> Closures, IReadOnlyList<HolidayLine> Holidays, ClosureForm Form)
{
    private const int Days = 366;

    public string? Notice { get; init; }

    public string Page => "/structure/fermetures" + Query;

    public string Address(string what) => $"/structure/{what}{Query}";

    /// <param name="closures">Those of the structure, whenever they are.</param>
    public static ClosuresView Of(Territory territory, Structure structure, IEnumerable<Absence> closures, LocalDate today, string query, string nonce, ClosureForm form) => new(
        structure.ShownName,
        query,
        nonce,
        [.. closures.Where(one => !one.IsTakenBack && one.To > today.AtMidnight()).OrderBy(one => one.From).Select(one => new ClosureLine(one.Id, When(one), one.Reason))],
        [.. Enumerable.Range(0, Days).Select(today.PlusDays).Where(date => PublicHolidays.Contains(territory, date)).Select(date => new HolidayLine(
            LocalDatePattern.Iso.Format(date), $"{FrenchDates.DateWithYear(date)}\u00a0: {PublicHolidays.NameOf(territory, date)}", structure.WorksOn(date)))],
        form);

    private static string When(Absence one)
    {
        var last = one.To.TimeOfDay == LocalTime.Midnight ? one.To.Date.PlusDays(-1) : one.To.Date;
        return (one.From.TimeOfDay == LocalTime.Midnight && one.To.TimeOfDay == LocalTime.Midnight, one.From.Date == last) switch
        {
            (true, true) => FrenchDates.DateWithYear(last),
            (true, false) => $"du {FrenchDates.DateWithYear(one.From.Date)} au {FrenchDates.DateWithYear(last)}",
            _ => $"du {Words.MomentWithYear(one.From)} au {Words.MomentWithYear(one.To)}",
        };
    }
}
