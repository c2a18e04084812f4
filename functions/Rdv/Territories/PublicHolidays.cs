using NodaTime;

namespace Rdv.Territories;

/// <summary>
/// The public holidays of a territory, for any year. A structure may stay open on one.
/// </summary>
/// <remarks>
/// Sources: Code du travail, L3133-1 (the eleven national days), L3134-13 (Good Friday and 26 December in Moselle, Bas-Rhin and
/// Haut-Rhin), L3422-2 and loi 83-550 (the abolition of slavery, by territory). Code du travail de Nouvelle-Calédonie (24 September). Code
/// du travail de Polynésie française: 5 March, Good Friday, and 20 November in the place of 29 June from 2026 on (loi du pays adopted on
/// 6 May 2025). Wallis-et-Futuna: what its administration closes for, 28 April, 29 June and 29 July.
/// </remarks>
public static class PublicHolidays
{
    private static readonly HashSet<string> AlsaceMoselle = ["57", "67", "68"];

    private static readonly Dictionary<string, AnnualDate> Abolition = new()
    {
        ["971"] = new AnnualDate(5, 27),
        ["972"] = new AnnualDate(5, 22),
        ["973"] = new AnnualDate(6, 10),
        ["974"] = new AnnualDate(12, 20),
        ["976"] = new AnnualDate(4, 27),
        ["977"] = new AnnualDate(10, 9),
        ["978"] = new AnnualDate(5, 28),
    };

    /// <summary>The days of the three countries of the Pacific, with the first and the last year of each.</summary>
    private static readonly Dictionary<string, (AnnualDate Day, string Name, int From, int To)[]> Pacific = new()
    {
        ["986"] =
        [
            (new AnnualDate(4, 28), "Saint-Pierre-Chanel", 0, int.MaxValue),
            (new AnnualDate(6, 29), "Saints Pierre et Paul", 0, int.MaxValue),
            (new AnnualDate(7, 29), "Fête du Territoire", 0, int.MaxValue),
        ],
        ["987"] =
        [
            (new AnnualDate(3, 5), "Arrivée de l'Évangile", 0, int.MaxValue),
            (new AnnualDate(6, 29), "Fête de l'autonomie", 0, 2025),
            (new AnnualDate(11, 20), "Matari'i i ni'a", 2026, int.MaxValue),
        ],
        ["988"] = [(new AnnualDate(9, 24), "Fête de la citoyenneté", 0, int.MaxValue)],
    };

    /// <summary>The French name of the holiday that falls on the day, or null when it is an ordinary day.</summary>
    public static string? NameOf(Territory territory, LocalDate date)
    {
        switch (date.Month, date.Day)
        {
            case (1, 1): return "Jour de l'An";
            case (5, 1): return "Fête du Travail";
            case (5, 8): return "Victoire de 1945";
            case (7, 14): return "Fête nationale";
            case (8, 15): return "Assomption";
            case (11, 1): return "Toussaint";
            case (11, 11): return "Armistice de 1918";
            case (12, 25): return "Noël";
            case (12, 26) when AlsaceMoselle.Contains(territory.Code): return "Saint-Étienne";
        }

        if (Abolition.TryGetValue(territory.Code, out var abolition) && abolition.InYear(date.Year) == date)
        {
            return "Abolition de l'esclavage";
        }

        if (Pacific.TryGetValue(territory.Code, out var days)
            && Array.Find(days, day => day.Day.InYear(date.Year) == date && date.Year >= day.From && date.Year <= day.To) is { Name: { } name })
        {
            return name;
        }

        return Period.DaysBetween(Easter(date.Year), date) switch
        {
            -2 when AlsaceMoselle.Contains(territory.Code) || territory.Code == "987" => "Vendredi saint",
            1 => "Lundi de Pâques",
            39 => "Ascension",
            50 => "Lundi de Pentecôte",
            _ => null,
        };
    }

    public static bool Contains(Territory territory, LocalDate date) => NameOf(territory, date) is not null;

    /// <summary>Easter Sunday of the Gregorian calendar, by the anonymous algorithm (Meeus, Astronomical Algorithms, ch. 8).</summary>
    internal static LocalDate Easter(int year)
    {
        var a = year % 19;
        var (b, c) = Math.DivRem(year, 100);
        var (d, e) = Math.DivRem(b, 4);
        var f = (b + 8) / 25;
        var g = (b - f + 1) / 3;
        var h = ((19 * a) + b - d - g + 15) % 30;
        var (i, k) = Math.DivRem(c, 4);
        var l = (32 + (2 * e) + (2 * i) - h - k) % 7;
        var m = (a + (11 * h) + (22 * l)) / 451;
        var (month, day) = Math.DivRem(h + l - (7 * m) + 114, 31);
        return new LocalDate(year, month, day + 1);
    }
}
