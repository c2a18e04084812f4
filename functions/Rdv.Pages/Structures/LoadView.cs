using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Rdv.Load;
using Rdv.Pages.Shared;

namespace Rdv.Pages.Structures;

/// <param name="Percent">0 to 100; null when nothing was offered.</param>
public sealed record LoadRow(string Name, string Offered, string Booked, int? Percent, LoadCounts Counts)
{
    public static LoadRow Of(string name, LoadCounts counts) => new(
        name,
        Hours(counts.OfferedMinutes),
        Hours(counts.BookedMinutes),
        counts.Occupancy is { } occupancy ? (int)Math.Round(occupancy * 100) : null,
        counts);

    public string Share => Percent is { } percent ? $"{percent}\u00a0%" : "–";

    /// <summary><c>12 h</c>, <c>12 h 30</c>.</summary>
    private static string Hours(int minutes) => (minutes % 60) switch
    {
        0 => $"{minutes / 60}\u00a0h",
        var rest => $"{minutes / 60}\u00a0h\u00a0{rest.ToString("00", CultureInfo.InvariantCulture)}",
    };
}

/// <summary>The load of a structure over a month.</summary>
public sealed record LoadView(string Structure, string Month, LoadRow Totals, IReadOnlyList<LoadRow> Advisors, string Previous, string Next, string Csv)
{
    /// <summary>In how many days the third free appointment begins, in words.</summary>
    public string ByWeb { get; private init; } = "";

    /// <summary>The same for who telephones.</summary>
    public string ByPhone { get; private init; } = "";

    /// <summary>How many hours of a hundred are kept for the telephone.</summary>
    public int PhoneShare { get; private init; }

    public const string PhoneShareField = "part";

    private static readonly int[] Shares = [0, 10, 20, 25, 30, 40, 50, 75, 100];

    /// <summary>The share has just been set.</summary>
    public bool Kept { get; init; }

    public string PhoneShareAddress { get; private init; } = "";

    public IReadOnlyList<SelectGroup> PhoneShares =>
        [new(null, [.. Shares.Append(PhoneShare).Distinct().Order().Select(share => new SelectOption(
            share.ToString(CultureInfo.InvariantCulture), share == 0 ? "Aucune" : $"{share}\u00a0%"))])];

    /// <summary>Where it is said why an advisor's hours are not offered.</summary>
    public IReadOnlyList<(string Name, string Address)> Why { get; private init; } = [];

    /// <summary>The advisors whom invites do not reach.</summary>
    public IReadOnlyList<string> WithoutMail { get; private init; } = [];

    private static readonly string[] Months =
    [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ];

    /// <param name="query">What names the structure in an address, when the reader has several; begins with <c>&amp;</c>.</param>
    public static LoadView Of(LoadReport report, YearMonth month, string territory, string query, IEnumerable<string>? withoutMail = null) => new(
        report.Structure.Name,
        $"{Months[month.Month - 1]} {month.Year:0000}",
        LoadRow.Of("Total", report.Totals),
        [.. report.Advisors.Select(advisor => LoadRow.Of(advisor.DisplayName, advisor.Totals))],
        Address(month.PlusMonths(-1), query),
        Address(month.PlusMonths(1), query),
        $"/api/structures/{territory}/{report.Structure.Id}/load?from={LocalDatePattern.Iso.Format(report.From)}&to={LocalDatePattern.Iso.Format(report.To)}&format=csv")
    {
        WithoutMail = [.. withoutMail ?? []],
        ByWeb = Delay(report.ThirdNextAvailable.Web),
        ByPhone = Delay(report.ThirdNextAvailable.Phone),
        PhoneShare = report.Structure.PhoneShare,
        PhoneShareAddress = $"/structure/telephone?mois={YearMonthPattern.Iso.Format(month)}{query}",
        Why = [.. report.Advisors.Select(advisor => (advisor.DisplayName, $"/advisor/pourquoi?departement={territory}&conseiller={advisor.AdvisorId}"))],
    };

    private static string Delay(int? days) => days switch
    {
        null => "pas de place",
        0 => "aujourd'hui",
        1 => "demain",
        _ => $"dans {days}\u00a0jours",
    };

    private static string Address(YearMonth month, string query) => $"/structure?mois={YearMonthPattern.Iso.Format(month)}{query}";
}
