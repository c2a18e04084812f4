using NodaTime;
using NodaTime.Text;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Load;
using Rdv.Pages.Shared;
using Rdv.Territories;

namespace Rdv.Pages.Structures;

/// <summary>What was asked of a structure, a département or France over a period.</summary>
/// <param name="Name">Whose load it is.</param>
/// <param name="Query">What names it in an address, when the reader has several; begins with <c>&amp;</c>, or is empty.</param>
/// <param name="Address">Of this page, without a query.</param>
public sealed record LoadView(string Name, string Address, string Query, LocalDate From, LocalDate To, LocalDate Today)
{
    /// <summary>One a line, the most useful first.</summary>
    public IReadOnlyList<string> Sentences { get; init; } = [];

    public IReadOnlyList<WeekRow> Weeks { get; init; } = [];

    public HeatView Heat { get; init; } = HeatView.Empty;

    public IReadOnlyList<HalfDayRow> HalfDays { get; init; } = [];

    public LoadRow Total { get; init; } = null!;

    /// <summary>By advisor, by structure, by département.</summary>
    public IReadOnlyList<LoadRow> Lines { get; init; } = [];

    public string LinesOf { get; init; } = "conseiller";

    /// <summary>Where nothing free was found; null where that is not known by commune.</summary>
    public IReadOnlyList<UnmetRow>? Unmet { get; init; }

    public Forecast? Forecast { get; init; }

    /// <summary>In how many days the third free appointment begins, in words.</summary>
    public string ByWeb { get; init; } = "";

    /// <summary>The same for who telephones.</summary>
    public string ByPhone { get; init; } = "";

    /// <summary>The last day that was summed; null for a structure, which reads its agendas.</summary>
    public LocalDate? Through { get; init; }

    /// <summary>Figures from few people are not told.</summary>
    public bool IsDisclosed { get; init; }

    /// <summary>Of the API: the same period.</summary>
    public string Data { get; init; } = "";

    /// <summary>What a structure sets here, and an own part of its page; null for who steers.</summary>
    public StructureTools? Tools { get; init; }

    public string Csv => Data + "&format=csv";

    public string Workbook => Data + "&format=xlsx";

    public string FromText => LocalDatePattern.Iso.Format(From);

    public string ToText => LocalDatePattern.Iso.Format(To);

    public string Here => $"{Address}?du={FromText}&au={ToText}{Query}";

    public string Around => Address + (Query.Length > 0 ? "?" + Query[1..] : "");

    /// <summary>The load of a structure, from its agendas.</summary>
    /// <param name="all">The period, and what the forecast needs.</param>
    public static LoadView Of(LoadReport all, LocalDate from, LocalDate to, LocalDate today, Territory territory, string query, IReadOnlyList<UnmetLine> unmet)
    {
        var report = all.Between(from, to);
        var picture = LoadPicture.Of(report.Days, today);
        return new LoadView(report.Structure.ShownName, "/structure", query, from, to, today)
        {
            Sentences = LoadWords.Of(picture, report.Totals, unmet.Sum(line => line.Count), fewestMeetings: 0),
            Weeks = WeekRow.Of(picture.Weeks, [.. picture.Weeks.Select(week => Disclosed.All(week.Counts))], today),
            Heat = HeatView.Of(picture.Hours, fewestMeetings: 0),
            HalfDays = HalfDayRow.Of(picture.HalfDays, fewestMeetings: 0),
            Total = LoadRow.Of("Total", Disclosed.All(report.Totals)),
            Lines = [.. report.Advisors.Select(advisor => LoadRow.Of(advisor.DisplayName, Disclosed.All(advisor.Totals)))],
            Unmet = UnmetRow.Of(unmet, fewest: 1),
            Forecast = Load.Forecast.Of(all.Days, today),
            ByWeb = LoadWords.Delay(report.ThirdNextAvailable.Web),
            ByPhone = LoadWords.Delay(report.ThirdNextAvailable.Phone),
            Data = $"/api/structures/{territory}/{report.Structure.Id}/load?from={LocalDatePattern.Iso.Format(from)}&to={LocalDatePattern.Iso.Format(to)}",
            Tools = new StructureTools(report.Structure.PhoneShare, [.. report.Advisors.Select(advisor => (advisor.DisplayName, $"departement={territory}&conseiller={advisor.AdvisorId}"))]),
        };
    }

    /// <summary>The load of a département or of France, from frozen sums: no figure from fewer than five people.</summary>
    /// <param name="linkOf">Where a line leads; null for nowhere.</param>
    public static LoadView Of(SumsReport all, LocalDate from, LocalDate to, LocalDate today, string address, string query, Func<string, string?> linkOf, IReadOnlyList<UnmetLine>? unmet)
    {
        var report = all.Between(from, to);
        var picture = LoadPicture.Of(report.Whole.Figures, today);
        var (whole, lines) = report.Disclosed;
        return new LoadView(report.Of is { } territory ? TerritoryNames.NameOf(territory) : "France", address, query, from, to, today)
        {
            Sentences = LoadWords.Of(picture, LoadWords.Told(whole), whole.UnmetDemand ?? 0, Disclosed.FewestPeople),
            Weeks = WeekRow.Of(picture.Weeks, Disclosed.Of((report.Whole.Counts, 0), [.. picture.Weeks.Select(week => (week.Counts, 0))]).Lines, today),
            Heat = HeatView.Of(picture.Hours, Disclosed.FewestPeople),
            HalfDays = HalfDayRow.Of(picture.HalfDays, Disclosed.FewestPeople),
            Total = LoadRow.Of("Total", whole),
            Lines = [.. report.Lines.Zip(lines, (line, counts) => LoadRow.Of(line.Name, counts) with { Address = linkOf(line.Id) })],
            LinesOf = report.Of is null ? "département" : "structure",
            Unmet = unmet is null ? null : UnmetRow.Of(unmet, Disclosed.FewestPeople),
            Forecast = Load.Forecast.Of(all.Whole.Figures, today),
            ByWeb = LoadWords.Delay(report.Whole.Third.Web),
            ByPhone = LoadWords.Delay(report.Whole.Third.Phone),
            Through = report.Through,
            IsDisclosed = true,
            Data = $"/api/{(report.Of is { } of ? $"territories/{of}/" : "")}load?from={LocalDatePattern.Iso.Format(from)}&to={LocalDatePattern.Iso.Format(to)}",
        };
    }
}

/// <summary>What a structure finds on its page besides its figures.</summary>
/// <param name="PhoneShare">How many hours of a hundred are kept for the telephone.</param>
/// <param name="Hours">The advisors, each with what names them in the address of a page about their hours.</param>
public sealed record StructureTools(int PhoneShare, IReadOnlyList<(string Name, string Query)> Hours)
{
    public const string PhoneShareField = "part";

    private static readonly int[] Shares = [0, 10, 20, 25, 30, 40, 50, 75, 100];

    /// <summary>The share has just been set.</summary>
    public bool Kept { get; init; }

    /// <summary>The advisors whom invites do not reach.</summary>
    public IReadOnlyList<string> WithoutMail { get; init; } = [];

    public IReadOnlyList<SelectGroup> PhoneShares =>
        [new(null, [.. Shares.Append(PhoneShare).Distinct().Order().Select(share => new SelectOption($"{share}", share == 0 ? "Aucune" : $"{share}\u00a0%"))])];
}
